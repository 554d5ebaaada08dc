"""Finding orders: filters that combine, one page at a time."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TypeVar

from sqlalchemy import Select, false, func, or_, select

from orders.addresses.postcodes import PROVINCES, codes_of
from orders.catalogue.audience_lookup import find_audience
from orders.catalogue.models import Publication
from orders.database import db
from orders.days import read_day
from orders.errors import Refused
from orders.ordering.models import Delivery, Order, OrderLine, OrderStatus
from orders.ordering.search_text import fold, found_by
from orders.phone_numbers import read_phone
from orders.references import MistypedReference, read_reference

M = TypeVar("M", bound=Enum)

PER_PAGE = 50
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; what is `None` or empty does not matter. `q` holds words, all of which must be found."""

    status: OrderStatus | None = None
    q: str = ""
    publication: str = ""
    audience: str = ""
    """The code of an audience."""
    delivery: Delivery | None = None
    province: str = ""
    needed_until: date | None = None
    """Orders that have not gone and are needed on or before this day."""
    among: tuple[OrderStatus, ...] = ()
    """Only these states, whatever else is asked; stands in no address."""

    def as_arguments(self) -> dict[str, str]:
        """The filter as it stands in an address; `filter_from` reads it back."""
        values = {
            "status": self.status.value if self.status else "",
            "q": self.q,
            "publication": self.publication,
            "audience": self.audience,
            "delivery": self.delivery.value if self.delivery else "",
            "province": self.province,
            "needed_until": self.needed_until.isoformat() if self.needed_until else "",
        }
        return {name: value for name, value in values.items() if value}


AS_IT_SHOULD_GO = (Order.needed_by.is_(None), Order.needed_by, Order.placed_at, Order.id)
NOT_GONE = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY, OrderStatus.DISPATCHING)
READY_TO_POST = Filter(status=OrderStatus.READY, delivery=Delivery.POST)
READY_FOR_PICKUP = Filter(status=OrderStatus.READY, delivery=Delivery.PICKUP)


def filter_from(arguments: Mapping[str, str]) -> Filter:
    """Read a filter from an address or a form. A value that no order can have finds nothing to filter by."""
    return Filter(
        status=_member(OrderStatus, arguments.get("status", "")),
        q=arguments.get("q", "").strip()[:LONGEST_SEARCH],
        publication=arguments.get("publication", "").strip(),
        audience=_audience(arguments.get("audience", "")),
        delivery=_member(Delivery, arguments.get("delivery", "")),
        province=_province(arguments.get("province", "")),
        needed_until=read_day(arguments.get("needed_until", "")),
    )


class UnknownFilter(Refused):
    """Part of a filter is invalid, so an action on everything that it finds is refused."""

    def __init__(self, field: str, typed: str) -> None:
        super().__init__(field, typed)
        self.field = field
        self.typed = typed[:40]


def filter_to_act_on(arguments: Mapping[str, str]) -> Filter:
    """The same for a form that acts on all that is found: refuses with `UnknownFilter` what `filter_from` ignores."""
    wanted = filter_from(arguments)
    for field in ("status", "audience", "delivery", "province", "needed_until"):
        if (typed := arguments.get(field, "").strip()) and not getattr(wanted, field):
            raise UnknownFilter(field, typed)
    return wanted


def _member(kind: type[M], value: str) -> M | None:
    return next((member for member in kind if member.value == value), None)


def _audience(value: str) -> str:
    return value if find_audience(value) else ""


def _province(value: str) -> str:
    """A province however it is written, or none."""
    return next((name for name in PROVINCES if fold(name) == fold(value.strip())), "")


def find(wanted: Filter, page: int = 1) -> Sequence[Order]:
    """One page of the orders that match; pages count from 1.

    The newest first; but what is ready, or asked for by the day it is needed on, in the order in which it should go.
    """
    return db.session.scalars(
        _matching(wanted)
        .order_by(*(AS_IT_SHOULD_GO if is_urgent_first(wanted) else (Order.placed_at.desc(), Order.id.desc())))
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()


def is_urgent_first(wanted: Filter) -> bool:
    """Whether a list stands in the order in which its orders should go."""
    return wanted.status is OrderStatus.READY or wanted.needed_until is not None


def count(wanted: Filter) -> int:
    """How many orders match."""
    return db.session.scalar(select(func.count()).select_from(_matching(wanted).subquery())) or 0


def count_by_kind(wanted: Filter) -> Counter[tuple[OrderStatus, Delivery]]:
    """How many of the orders that match are in each state and to be delivered in each way; one look at them all."""
    rows = db.session.execute(
        _matching(wanted)
        .with_only_columns(Order.status, Order.delivery, func.count())
        .group_by(Order.status, Order.delivery)
    )
    return Counter({(status, delivery): number for status, delivery, number in rows})


def count_by_status() -> dict[OrderStatus, int]:
    """How many orders there are of each status, 0 included."""
    counts = dict.fromkeys(OrderStatus, 0)
    rows = db.session.execute(select(Order.status, func.count()).group_by(Order.status))
    return {**counts, **dict(rows.all())}


def that_may_be_posted(wanted: Filter) -> Filter | None:
    """What of a filter's orders may enter a dispatch, as a filter; `None` where it asks for others only."""
    if wanted.status not in (None, OrderStatus.READY) or wanted.delivery not in (None, Delivery.POST):
        return None
    return replace(wanted, status=OrderStatus.READY, delivery=Delivery.POST)


def that_are(wanted: Filter, statuses: tuple[OrderStatus, ...]) -> Filter:
    """What of a filter's orders is in one of these states, as a filter."""
    return replace(wanted, among=statuses)


def chosen(references: Collection[str]) -> Sequence[Order]:
    """The orders with these references, the oldest first."""
    return db.session.scalars(
        select(Order).where(Order.reference.in_(references)).order_by(Order.placed_at, Order.id)
    ).all()


def copies_held(wanted: Filter) -> int:
    """Copies that are set aside for the orders that match."""
    found = _matching(wanted).with_only_columns(Order.id)
    return db.session.scalar(select(func.sum(OrderLine.reserved)).where(OrderLine.order_id.in_(found))) or 0


def references(wanted: Filter, limit: int | None = None) -> Sequence[str]:
    """The references of the orders that match: first those needed soonest, then the oldest."""
    return db.session.scalars(
        _matching(wanted).with_only_columns(Order.reference).order_by(*AS_IT_SHOULD_GO).limit(limit)
    ).all()


def _matching(wanted: Filter) -> Select[Order]:
    query = select(Order).where(Order.restricted_at.is_(None))
    if wanted.status is not None:
        query = query.where(Order.status == wanted.status)
    if wanted.among:
        query = query.where(Order.status.in_(wanted.among))
    if wanted.audience:
        query = query.where(Order.audience == wanted.audience)
    if wanted.delivery is not None:
        query = query.where(Order.delivery == wanted.delivery)
    if wanted.province:
        codes = [Order.postcode.between(first, last) for first, last in codes_of(wanted.province)]
        query = query.where(Order.country == "BE", or_(*codes))
    if wanted.needed_until is not None:
        query = query.where(Order.needed_by <= wanted.needed_until, Order.status.in_(NOT_GONE))
    if wanted.publication:
        asked = select(OrderLine.order_id).join(Publication).where(Publication.code == wanted.publication)
        query = query.where(Order.id.in_(asked))
    return _searching(query, wanted.q)


def _searching(query: Select[Order], q: str) -> Select[Order]:
    try:
        return query.where(Order.reference == read_reference(q))
    except MistypedReference:
        if number := read_phone(q).number:
            return query.where(Order.phone == number)
        words = fold(q).split()
        if q and not words:
            return query.where(false())
        for word, found in zip(words, found_by(q), strict=True):
            query = query.where(or_(found, Order.reference.contains(word.upper(), autoescape=True)))
        return query
