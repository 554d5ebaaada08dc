"""Who a request about personal data is about: all orders of one e-mail address, or one order without one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import get_order
from orders.ordering.review.matching import email_key
from orders.ordering.search_text import fold, found_by
from orders.phone_numbers import read_phone
from orders.privacy.retention import STILL_OPEN
from orders.references import MistypedReference, read_reference

MOST_FOUND = 200
MOST_ALIKE = 20
ALIKE = 85  # of 100: `Dupond` for `Dupont`
LONGEST_NAME = 80  # letters of the search text, which begins with the name and the organisation


@dataclass(frozen=True, slots=True)
class Person:
    """One orderer, as far as can be told, with all orders that are not erased, the latest first."""

    orders: Sequence[Order]

    @property
    def latest(self) -> Order:
        return self.orders[0]

    @property
    def addresses(self) -> list[str]:
        """The e-mail addresses of the person, in small letters."""
        return sorted({order.email.lower() for order in self.orders if order.email})

    @property
    def still_open(self) -> list[Order]:
        """Orders that have not gone and have not ended."""
        return [order for order in self.orders if order.status in (*STILL_OPEN, OrderStatus.RETURNED)]

    @property
    def is_restricted(self) -> bool:
        return any(order.restricted_at is not None for order in self.orders)


def person_of(order: Order) -> Person:
    """Everybody who orders with one e-mail address is one person, however the address was written."""
    if not order.email_key:
        return Person([order])
    orders = select(Order).where(Order.email_key == order.email_key, Order.erased_at.is_(None))
    return Person(db.session.scalars(orders.order_by(Order.placed_at.desc(), Order.id.desc())).all())


def get_person(reference: str) -> Person:
    """The person who placed this order. Raises `UnknownOrder`."""
    return person_of(get_order(reference))


def find(typed: str) -> tuple[list[Person], list[Person]]:
    """Persons found by an e-mail address, a reference, a telephone number, or words; and those who look alike.

    The words are of a name or an address.
    """
    found = _persons(_found(typed))
    known = {person.latest.id for person in found}
    alike = [person for person in _persons(_alike(typed)) if person.latest.id not in known] if "@" not in typed else []
    return found, alike


def _found(typed: str) -> Sequence[Order]:
    try:
        which = [Order.reference == read_reference(typed)]
    except MistypedReference:
        if number := read_phone(typed).number:
            which = [Order.phone == number]
        else:
            which = [Order.email_key == email_key(typed)] if "@" in typed else found_by(typed)
    if not which:
        return []
    orders = select(Order).where(*which, Order.erased_at.is_(None))
    return db.session.scalars(orders.order_by(Order.placed_at.desc(), Order.id.desc()).limit(MOST_FOUND)).all()


def _alike(typed: str) -> Sequence[Order]:
    from rapidfuzz import fuzz, process

    words = fold(typed)
    if len(words) < 4:
        return []
    texts = db.session.execute(select(Order.id, Order.search).where(Order.erased_at.is_(None)))
    names = {order_id: text[:LONGEST_NAME] for order_id, text in texts}
    near = process.extract(words, names, scorer=fuzz.partial_ratio, score_cutoff=ALIKE, limit=MOST_ALIKE)
    ids = [order_id for _, _, order_id in near]
    return db.session.scalars(select(Order).where(Order.id.in_(ids))).all()


def _persons(orders: Sequence[Order]) -> list[Person]:
    each: dict[str, Order] = {}
    for order in orders:
        each.setdefault(order.email_key or str(order.id), order)
    return [person_of(order) for order in each.values()]
