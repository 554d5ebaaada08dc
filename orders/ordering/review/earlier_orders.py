"""What the orderers of many requests ordered before in an edition, read at once instead of for each request."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import count

from sqlalchemy import func, select, union

from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.allowances import Orderer
from orders.ordering.review.senders import Sender
from orders.rows.bulk_rows import among

_KEYS = {"email_key": Order.email_key, "address_key": Order.address_key, "institution": Order.institution}
CALLED_OFF = (OrderStatus.CANCELLED, OrderStatus.REJECTED)


class EarlierOrders:
    """The orders of an edition that concern these requests; those that are placed meanwhile are added one by one."""

    def __init__(self, requests: Sequence[OrderRequest], edition_id: int) -> None:
        self._of_edition = Order.edition_id == edition_id
        self._orderers = {id(request): Orderer.of(request) for request in requests}
        self._by_key: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._senders: defaultdict[str, dict[int, Sender]] = defaultdict(dict)
        self._institutions: dict[int, str | None] = {}
        self._copies: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._called_off: set[int] = set()
        self._new_numbers = count(-1, -1)
        self._read_orders()
        self._read_copies()
        self._read_senders({each.address.postcode for each in requests if each.address.organisation})

    def orderer_of(self, request: OrderRequest) -> Orderer:
        return self._orderers[id(request)]

    def copies_of(self, request: OrderRequest) -> Counter[str]:
        """Copies by code that its orderer got, is to get or asked."""
        return sum((self._copies[each] for each in self._own(request)), Counter())

    def has_repeat_of(self, request: OrderRequest) -> bool:
        """Whether an order that is not called off looks like this one (`duplicates.find_repeats`)."""
        return bool(self._own(request) - self._called_off) or self._has_same_organisation(request)

    def add(self, request: OrderRequest) -> None:
        """Count a request that is placed now."""
        number = next(self._new_numbers)
        self._note_orderer(number, self.orderer_of(request))
        self._copies[number].update(request.copies)
        if request.address.organisation:
            self._senders[request.address.postcode][number] = Sender.of(request)

    def _own(self, request: OrderRequest) -> set[int]:
        """The orders of the same orderer, as `Orderer.order_ids` finds them."""
        orderer = self.orderer_of(request)
        own = {name: self._by_key.get((name, key), set()) for name, key in orderer.keys().items()}
        other_schools = {
            number
            for number in own.get("email_key", ())
            if orderer.institution and self._institutions[number] not in (None, orderer.institution)
        }
        own["email_key"] = own.get("email_key", set()) - other_schools
        return set().union(*own.values())

    def _has_same_organisation(self, request: OrderRequest) -> bool:
        sender = Sender.of(request)
        neighbours = self._senders.get(sender.postcode, {}) if sender.organisation else {}
        return any(
            number not in self._called_off and sender.is_same_organisation(other)
            for number, other in neighbours.items()
        )

    def _note_orderer(self, number: int, orderer: Orderer) -> None:
        self._institutions[number] = orderer.institution
        for key in orderer.keys().items():
            self._by_key[key].add(number)

    def _read_orders(self) -> None:
        columns = (Order.id, Order.email_key, Order.address_key, Order.institution, Order.status)
        arms = [
            select(*columns).where(self._of_edition, among(column, {getattr(each, name) for each in orderers}))
            for name, column in _KEYS.items()
            if (orderers := [each for each in self._orderers.values() if getattr(each, name)])
        ]
        for each in db.session.execute(union(*arms)) if arms else ():
            self._note_orderer(each.id, Orderer(each.email_key, each.address_key, each.institution))
            self._note_state(each.id, each.status)

    def _read_copies(self) -> None:
        ids = set().union(*self._by_key.values())
        copies = (
            select(OrderLine.order_id, Publication.code, func.sum(OrderLine.copies - OrderLine.given_up))
            .join(OrderLine.publication)
            .where(among(OrderLine.order_id, ids))
            .group_by(OrderLine.order_id, Publication.code)
        )
        for number, code, number_of_copies in db.session.execute(copies) if ids else ():
            self._copies[number][code] = int(number_of_copies)

    def _read_senders(self, postcodes: set[str]) -> None:
        columns = (Order.organisation, Order.postcode, Order.town, Order.institution)
        neighbours = select(Order.id, *columns, Order.status).where(
            self._of_edition, among(Order.postcode, postcodes), Order.organisation != ""
        )
        for each in db.session.execute(neighbours) if postcodes else ():
            self._senders[each.postcode][each.id] = Sender.of_row(each)
            self._note_state(each.id, each.status)

    def _note_state(self, number: int, status: OrderStatus) -> None:
        if status in CALLED_OFF:
            self._called_off.add(number)
