"""From ready orders to posted parcels, through the pages of the office."""

import re
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Delivery, Order
from orders.shipping.models import Dispatch
from orders.staff.models import StaffRole
from tests.factories import NOW, make_dispatch, make_edition, make_order, receive
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
NEW = "/office/shipping/new"


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    """Somebody of the office, and three orders: two to post, one to fetch."""
    with app.app_context():
        make_edition()
        make_order(name="Şebnem Korur Fincancı", lines={"MAN26": 2, "LIV26": 24}, town="Ciney")
        make_order(name="Мария Kalesnikava", lines={"MAN26": 1})
        make_order(name="Pickup Person", delivery=Delivery.PICKUP)
    return office(StaffRole.OFFICE)


def token(client: FlaskClient, url: str = "/office/shipping/") -> str:
    return Page.open(client, url).fields("/staff/logout")["csrf_token"]


def send(client: FlaskClient, url: str, **fields: Any) -> Any:
    return client.post(url, data={"csrf_token": token(client), **fields})


def statuses(app: Flask) -> list[str]:
    with app.app_context():
        return [order.status.value for order in db.session.scalars(select(Order).order_by(Order.id))]


def references(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Order.reference).order_by(Order.id)))


def made(client: FlaskClient) -> str:
    """The address of a dispatch of everything that may go."""
    address: str = send(client, NEW, all="1").location
    return address


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_a_dispatch_is_made_of_the_orders_chosen(app: Flask, client: FlaskClient) -> None:
    answer = send(client, NEW, reference=references(app)[:1])
    assert (answer.status_code, answer.location) == (303, "/office/shipping/1")
    assert statuses(app) == ["dispatching", "ready", "ready"]
    page = Page.open(client, f"{answer.location}?step=pack")
    assert "Şebnem Korur Fincancı" in page.words()


def test_a_dispatch_of_everything_leaves_pickups_out(app: Flask, client: FlaskClient) -> None:
    made(client)
    assert statuses(app) == ["dispatching", "dispatching", "ready"]


def test_a_dispatch_takes_no_more_than_its_limit(app: Flask, client: FlaskClient) -> None:
    send(client, NEW, all="1", limit="1", expected="2")
    assert sorted(statuses(app)) == ["dispatching", "ready", "ready"]


def test_a_number_that_has_changed_is_said_and_nothing_is_made(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, NEW, all="1", expected="180"), status=409)
    assert "2 commandes correspondent" in page.words().replace("\u00a0", " ")
    assert statuses(app) == ["ready"] * 3


@pytest.mark.parametrize("limit", ["0", "-1", "abc", "1e3", "1,5", "100001", "9" * 30])
def test_a_limit_that_is_no_number_of_orders_makes_nothing(app: Flask, client: FlaskClient, limit: str) -> None:
    page = Page.of(send(client, NEW, all="1", limit=limit), status=409)
    assert "n’est pas un nombre de 1 à" in page.words()
    assert statuses(app) == ["ready"] * 3


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("expected", "abc"),
        ("expected", "-2"),
        ("audience", "everybody"),
        ("status", "raedy"),
        ("delivery", "plane"),
        ("province", "Atlantis"),
        ("needed_until", "20/20/2026"),
    ],
)
def test_everything_found_is_not_everything_there_is_when_the_filter_means_nothing(
    app: Flask, client: FlaskClient, field: str, typed: str
) -> None:
    assert send(client, NEW, all="1", **{field: typed}).status_code == 409
    assert send(client, "/office/ordering/cancel", all="1", **{"expected": "3", field: typed}).status_code == 409
    assert statuses(app) == ["ready"] * 3


def test_the_second_of_two_people_is_offered_the_next_orders(app: Flask, client: FlaskClient) -> None:
    """Both saw the same number; the first took some of them."""
    with app.app_context():
        for _ in range(3):
            make_order(town="Namur")
    both_saw = {"all": "1", "expected": "5", "limit": "2", "window": "1"}
    send(client, NEW, **both_saw)
    page = Page.of(send(client, NEW, **both_saw), status=409)
    assert "3 commandes correspondent" in page.words()
    assert "Préparer un envoi des 2 suivantes" in page.words()
    offered = page.fields(NEW)
    assert (offered["expected"], offered["limit"], offered["window"]) == ("3", "2", "1")
    assert client.post(NEW, data=offered).location == "/office/shipping/2"
    with app.app_context():
        assert not db.session.get_one(Dispatch, 2).has_labels
    assert statuses(app).count("dispatching") == 4


def test_of_orders_that_somebody_took_meanwhile_the_rest_is_offered(app: Flask, client: FlaskClient) -> None:
    first, second, _pickup = references(app)
    send(client, NEW, reference=[first])
    page = Page.of(send(client, NEW, reference=[first, second]), status=409)
    assert f"{first[:4]}-{first[4:]}" in page.words()
    assert client.post(NEW, data=page.fields(NEW)).location == "/office/shipping/2"
    assert statuses(app) == ["dispatching", "dispatching", "ready"]


def test_of_orders_that_are_all_taken_as_many_others_are_offered_and_none_is_listed(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        taken = [make_order().reference for _ in range(7)]
    send(client, NEW, reference=taken)
    page = Page.of(send(client, NEW, reference=taken), status=409)
    assert "7 de ces commandes" in page.words()
    assert taken[0][:4] not in page.words()
    offered = page.fields(NEW)
    assert (offered["all"], offered["expected"], offered["limit"]) == ("1", "2", "7")
    client.post(NEW, data=offered)
    page = Page.of(send(client, NEW, reference=taken), status=409)
    assert page.forms(NEW) == []


@pytest.mark.parametrize("chosen", [[], ["KLNBRTVX"], ["nonsense"], ["\0"]])
def test_a_dispatch_of_nothing_that_exists_is_refused(app: Flask, client: FlaskClient, chosen: list[str]) -> None:
    assert send(client, NEW, reference=chosen).status_code in (400, 404, 409)
    assert statuses(app) == ["ready"] * 3


def test_a_pickup_that_is_chosen_all_the_same_is_named(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, NEW, reference=references(app)), status=409)
    shown = references(app)[2]
    assert f"{shown[:4]}-{shown[4:]}" in page.words()
    assert statuses(app) == ["ready"] * 3


def test_a_double_click_makes_one_dispatch(app: Flask, client: FlaskClient) -> None:
    chosen = references(app)[:2]
    first, again = (send(client, NEW, reference=chosen, submission="one-page").location for _ in range(2))
    assert first == again


def test_labels_and_slips_carry_the_same_sequence(app: Flask, client: FlaskClient) -> None:
    address = made(client)
    labels = client.get(f"{address}/labels.pdf?start=3")
    slips = client.get(f"{address}/slips.pdf")
    pull_list = client.get(f"{address}/pull-list.pdf")
    for answer in (labels, slips, pull_list):
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert re.search(r'filename="?etiquettes-\d{4}-\d\d-\d\d-envoi-1\.pdf', labels.headers["Content-Disposition"])
    with app.app_context():
        dispatch = db.session.get_one(Dispatch, 1)
        names = [parcel.orders[0].name for parcel in dispatch.parcels]
        shown = [parcel.orders[0].shown_reference for parcel in dispatch.parcels]
    pages = text_of(slips.data).split("\f")
    for page, name, reference in zip(pages, names, shown, strict=False):
        assert name in page
        assert reference in page
    for name in names:
        assert name in text_of(labels.data)
        assert name in text_of(pull_list.data)


@pytest.mark.parametrize(
    "arguments", ["start=0", "start=15", "sheet=L7613", "start=x", "from=9", "from=2&to=1", "start=9999999999999"]
)
def test_an_impossible_print_is_refused_in_words(client: FlaskClient, arguments: str) -> None:
    page = Page.of(client.get(f"{made(client)}/labels.pdf?{arguments}"), status=409)
    assert "imprimé" in page.words()


def test_a_long_dispatch_is_shown_fifty_parcels_at_a_time(
    app: Flask, client: FlaskClient, queries: Callable[[FlaskClient, str], int]
) -> None:
    def shown(address: str) -> list[int]:
        items = Page.open(client, address).tree.iter("li")
        return [int(each.get("id", "")[4:]) for each in items if (each.get("id") or "").startswith("pli-")]

    with app.app_context():
        receive("MAN26", 60_000)
        make_dispatch(make_order(lines={"MAN26": 498 * 120}))
        make_dispatch(make_order(lines={"MAN26": 1}))
    url = "/office/shipping/1"
    assert shown(f"{url}?step=pack") == list(range(1, 51))
    assert shown(f"{url}?page=3") == shown(f"{url}?page=9") == shown(f"{url}?show=101") == list(range(101, 121))
    assert shown(f"{url}?show=abc") == shown(f"{url}?page=-1") == list(range(1, 51))
    page = Page.open(client, f"{url}?page=2&after=77")
    assert "0 emballé sur 120" in page.words()
    assert "0 lettre · 120 colis" in Page.open(client, f"{url}?step=post").words()
    assert "59 760 Manuel MAN26" in Page.open(client, url).words()
    assert page.fields(f"{url}/pack")["sequence"] == "78"
    packed = send(client, f"{url}/pack", sequence="77")
    assert "show=77" in packed.location
    assert 77 in shown(packed.location)
    assert queries(client, f"{url}?page=2") <= queries(client, "/office/shipping/2?step=pack") + 3


def test_a_part_of_the_pile_can_be_printed_again(client: FlaskClient) -> None:
    slips = client.get(f"{made(client)}/slips.pdf?from=2&to=2").data
    assert len(text_of(slips).split("\f")) == 2


def test_closing_everything_sends_it(app: Flask, client: FlaskClient) -> None:
    address = made(client)
    assert send(client, f"{address}/close", all="1", unpacked="1-2").status_code == 303
    assert statuses(app) == ["sent", "sent", "ready"]
    again = send(client, f"{address}/close", all="1")
    assert "déjà clôturé" in Page.open(client, again.location).words()


def test_closing_with_nothing_packed_asks_first(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, f"{made(client)}/close"), status=422)
    assert [form for form in page.forms("/office/shipping/1/close")]
    assert statuses(app) == ["dispatching", "dispatching", "ready"]


def test_a_volunteer_packs_and_prints_and_can_neither_make_nor_close(
    app: Flask, client: FlaskClient, office: Office
) -> None:
    address = made(client)
    volunteer = office(StaffRole.VOLUNTEER)
    assert send(volunteer, f"{address}/pack", sequence="1").status_code == 303
    assert volunteer.get(f"{address}/labels.pdf").status_code == 200
    for forbidden in (NEW, f"{address}/close", f"{address}/undo"):
        assert send(volunteer, forbidden).status_code == 403
    send(client, f"{address}/close")
    assert sorted(statuses(app)) == ["ready", "ready", "sent"]


def test_undoing_makes_the_orders_ready_again(app: Flask, client: FlaskClient) -> None:
    address = made(client)
    send(client, f"{address}/undo")
    assert statuses(app) == ["ready"] * 3
    Page.open(client, address)


def test_a_change_without_a_token_is_refused(app: Flask, client: FlaskClient) -> None:
    assert client.post(NEW, data={"all": "1"}).status_code == 400
    assert statuses(app) == ["ready"] * 3


def test_an_unknown_dispatch_is_said_so(client: FlaskClient) -> None:
    for url in ("/office/shipping/99", "/office/shipping/99/labels.pdf"):
        Page.of(client.get(url), status=404)
    Page.of(send(client, "/office/shipping/99/close", all="1"), status=404)


@pytest.mark.parametrize("url", ["/office/", "/office/ordering/", "/office/shipping/"])
def test_lists_ask_the_database_as_often_for_many_orders_as_for_few(
    app: Flask, client: FlaskClient, queries: Callable[[FlaskClient, str], int], url: str
) -> None:
    client.get(url)  # what a process keeps of the association is read once
    few = queries(client, url)
    with app.app_context():
        for _ in range(12):
            make_order(lines={"MAN26": 1, "LIV26": 1})
    assert queries(client, url) == few


def test_a_large_dispatch_asks_the_database_as_often_as_a_small_one(
    app: Flask, client: FlaskClient, queries: Callable[[FlaskClient, str], int]
) -> None:
    with app.app_context():
        make_dispatch(make_order(lines={"MAN26": 1, "LIV26": 1}))
        make_dispatch(*[make_order(lines={"MAN26": 1, "LIV26": 1}) for _ in range(12)])
    for page in (
        "?step=take",
        "?step=print",
        "?step=pack",
        "?step=post",
        "/marks",
        "/labels.pdf",
        "/slips.pdf",
        "/pull-list.pdf",
        "/posting.pdf",
        "/parcels/1",
    ):
        client.get(f"/office/shipping/1{page}")  # what a process keeps is read once
        small, large = (queries(client, f"/office/shipping/{number}{page}") for number in (1, 2))
        assert small == large, page


HUGE = "9" * 30


@pytest.mark.parametrize("path", [HUGE, f"{HUGE}/labels.pdf", f"1/printings/{HUGE}", f"1/printings/{HUGE}.pdf"])
def test_a_number_that_no_row_can_have_is_an_address_that_does_not_exist(client: FlaskClient, path: str) -> None:
    made(client)
    assert client.get(f"/office/shipping/{path}").status_code == 404


def test_numbers_the_wrong_way_round_are_told_so(client: FlaskClient) -> None:
    words = client.get(f"{made(client)}/slips.pdf?from=2&to=1")
    assert words.status_code == 409
    assert "Le numéro 1 vient avant le 2 et rien n’a été imprimé" in words.text


def test_older_dispatches_are_a_page_further(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        db.session.add_all(Dispatch(made_at=NOW, undone_at=NOW) for _ in range(27))
        db.session.commit()

    def shown(arguments: str) -> list[int]:
        page = Page.open(client, f"/office/shipping/{arguments}")
        return [int(number) for number in re.findall(r'href="/office/shipping/([0-9]+)"', page.text)]

    assert shown("") == list(range(27, 2, -1))
    assert 'href="/office/shipping/?before=3"' in client.get("/office/shipping/").text
    assert shown("?before=3") == [2, 1]
    assert shown("?before=27") == list(range(26, 1, -1))
    assert "Aucun envoi avant celui-là" in client.get("/office/shipping/?before=1").text
    assert shown("?before=nonsense") == shown("?before=-1") == shown("")
