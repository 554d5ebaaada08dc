"""Placing many orders at once, as a file has them: the rule of `placing`, with few statements for all of them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from orders import idempotency
from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.database import db
from orders.errors import Refused
from orders.ordering.allocation import reservations
from orders.ordering.allocation.shared_shelf import SharedShelf
from orders.ordering.lifecycle import placing
from orders.ordering.lifecycle.parcel_addresses import refuse_parcel_to_po_box
from orders.ordering.models import Order
from orders.ordering.notifications import News, notify_all
from orders.ordering.refusals import OrderingClosed
from orders.ordering.request.offer import Offer, current_offer
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.earlier_orders import EarlierOrders
from orders.ordering.review.institutions import recognise
from orders.ordering.review.review import review_known
from orders.references import make_reference
from orders.rows import bulk_rows
from orders.rows.bulk_rows import among
from orders.rows.kept_rows import attached
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import ledger


class OneRefused(Refused):
    """The request at this `position` (from 0) is refused, so none of them is placed."""

    def __init__(self, position: int, refusal: Refused) -> None:
        super().__init__(position, refusal)
        self.position = position
        self.refusal = refusal


def place_all(requests: Sequence[OrderRequest], *, at: datetime, by: Actor) -> None:
    """Place these requests as `placing.place` would, one after the other; each has a new `submission` of its own.

    For the office: all that a form would ask is answered in them. All or none: refuses with `OneRefused`, and with
    `OrderingClosed`.
    """
    edition = current_offer().open_edition(local_day(at))
    if edition is None:
        raise OrderingClosed(None)
    ledger.lock_stock([edition.id])
    offer = current_offer()
    edition = placing.still_open(edition, offer, local_day(at))
    batch = _Batch(requests, edition, offer, at=at, by=by)
    for position, request in enumerate(batch.requests):
        try:
            batch.take(request)
        except Refused as refusal:
            raise OneRefused(position, refusal) from refusal
    batch.keep()


class _Batch:
    """Orders that are decided one after the other, and kept together."""

    def __init__(
        self, requests: Sequence[OrderRequest], edition: Edition, offer: Offer, *, at: datetime, by: Actor
    ) -> None:
        self._edition, self._tariff, self._at, self._by = edition, offer.tariff, at, by
        self._publications = {each.code: each for each in edition_lookup.orderable(edition)}
        self._attached = {code: attached(each) for code, each in self._publications.items()}
        recognised = [recognise(each) for each in requests]
        self.requests = [request for request, _ in recognised]
        self._unsure = {id(request) for request, is_unsure in recognised if is_unsure}
        self._earlier = EarlierOrders(self.requests, edition.id)
        self._shelf = SharedShelf([each.id for each in self._publications.values()])
        self._references = iter(_free_references(sum(not each.reference for each in requests)))
        self._orders: list[Order] = []
        self._taken: list[reservations.Taken] = []

    def take(self, request: OrderRequest) -> None:
        """Decide about the next request."""
        placing.refuse_unknown(request, self._publications)
        refuse_parcel_to_po_box(request, self._publications)
        reasons = review_known(request, self._earlier, self._publications)
        orderer = self._earlier.orderer_of(request)
        reference = request.reference or next(self._references)
        order = placing.draw_up(request, self._edition, orderer, reference, at=self._at, by=self._by)
        order.review_reasons = [reason.value for reason in reasons]
        order.institution_unsure = id(request) in self._unsure
        order.lines = [placing.new_line(self._attached[code], copies) for code, copies in request.copies.items()]
        self._taken.append(placing.start(order, request.accepted_postage, self._tariff, at=self._at, shelf=self._shelf))
        self._orders.append(order)
        self._earlier.add(request)

    def keep(self) -> None:
        """Write all that was decided, and tell the orderers."""
        forms = {each.submission: placing.contents(each) for each in self.requests if each.submission}
        idempotency.submit_new(forms, at=self._at)
        bulk_rows.write(self._orders)
        for order in self._orders:
            for line in order.lines:
                line.order_id = order.id
        bulk_rows.write([line for order in self._orders for line in order.lines])
        db.session.add_all(self._orders)
        edition = attached(self._edition)
        for order in self._orders:
            set_committed_value(order, "edition", edition)
        reservations.move_to_reserved([each for taken in self._taken for each in taken], at=self._at)
        told = (order for order in self._orders if not order.sent_before_pli)
        notify_all([News(order, placing.first_mail(order)) for order in told], at=self._at)
        placed = {
            f"order {order.reference}": {"copies": dict(request.copies)}
            for order, request in zip(self._orders, self.requests, strict=True)
        }
        journal.record_each("placed", placed, at=self._at, by=self._by)


def _free_references(number: int) -> Collection[str]:
    """So many references that no order has."""
    found: set[str] = set()
    while len(found) < number:
        some = {make_reference() for _ in range(number - len(found))}
        found |= some - set(db.session.scalars(select(Order.reference).where(among(Order.reference, some))))
    return found
