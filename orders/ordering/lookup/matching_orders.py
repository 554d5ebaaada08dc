"""The orders that a filter finds, as a query; how many they are, of each state."""

import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select

from orders.addresses.postcodes import codes_of
from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering import indexes, search_index
from orders.ordering.lookup.filters import Filter
from orders.ordering.lookup.tracked_orders import has_parcel_with, read_number
from orders.ordering.models import Delivery, Order, OrderLine, OrderStatus
from orders.ordering.order_counts import Kind, orders_by_kind
from orders.ordering.review.matching import email_key
from orders.ordering.search_text import fold, found_by
from orders.phone_numbers import read_phone
from orders.references import MistypedReference, read_reference

MOST_COUNTED = 10_000  # orders of a filter that nothing is counted by; where there are more, nobody reads how many
WHOLE_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
SURELY_MORE = MOST_COUNTED * 11 // 10  # in the index of pieces, which has the few orders that are not shown too


@dataclass(frozen=True, slots=True)
class Found:
    """How many orders there are of each state and delivery; `is_all`: or more than `MOST_COUNTED`, nobody knows."""

    kinds: Counter[tuple[OrderStatus, Delivery]]
    is_all: bool = True

    @property
    def total(self) -> int:
        return self.kinds.total()


def matching(wanted: Filter, *, few: bool = False) -> Select[Order]:
    """The orders that a filter finds. `few`: they are worth being looked up before any other condition is asked."""
    query = select(Order).where(Order.restricted_at.is_(None))
    if wanted.status is not None:
        query = query.where(Order.status == wanted.status)
    if wanted.among:
        query = query.where(Order.status.in_(wanted.among))
    if wanted.audience:
        query = query.where(Order.audience == wanted.audience)
    if wanted.delivery is not None:
        is_pickup = wanted.delivery is Delivery.PICKUP
        query = query.where(indexes.PICKUP if is_pickup else Order.delivery == wanted.delivery)
    if wanted.province:
        postcode = Order.postcode if few else Order.postcode.concat("")  # of many, no index is to be begun at
        codes = [postcode.between(first, last) for first, last in codes_of(wanted.province)]
        query = query.where(Order.country == "BE", or_(*codes))
    if wanted.needed_until is not None:
        query = query.where(Order.needed_by <= wanted.needed_until, indexes.NOT_GONE)
    if wanted.publication:
        query = query.where(_asks_for(wanted.publication, few=few))
    return query.where(*_searching(wanted.q, few=few))


def is_counted(wanted: Filter) -> bool:
    """Whether the numbers that are kept know how many orders a filter finds."""
    return not (wanted.q or wanted.province or wanted.needed_until)


def kept_filter(wanted: Filter) -> Kind:
    """The filter as the numbers that are kept know it."""
    statuses = [each for each in wanted.among or OrderStatus if wanted.status in (None, each)]
    return Kind(tuple(statuses), wanted.delivery, wanted.audience, wanted.publication)


def count(wanted: Filter) -> Found:
    """How many orders match: from the numbers that are kept where these know; else counted, up to a limit."""
    if is_counted(wanted):
        return Found(orders_by_kind(kept_filter(wanted)))
    if (
        wanted == Filter(q=wanted.q)
        and not WHOLE_EMAIL.fullmatch(wanted.q)
        and search_index.finds_more_than(wanted.q, SURELY_MORE)
    ):
        return Found(Counter(), is_all=False)
    kinds = (Order.status, Order.delivery)
    some = matching(wanted, few=True).with_only_columns(*kinds).limit(MOST_COUNTED + 1).subquery()
    rows = db.session.execute(select(some.c.status, some.c.delivery, func.count()).group_by(*some.c))
    found = Counter({(status, delivery): number for status, delivery, number in rows})
    return Found(found, is_all=found.total() <= MOST_COUNTED)


def _asks_for(code: str, *, few: bool) -> ColumnElement[bool]:
    """Orders of a publication: looked up by its lines, or for each order of its edition whether it has such a line."""
    publication = select(Publication.id).where(Publication.code == code).scalar_subquery()
    if few:
        return Order.id.in_(select(OrderLine.order_id).where(OrderLine.publication_id == publication))
    edition = select(Publication.edition_id).where(Publication.code == code).scalar_subquery()
    line = exists().where(OrderLine.order_id == Order.id, OrderLine.publication_id == publication)
    return (Order.edition_id == edition) & line


def _is_known_email(q: str) -> bool:
    """Whether a search is the whole e-mail address of an order. Of another one the pieces are looked for."""
    key = email_key(q) if WHOLE_EMAIL.fullmatch(q) else ""
    return bool(key) and db.session.scalar(select(exists().where(Order.email_key == key))) is True


def _searching(q: str, *, few: bool) -> list[ColumnElement[bool]]:
    try:
        return [Order.reference == read_reference(q)]
    except MistypedReference:
        if tracked := read_number(q):
            return [has_parcel_with(tracked)]
        if number := read_phone(q).number:
            return [Order.phone == number]
        if _is_known_email(q):
            return [Order.email_key == email_key(q)]
        words = fold(q).split()
        if q and not words:
            return [false()]
        stand_there = [
            or_(found, Order.reference.like(f"%{word.upper()}%"))
            for word, found in zip(words, found_by(q), strict=True)
        ]
        return [*search_index.looked_up(q), *stand_there] if few else stand_there
