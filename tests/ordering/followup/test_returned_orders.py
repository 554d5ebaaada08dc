"""Orders whose copies the post returned, or that never arrived."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db, transact
from orders.errors import Refused
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import cancellation, fulfilment
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.ordering.refusals import AlreadyEnded, NothingReturned, NothingSent, NothingToReport, NotSentSoMany
from orders.shipping.dispatches import lifecycle
from orders.staff.models import AuditEntry
from orders.stock import ledger
from orders.stock.models import Movement, Place, Reason
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive

LATER = NOW + timedelta(days=3)


def make_sent_order(**fields: object) -> Order:
    order = make_order(**fields)  # type: ignore[arg-type]
    transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    return order


def copies(order: Order, code: str = "MAN26") -> tuple[int, int, int, int]:
    """Waiting, reserved, sent, given up."""
    line = next(line for line in repository.get_order(order.reference).lines if line.publication.code == code)
    return line.waiting, line.reserved, line.sent, line.given_up


def publication_id(order: Order) -> int:
    return order.lines[0].publication_id


def kinds_of_mail() -> list[str]:
    return list(db.session.scalars(select(OutgoingMail.kind).order_by(OutgoingMail.id)))


def test_what_the_post_gives_back_lies_on_the_shelf_and_the_order_waits_for_a_better_address(
    app_context: Flask,
) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 3})
    transact(returned_orders.take_back, order.reference, at=LATER, by=BY)
    assert (order.status, order.returned_at) == (OrderStatus.RETURNED, LATER)
    assert copies(order) == (3, 0, 0, 0)
    assert ledger.copies_at(publication_id(order), Place.SHELF) == 3
    assert kinds_of_mail()[-1] == "order_returned"


def test_a_returned_order_does_not_queue_so_the_next_one_gets_its_copies(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 3})
    waits = make_order(lines={"MAN26": 2}, minutes=5)
    transact(returned_orders.take_back, order.reference, at=LATER, by=BY)
    assert copies(waits) == (0, 2, 0, 0)
    receive("MAN26", 4)
    assert copies(order) == (3, 0, 0, 0)


def test_what_comes_back_spoilt_is_lost_and_the_ledger_says_why(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 3})
    transact(returned_orders.take_back, order.reference, lost=True, at=LATER, by=BY)
    assert ledger.copies_at(publication_id(order), Place.LOST) == 3
    movement = db.session.scalars(select(Movement).order_by(Movement.id.desc())).first()
    assert movement is not None
    assert (movement.origin, movement.destination, movement.reason) == (Place.SENT, Place.LOST, Reason.DAMAGED)


def test_one_parcel_of_two_that_comes_back_leaves_the_other_one_sent(app_context: Flask) -> None:
    make_edition(shelf=9)
    order = make_sent_order(lines={"MAN26": 5})
    transact(returned_orders.take_back, order.reference, {publication_id(order): 2}, at=LATER, by=BY)
    transact(returned_orders.take_back, order.reference, {publication_id(order): 1}, at=LATER, by=BY)
    assert copies(order) == (3, 0, 2, 0)
    assert kinds_of_mail().count("order_returned") == 1


def test_what_a_returned_order_still_held_goes_to_the_queue(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 5})
    receive("MAN26", 2)
    waits = make_order(lines={"MAN26": 1}, minutes=5)
    assert copies(order) == (0, 2, 3, 0)
    transact(returned_orders.take_back, order.reference, {publication_id(order): 3}, at=LATER, by=BY)
    assert (copies(order), copies(waits)) == ((5, 0, 0, 0), (0, 1, 0, 0))


def test_a_parcel_that_comes_back_while_the_rest_is_packed_leaves_the_dispatch_alone(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 5})
    receive("MAN26", 2)
    dispatch = make_dispatch(order)
    transact(returned_orders.take_back, order.reference, {publication_id(order): 3}, at=LATER, by=BY)
    assert (order.status, copies(order)) == (OrderStatus.DISPATCHING, (3, 2, 0, 0))
    transact(lifecycle.close, dispatch.id, at=LATER, by=BY, everything=True)
    assert (order.status, copies(order)) == (OrderStatus.RETURNED, (3, 0, 2, 0))


def test_with_a_better_address_the_copies_are_reserved_again_before_everybody_who_came_later(
    app_context: Flask,
) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 3})
    make_order(lines={"MAN26": 9}, minutes=5)
    transact(returned_orders.take_back, order.reference, at=LATER, by=BY)
    right = replace(order.address, number="99", box="3")
    transact(returned_orders.correct_address, order.reference, right, phone="", at=LATER, by=BY)
    assert (order.status, order.returned_at) == (OrderStatus.WAITING, None)
    receive("MAN26", 3)
    assert (order.status, copies(order)) == (OrderStatus.READY, (0, 3, 0, 0))
    assert order.address.lines()[-2].endswith(" 99 bte 3")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "address corrected")).one()
    assert entry.after == {"fields": ["number", "box"]}


def test_an_order_for_what_is_there_waits_when_its_returned_copies_went_to_others(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 3}, when_short=WhenShort.FEWER)
    make_order(lines={"MAN26": 9}, minutes=5)
    transact(returned_orders.take_back, order.reference, at=LATER, by=BY)
    transact(returned_orders.correct_address, order.reference, order.address, phone="", at=LATER, by=BY)
    assert (order.status, copies(order)) == (OrderStatus.WAITING, (3, 0, 0, 0))


def test_a_returned_order_may_be_cancelled_instead(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 3})
    transact(returned_orders.take_back, order.reference, at=LATER, by=BY)
    transact(cancellation.cancel, order.reference, at=LATER, by=BY)
    assert (order.status, copies(order)) == (OrderStatus.CANCELLED, (0, 0, 0, 3))


def test_what_comes_back_of_a_cancelled_order_is_given_up(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 5})
    transact(cancellation.cancel, order.reference, at=LATER, by=BY)
    transact(returned_orders.take_back, order.reference, at=LATER, by=BY)
    assert (order.status, copies(order)) == (OrderStatus.CANCELLED, (0, 0, 0, 5))
    assert "order_returned" not in kinds_of_mail()


@pytest.mark.parametrize(("number", "refusal"), [(0, NothingSent), (-1, NotSentSoMany), (4, NotSentSoMany)])
def test_no_more_comes_back_than_was_sent(app_context: Flask, number: int, refusal: type[Refused]) -> None:
    make_edition(shelf=9)
    order = make_sent_order(lines={"MAN26": 3})
    with pytest.raises(refusal):
        transact(returned_orders.take_back, order.reference, {publication_id(order): number}, at=LATER, by=BY)
    assert (order.status, copies(order)) == (OrderStatus.SENT, (0, 0, 3, 0))


def test_what_was_not_sent_by_pli_cannot_come_back_to_its_shelf(app_context: Flask) -> None:
    make_edition(shelf=9)
    for order in (make_order(), make_order(sent_before_pli=True)):
        with pytest.raises(NothingSent):
            transact(returned_orders.take_back, order.reference, at=LATER, by=BY)


def test_an_address_is_corrected_only_where_the_post_gave_something_back(app_context: Flask) -> None:
    make_edition(shelf=9)
    order = make_sent_order()
    with pytest.raises(NothingReturned):
        transact(returned_orders.correct_address, order.reference, order.address, phone="", at=LATER, by=BY)


def test_what_never_arrived_is_reported_once(app_context: Flask) -> None:
    make_edition(shelf=9)
    order = make_sent_order()
    assert returned_orders.may_be_reported_missing(order)
    for minutes in (0, 5):
        transact(returned_orders.report_missing, order.reference, at=LATER + timedelta(minutes=minutes), by=BY)
    assert order.reported_missing_at == LATER
    transact(returned_orders.close_report, order.reference, at=LATER, by=BY)
    assert order.reported_missing_at is None


def test_nothing_is_missing_that_was_not_posted(app_context: Flask) -> None:
    make_edition(shelf=9)
    fetched = make_order(delivery=Delivery.PICKUP)
    transact(fulfilment.hand_over, fetched.reference, at=NOW, by=BY)
    for order in (make_order(), fetched):
        for rule in (returned_orders.report_missing, returned_orders.send_again):
            with pytest.raises(NothingToReport):
                transact(rule, order.reference, at=LATER, by=BY)


def test_sending_again_books_the_loss_and_serves_the_order_by_its_age(app_context: Flask) -> None:
    make_edition(shelf=4)
    order = make_sent_order(lines={"MAN26": 3})
    transact(returned_orders.report_missing, order.reference, at=LATER, by=BY)
    transact(returned_orders.send_again, order.reference, at=LATER, by=BY)
    assert (order.status, order.reported_missing_at) == (OrderStatus.READY, None)
    assert copies(order) == (2, 1, 0, 0)
    assert ledger.copies_at(publication_id(order), Place.LOST) == 3
    assert kinds_of_mail()[-1] == "order_sent_again"


def test_a_second_sending_can_be_cancelled(app_context: Flask) -> None:
    make_edition(shelf=9)
    order = make_sent_order(lines={"MAN26": 3})
    transact(returned_orders.send_again, order.reference, at=LATER, by=BY)
    transact(cancellation.cancel, order.reference, at=LATER, by=BY)
    assert (order.status, copies(order)) == (OrderStatus.CANCELLED, (0, 0, 0, 3))
    assert ledger.copies_at(publication_id(order), Place.SHELF) == 6


def test_a_cancelled_order_is_not_sent_again(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_sent_order(lines={"MAN26": 5})
    transact(cancellation.cancel, order.reference, at=LATER, by=BY)
    with pytest.raises(AlreadyEnded):
        transact(returned_orders.send_again, order.reference, at=LATER, by=BY)
