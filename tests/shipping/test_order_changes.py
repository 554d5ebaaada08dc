"""Orders that the office changes: before they go, on the table, posted; and one taken out of an open dispatch."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db, transact
from orders.mail import claims, signed_links
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.allocation.reservations import orders_ahead
from orders.ordering.followup import returned_orders
from orders.ordering.followup.corrections import TooLateToChange
from orders.ordering.lifecycle import approval, changing
from orders.ordering.lifecycle.changing import OrderChangedMeanwhile
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import Filter
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.refusals import NotOnTheTable, ParcelToPoBox, UnknownOrder
from orders.ordering.request import order_form_values
from orders.ordering.request.order_form_values import OFFICE_FIELDS
from orders.shipping.carrier import tracking
from orders.shipping.carrier.tracking import NoTrackingNumber, TrackingNumberTaken
from orders.shipping.dispatches import lifecycle, order_changes, removal, repacking
from orders.shipping.models import Dispatch, DispatchState, Parcel, SharedParcel
from orders.shipping.printing import piles, print_log
from orders.shipping.printing.models import Paper
from orders.shipping.printing.print_requests import PrintRequest
from orders.staff.journal import Actor
from orders.staff.models import AuditEntry
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.ordering.test_changing import as_it_is

TRACKED = "323212345678901234567890"


@pytest.fixture(autouse=True)
def edition(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 100, "LIV26": 0})


def change(order: Order, *, version: str | None = None, tells: bool = True, **fields: Any) -> Order:
    """Change what is named of an order, as the office does."""
    where = {name: fields.pop(name) for name in list(fields) if hasattr(order.address, name)}
    as_before = replace(as_it_is(order), language=order.language)
    request = replace(as_before, address=replace(order.address, **where), **fields)
    shown = version or order_form_values.version(order, OFFICE_FIELDS)
    return transact(order_changes.change, order.reference, request, version=shown, at=NOW, by=BY, tells=tells)


def mails(order: Order) -> list[tuple[str, str]]:
    found = db.session.scalars(select(OutgoingMail).where(OutgoingMail.order_id == order.id).order_by(OutgoingMail.id))
    return [(mail.kind, mail.address) for mail in found]


def has_left(order: Order) -> None:
    """All that was written about an order left."""

    def mark() -> None:
        for mail in db.session.scalars(select(OutgoingMail).where(OutgoingMail.order_id == order.id)):
            claims.record_outcome(claims.Outcome(mail.id), "", at=NOW)

    transact(mark)


def journaled(order: Order) -> list[Any]:
    entries = select(AuditEntry).where(AuditEntry.thing == f"order {order.reference}").order_by(AuditEntry.id.desc())
    latest = db.session.scalars(entries).first()
    return [latest.action, latest.after] if latest else []


def table_of(*, of: int = 3, copies: int = 2) -> tuple[Dispatch, list[Order]]:
    orders = [make_order(lines={"MAN26": copies}) for _ in range(of)]
    return make_dispatch(*orders), orders


def test_the_office_changes_all_of_a_waiting_order_and_its_place_in_the_queue_stays() -> None:
    first = make_order(lines={"LIV26": 5})
    make_order(lines={"LIV26": 5}, minutes=1)
    changed = change(
        first,
        name="Zoé Lambert",
        street="Rue Haute",
        number="7",
        email="zoe@example.org",
        phone="+32475123456",
        language="nl",
        audience="library",
        organisation="Bibliothèque de Gilly",
        delivery=Delivery.PICKUP,
        needed_by=date(2026, 12, 8),
    )
    assert changed.address.lines()[0] == "Zoé Lambert"
    assert (changed.email, changed.language, changed.audience) == ("zoe@example.org", "nl", "library")
    assert orders_ahead(changed.lines[0]) == 0
    action, after = journaled(first)
    assert action == "changed"
    assert {"email", "street", "delivery", "needed_by", "audience", "language"} <= set(after["fields"])
    assert "zoe" not in str(after)


def test_a_change_is_told_in_one_mail_or_in_none() -> None:
    order, other = make_order(), make_order()
    change(order, number="9")
    change(order, number="10")
    change(other, number="9", tells=False)
    assert [kind for kind, _ in mails(order)] == ["order_confirmed", "order_changed"]
    assert [kind for kind, _ in mails(other)] == ["order_confirmed"]


def test_another_address_gets_where_the_order_stands_and_the_old_one_nothing_more() -> None:
    order = make_order(email="wrong@example.org")
    link = order.link_nonce
    change(order, email="right@example.org")
    assert mails(order) == [("order_confirmed", "right@example.org")]
    assert order.link_nonce == link, "no mail took it anywhere, and it may stand on paper"


def test_who_has_read_the_mail_to_the_old_address_opens_nothing_with_its_link() -> None:
    order = make_order(email="wrong@example.org")
    old = signed_links.token(order.reference, order.link_nonce)
    has_left(order)
    change(order, email="right@example.org")
    assert mails(order) == [("order_confirmed", "wrong@example.org"), ("order_confirmed", "right@example.org")]
    with pytest.raises(UnknownOrder):
        repository.get_order_by_link(old)
    assert search.count(Filter(q="right@example.org")) == 1
    assert search.count(Filter(q="wrong@example.org")) == 0


def test_a_mail_that_a_worker_has_taken_is_marked_and_not_sent_to_the_old_address() -> None:
    order = make_order(email="wrong@example.org")
    claim = transact(claims.claim, 20, at=NOW)
    change(order, email="right@example.org")
    with pytest.raises(claims.TakenOver):
        transact(claims.begin_handing_over, claim.mail_ids[0], claim.holder, 0, at=NOW)


def test_of_an_order_on_the_table_the_address_changes_and_its_paper_is_outdated() -> None:
    dispatch, (first, second, _) = table_of()
    transact(print_log.record, dispatch.id, Paper.LABELS, PrintRequest(), at=NOW, by=BY)
    transact(lifecycle.pack, dispatch.id, 2, packed=True, at=NOW, by=BY)
    change(second, street="Rue Haute")
    assert set(piles.piles_of(dispatch, print_log.printings_of(dispatch)).stale) == {2}
    assert lifecycle.get_parcel(dispatch.id, 2).packed_at is None, "its label must be stuck anew"
    with pytest.raises(TooLateToChange) as refused:
        change(first, copies={"MAN26": 1})
    assert refused.value.fields == ["copies-MAN26"]
    assert first.lines[0].copies == 2


def test_an_order_that_shares_a_parcel_is_not_sent_elsewhere_with_it() -> None:
    orders = [make_order(lines={"MAN26": 2}, street="Rue Haute", number="1", audience="family") for _ in range(2)]
    transact(approval.accept, orders[1].reference, at=NOW, by=BY)
    dispatch = make_dispatch(*orders)
    transact(repacking.share, dispatch.id, 1, version=dispatch.version, at=NOW, by=BY)
    with pytest.raises(SharedParcel):
        change(orders[0], street="Rue Basse")
    change(orders[0], name="Marie Leroy")
    assert transact(removal.take_out, orders[0].reference, at=NOW, by=BY) == [1]
    assert [content.line.order_id for content in lifecycle.get_parcel(dispatch.id, 1).contents] == [orders[1].id]


def test_a_box_on_the_table_does_not_go_to_a_po_box() -> None:
    _, (order,) = table_of(of=1, copies=60)
    with pytest.raises(ParcelToPoBox):
        change(order, street="", number="", building="BP 12")


def test_of_a_posted_order_only_how_to_reach_its_orderer_changes() -> None:
    dispatch, (order, *_) = table_of()
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    has_left(order)
    with pytest.raises(TooLateToChange):
        change(order, street="Rue Haute")
    change(order, phone="+32475123456")
    assert [kind for kind, _ in mails(order)] == ["order_confirmed", "order_sent"], "nothing that it must be told"
    change(order, email="right@example.org")
    assert mails(order)[-1] == ("order_link_changed", "right@example.org")


def test_an_order_that_came_back_is_served_again_once_its_address_is_corrected() -> None:
    dispatch, (order, *_) = table_of()
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    transact(returned_orders.take_back, order.reference, at=NOW, by=BY)
    change(order, street="Rue Haute", phone="+32475123456")
    assert order.status is OrderStatus.READY
    assert mails(order)[-1][0] == "order_changed"


def test_of_two_who_change_one_order_at_once_the_second_is_told_what_changed() -> None:
    order = make_order()
    shown = order_form_values.version(order, OFFICE_FIELDS)
    own = order_form_values.version(order)
    wanted = replace(as_it_is(order), address=replace(order.address, number="77"))
    transact(changing.change, order.reference, wanted, version=own, at=NOW, by=Actor("web"))
    with pytest.raises(OrderChangedMeanwhile) as refused:
        change(order, version=shown, street="Rue Haute")
    assert refused.value.fields == ["number"]
    late = replace(as_it_is(order), phone="+32475123456")
    with pytest.raises(OrderChangedMeanwhile):
        transact(changing.change, order.reference, late, version=own, at=NOW, by=Actor("web"))


def test_an_orderer_changes_neither_audience_nor_address_of_mails() -> None:
    order = make_order()
    wanted = replace(as_it_is(order), email="other@example.org", audience="school", phone="+32475123456")
    version = order_form_values.version(order)
    transact(changing.change, order.reference, wanted, version=version, at=NOW, by=Actor("web"))
    assert (order.audience, order.phone) == ("family", "+32475123456")
    assert order.email != "other@example.org"


def test_one_order_is_taken_out_and_the_others_keep_their_numbers() -> None:
    dispatch, orders = table_of()
    assert transact(removal.take_out, orders[1].reference, at=NOW, by=BY) == [2]
    assert [parcel.sequence for parcel in lifecycle.parcels_of(dispatch)] == [1, 3]
    assert (orders[1].status, orders[1].lines[0].reserved) == (OrderStatus.READY, 2)
    assert journaled(orders[1]) == ["taken out", {"parcels": [2]}]
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    assert orders[1].status is OrderStatus.READY
    with pytest.raises(NotOnTheTable):
        transact(removal.take_out, orders[1].reference, at=NOW, by=BY)


def test_the_last_order_takes_its_dispatch_with_it() -> None:
    dispatch, (order,) = table_of(of=1)
    transact(removal.take_out, order.reference, at=NOW, by=BY)
    assert dispatch.state is DispatchState.UNDONE
    assert order.status is OrderStatus.READY


def test_a_number_is_typed_by_hand_told_once_and_found() -> None:
    dispatch, (order, other, _) = table_of()
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    for _ in range(2):
        transact(tracking.note_typed, dispatch.id, 1, "3232 1234 5678 9012 3456 7890", at=NOW, by=BY)
    assert [kind for kind, _ in mails(order)].count("order_tracking") == 1
    assert [found.id for found in search.find(Filter(q="3232 12345678 901234567890"))] == [order.id]
    with pytest.raises(TrackingNumberTaken):
        transact(tracking.note_typed, dispatch.id, 2, TRACKED, at=NOW, by=BY)
    with pytest.raises(NoTrackingNumber):
        transact(tracking.note_typed, dispatch.id, 2, "1Z 999 AA1 01 2345 6784", at=NOW, by=BY)
    transact(tracking.note_typed, dispatch.id, 1, " ", at=NOW, by=BY)
    numbers = select(Parcel.tracking_number).where(Parcel.dispatch_id == dispatch.id)
    assert set(db.session.scalars(numbers)) == {None}
    assert other.status is OrderStatus.SENT
