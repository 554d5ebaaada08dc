"""The bar code of a slip names its parcel and what it was printed for: old paper is told from new."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db, transact
from orders.ordering import repository
from orders.ordering.followup import returned_orders
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.shipping import returns
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch
from orders.shipping.printing import print_log
from orders.shipping.printing.models import Paper
from orders.shipping.printing.print_requests import PrintRequest
from orders.shipping.return_models import ReturnReason
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive
from tests.labels.pdf_reading import picture_of, scanned
from tests.office.test_scanning import AZERTY, SCAN, packed, scan
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=2_000)
    return office(StaffRole.OFFICE)


BARS, SQUARE = "CODE-128:", "QR-Code:"


def codes(client: FlaskClient, dispatch: int, kind: str = BARS) -> list[str]:
    """What a scanner reads on the slips of a dispatch, page after page."""
    pdf = client.get(f"/office/shipping/{dispatch}/slips.pdf").data
    return [read(pdf, page, kind) for page in range(1, pdf.count(b"/Type/Page/") + 1)]


def read(pdf: bytes, page: int = 1, kind: str = BARS) -> str:
    seen = scanned(picture_of(pdf, page, dpi=203), *(("code128", 6) if kind == BARS else ()))
    (found,) = [each.removeprefix(kind) for each in seen if each.startswith(kind)]
    return found


def print_slips(dispatch: int) -> None:
    transact(print_log.record, dispatch, Paper.SLIPS, PrintRequest(), at=NOW, by=BY)


def move_house(reference: str) -> None:
    repository.get_order(reference).street = "Rue du Marché"
    db.session.commit()


def send(client: FlaskClient, url: str, **fields: Any) -> Any:
    token = Page.open(client, "/office/").fields("/staff/logout")["csrf_token"]
    return client.post(url, data={"csrf_token": token, **fields})


@pytest.fixture
def undone(app: Flask, client: FlaskClient) -> tuple[str, str]:
    """Printed, undone, moved house, in a new dispatch that was not printed: the reference, and the old slip's code."""
    with app.app_context():
        reference = make_order(lines={"MAN26": 3}).reference
        make_dispatch(repository.get_order(reference))
        print_slips(1)
        (old,) = codes(client, 1)
        transact(lifecycle.undo, 1, at=NOW, by=BY)
        move_house(reference)
        make_dispatch(repository.get_order(reference))
    return reference, old


def test_a_slip_says_its_order_and_five_letters_more(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        order = make_order()
        make_dispatch(order)
        reference = order.reference
    (code,) = codes(client, 1)
    assert code.startswith(reference)
    assert len(code) == 13
    (link,) = codes(client, 1, SQUARE)
    assert link.endswith(f"?{code[8:]}")
    assert client.get(link.removeprefix("http://pli.test")).status_code == 200


def test_an_old_slip_with_an_old_address_is_not_packed(
    app: Flask, client: FlaskClient, undone: tuple[str, str]
) -> None:
    reference, old = undone
    for mode in (SCAN, f"{SCAN}/look"):
        assert scan(client, old, mode, status=409).startswith("Ancien bordereau Numéro 1")
    with app.app_context():
        assert packed(reference) == []
    (new,) = codes(client, 2)
    assert new != old
    assert scan(client, new).startswith("Emballé Numéro 1")
    assert scan(client, new).startswith("Déjà emballé Numéro 1")


def test_the_reference_typed_by_hand_still_packs(app: Flask, client: FlaskClient, undone: tuple[str, str]) -> None:
    assert scan(client, undone[0]).startswith("Emballé Numéro 1")


def test_a_slip_of_a_dispatch_that_was_undone_is_old_though_nothing_else_has_changed(
    app: Flask, client: FlaskClient
) -> None:
    """The number on it is of the other dispatch."""
    with app.app_context():
        order = make_order()
        make_dispatch(order)
        (old,) = codes(client, 1)
        transact(lifecycle.undo, 1, at=NOW, by=BY)
        make_dispatch(order)
    assert scan(client, old, status=409).startswith("Ancien bordereau")


def test_a_slip_printed_after_the_change_is_right_whether_its_printing_was_recorded_or_not(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        reference = make_order().reference
        make_dispatch(repository.get_order(reference))
        print_slips(1)
        move_house(reference)
    assert scan(client, reference, status=409).startswith("Ne pas envoyer")
    (new,) = codes(client, 1)
    assert scan(client, new).startswith("Emballé")


def test_a_label_that_is_old_stops_the_right_slip(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = make_order().reference
        make_dispatch(repository.get_order(reference))
        transact(print_log.record, 1, Paper.LABELS, PrintRequest(), at=NOW, by=BY)
        move_house(reference)
    (new,) = codes(client, 1)
    assert scan(client, new, status=409).startswith("Ne pas envoyer")


@pytest.mark.parametrize("garbled", [str, str.lower, lambda text: text.translate(AZERTY)])
@pytest.mark.parametrize("kind", [BARS, SQUARE])
def test_a_scanner_of_any_layout_types_the_code_and_the_link(
    app: Flask, client: FlaskClient, kind: str, garbled: Callable[[str], str]
) -> None:
    with app.app_context():
        reference = make_order(lines={"MAN26": 900}).reference
        make_dispatch(repository.get_order(reference))
    first, second = codes(client, 1, kind)
    for _ in range(2):
        scan(client, garbled(second))
    with app.app_context():
        assert packed(reference) == [2]
    assert scan(client, garbled(first)).startswith("Emballé Numéro 1 1/2")


def test_an_old_link_of_a_slip_is_told_from_a_new_one_too(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = make_order().reference
        make_dispatch(repository.get_order(reference))
        (old,) = codes(client, 1, SQUARE)
        move_house(reference)
    assert scan(client, old.translate(AZERTY), status=409).startswith("Ancien bordereau")
    assert scan(client, old.partition("?")[0]).startswith("Emballé")


def test_a_code_with_a_wrong_letter_is_mistyped_and_not_old(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_dispatch(make_order())
    (code,) = codes(client, 1)
    for place in range(13):
        wrong = "B" if code[place] != "B" else "C"
        assert scan(client, code[:place] + wrong + code[place + 1 :], status=422).startswith("Mal lu")


def test_whatever_reads_a_reference_reads_a_slip(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        order = make_order(lines={"MAN26": 60})
        transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
        shown = order.shown_reference
    (code,) = codes(client, 1)
    assert shown in Page.open(client, f"/office/ordering/?q={code}").words()
    counted = send(client, "/office/letters/", reference=code, letters="5")
    assert shown in Page.open(client, counted.location).words()


def test_the_slip_of_an_order_by_itself_is_right_until_the_order_changes(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = make_order().reference
        make_dispatch(repository.get_order(reference))
    code = read(client.get(f"/office/ordering/{reference}/slip.pdf").data)
    assert scan(client, code).startswith("Emballé Numéro 1")
    with app.app_context():
        move_house(reference)
    assert scan(client, code, status=409).startswith("Ancien bordereau")


def test_a_pickup_is_not_handed_over_by_a_slip_that_names_fewer_copies(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = make_order(lines={"MAN26": 2_010}, delivery=Delivery.PICKUP).reference
    old = read(client.get("/office/ordering/pickup-slips.pdf").data)
    with app.app_context():
        receive("MAN26", 10)
    assert scan(client, old, f"{SCAN}/pickup", status=409).startswith("Ancien bordereau")
    with app.app_context():
        assert repository.get_order(reference).status is OrderStatus.READY
    new = read(client.get("/office/ordering/pickup-slips.pdf").data)
    assert scan(client, new, f"{SCAN}/pickup").startswith("Remis")


def test_the_slip_in_a_parcel_that_came_back_says_which_one_it_is(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        order = make_order(lines={"MAN26": 900})
        transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    second = codes(client, 1)[1]
    assert scan(client, second, f"{SCAN}/return", reason="damaged").startswith("Retour noté Numéro 2 2/2")
    assert scan(client, second, f"{SCAN}/return", reason="damaged").startswith("Retour déjà noté")


def test_the_button_asks_where_the_scanner_would_have_refused(
    app: Flask, client: FlaskClient, undone: tuple[str, str]
) -> None:
    page = Page.of(send(client, "/office/shipping/2/pack", sequence="1"), status=422)
    assert "Le papier d’un pli n’est plus juste" in page.words()
    with app.app_context():
        assert packed(undone[0]) == []
    asked = page.fields("/office/shipping/2/pack")
    assert client.post("/office/shipping/2/pack", data=asked).status_code == 303
    with app.app_context():
        assert packed(undone[0]) == [1]


@pytest.mark.parametrize("is_packed", [False, True])
def test_posting_asks_too_whether_it_is_packed_already_or_not(
    app: Flask, client: FlaskClient, undone: tuple[str, str], is_packed: bool
) -> None:
    reference, _ = undone
    if is_packed:
        scan(client, reference)
    close = "/office/shipping/2/close"
    page = Page.of(
        send(client, close, **({} if is_packed else {"all": "1", "unpacked": "1"}), posted_letters="1"), status=422
    )
    assert "Le papier d’un pli n’est plus juste" in page.words()
    with app.app_context():
        assert repository.get_order(reference).status is OrderStatus.DISPATCHING
    asked = page.fields(close)
    assert asked["posted_letters"] == "1"
    assert client.post(close, data=asked).status_code == 303
    with app.app_context():
        assert repository.get_order(reference).status is OrderStatus.SENT


def test_nobody_is_asked_once_the_new_dispatch_is_printed(
    app: Flask, client: FlaskClient, undone: tuple[str, str]
) -> None:
    with app.app_context():
        print_slips(2)
    assert send(client, "/office/shipping/2/pack", sequence="1").status_code == 303
    assert send(client, "/office/shipping/2/close", all="1").status_code == 303
    with app.app_context():
        assert repository.get_order(undone[0]).status is OrderStatus.SENT


def test_paper_that_left_with_its_parcel_raises_no_question_but_what_is_here_again_does(
    app: Flask, client: FlaskClient
) -> None:
    def post(order: Order) -> Dispatch:
        dispatch = make_dispatch(order)
        print_slips(dispatch.id)
        return transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)

    with app.app_context():
        rest = make_order(lines={"MAN26": 2_500})
        post(rest)
        receive("MAN26", 2_000)
        make_dispatch(rest)
    assert send(client, "/office/shipping/2/pack", sequence="1").status_code == 303
    with app.app_context():
        back = make_order(lines={"LIV26": 4})
        post(back)
        transact(returns.take_back, back.reference, reason=ReturnReason.UNKNOWN_THERE, at=NOW, by=BY)
        transact(returned_orders.correct_address, back.reference, back.address, phone="", at=NOW, by=BY)
        make_dispatch(back)
    assert send(client, "/office/shipping/4/pack", sequence="1").status_code == 422


def test_taking_the_mark_off_again_asks_nothing(app: Flask, client: FlaskClient, undone: tuple[str, str]) -> None:
    scan(client, undone[0])
    assert send(client, "/office/shipping/2/pack", sequence="1", packed="0").status_code == 303
    with app.app_context():
        assert packed(undone[0]) == []
