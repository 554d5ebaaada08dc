"""Orders to fetch in Ixelles, and the paper of a single order."""

import subprocess
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering import handling
from orders.ordering.handling import get_order
from orders.ordering.models import Delivery, NothingToHandOver, Order, OrderStatus, WhenShort
from orders.staff.models import StaffRole
from orders.stock import ledger
from orders.stock.models import Place
from tests.factories import BY, NOW, make_edition, make_order, receive
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


def hand_over(order: Order) -> Order:
    return transact(handling.hand_over, order.reference, at=NOW, by=BY)


def arrived() -> int:
    return db.session.scalar(select(func.count()).where(OutgoingMail.kind == "order_arrived")) or 0


def test_what_is_fetched_leaves_the_stock_like_what_is_posted(house: Flask) -> None:
    make_edition(shelf=10)
    order = hand_over(make_order(lines={"MAN26": 4}, delivery=Delivery.PICKUP))
    assert (order.status, order.lines[0].sent) == (OrderStatus.SENT, 4)
    assert ledger.copies_at(order.lines[0].publication_id, Place.SENT) == 4


def test_the_rest_of_a_short_pickup_waits_and_is_told_when_it_has_come(house: Flask) -> None:
    make_edition(shelf={"MAN26": 4})
    order = hand_over(make_order(lines={"MAN26": 6}, delivery=Delivery.PICKUP))
    assert (order.status, arrived()) == (OrderStatus.WAITING, 0)
    receive("MAN26", 2)
    assert (order.status, arrived()) == (OrderStatus.READY, 1)
    assert hand_over(order).status is OrderStatus.SENT


@pytest.mark.parametrize("fields", [{"delivery": Delivery.POST}, {"delivery": Delivery.PICKUP, "lines": {"LIV26": 1}}])
def test_only_what_lies_ready_for_pickup_is_handed_over(house: Flask, fields: dict[str, object]) -> None:
    make_edition(shelf={"MAN26": 4})
    order = make_order(**fields)  # type: ignore[arg-type]
    with pytest.raises(NothingToHandOver):
        hand_over(order)


def test_who_waits_for_everything_is_told_once_when_everything_is_there(house: Flask) -> None:
    make_edition(shelf=0)
    order = make_order(lines={"MAN26": 6, "LIV26": 2}, when_short=WhenShort.WAIT)
    for code, copies in (("MAN26", 3), ("LIV26", 9), ("MAN26", 3)):
        assert arrived() == 0
        receive(code, copies)
    assert (order.status, arrived()) == (OrderStatus.READY, 1)


def test_a_pickup_is_ticked_off_on_its_page(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition()
        reference = make_order(delivery=Delivery.PICKUP, lines={"MAN26": 3}).reference
    client = office(StaffRole.OFFICE)
    url = f"/office/ordering/{reference}"
    fields = Page.open(client, url).fields(f"{url}/hand-over")
    for told in ("est remise", "n’a rien à remettre"):
        done = client.post(f"{url}/hand-over", data=fields)
        assert told in Page.open(client, done.location).words()
    with app.app_context():
        assert get_order(reference).status is OrderStatus.SENT


def test_one_order_has_its_own_label_and_slip(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition()
        order = make_order(name="Şebnem Korur", lines={"MAN26": 3})
        reference, shown = order.reference, order.shown_reference
    client = office(StaffRole.OFFICE)
    for paper, words in (("label.pdf?start=14", ["Şebnem Korur"]), ("slip.pdf", ["Şebnem Korur", shown, "Manuel"])):
        answer = client.get(f"/office/ordering/{reference}/{paper}")
        assert answer.mimetype == "application/pdf"
        assert shown in answer.headers["Content-Disposition"]
        text = subprocess.run(
            ["pdftotext", "-", "-"], input=answer.data, capture_output=True, check=True
        ).stdout.decode()
        assert all(word in text for word in words)
    Page.of(client.get(f"/office/ordering/{reference}/label.pdf?start=15"), status=409)
