"""What the orderers of many requests ordered before in an edition, read at once instead of for each request."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import count

from sqlalchemy import func, select, union

from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.allowances import Orderer
from orders.ordering.review.matching import is_same_organisation
from orders.rows.bulk_rows import among

CALLED_OFF = (OrderStatus.CANCELLED, OrderStatus.REJECTED)


class EarlierOrders:
    """The orders of an edition that concern these requests; those that are placed meanwhile are added one by one."""

    def __init__(self, requests: Sequence[OrderRequest], edition_id: int) -> None:
        self._of_edition = Order.edition_id == edition_id
        self._orderers = {id(request): Orderer.of(request) for request in requests}
        self._by_key: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._organisations: defaultdict[str, dict[int, str]] = defaultdict(dict)
        self._copies: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._called_off: set[int] = set()
        self._new_numbers = count(-1, -1)
        self._read_orders()
        self._read_copies()
        self._read_organisations({each.address.postcode for each in requests if each.address.organisation})

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
        self._note_keys(number, self.orderer_of(request).keys().items())
        self._copies[number].update(request.copies)
        if request.address.organisation:
            self._organisations[request.address.postcode][number] = request.address.organisation

    def _own(self, request: OrderRequest) -> set[int]:
        return set().union(*(self._by_key.get(key, ()) for key in self.orderer_of(request).keys().items()))

    def _has_same_organisation(self, request: OrderRequest) -> bool:
        organisation = request.address.organisation
        neighbours = self._organisations.get(request.address.postcode, {}) if organisation else {}
        return any(
            number not in self._called_off and is_same_organisation(other, organisation)
            for number, other in neighbours.items()
        )

    def _note_keys(self, number: int, keys: Iterable[tuple[str, str]]) -> None:
        for key in keys:
            self._by_key[key].add(number)

    def _read_orders(self) -> None:
        columns = (Order.id, Order.email_key, Order.address_key, Order.status)
        arms = [
            select(*columns).where(self._of_edition, among(column, {getattr(each, name) for each in orderers}))
            for name, column in (("email_key", Order.email_key), ("address_key", Order.address_key))
            if (orderers := [each for each in self._orderers.values() if getattr(each, name)])
        ]
        for number, email_key, address_key, status in db.session.execute(union(*arms)) if arms else ():
            self._note_keys(number, Orderer(email_key, address_key).keys().items())
            self._note_state(number, status)

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

    def _read_organisations(self, postcodes: set[str]) -> None:
        neighbours = select(Order.id, Order.postcode, Order.organisation, Order.status).where(
            self._of_edition, among(Order.postcode, postcodes), Order.organisation != ""
        )
        for number, postcode, organisation, status in db.session.execute(neighbours) if postcodes else ():
            self._organisations[postcode][number] = organisation
            self._note_state(number, status)

    def _note_state(self, number: int, status: OrderStatus) -> None:
        if status in CALLED_OFF:
            self._called_off.add(number)
