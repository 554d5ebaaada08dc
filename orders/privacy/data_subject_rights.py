"""What one person may ask for: that all about them is erased, left alone, or corrected (articles 16 to 18 of the GDPR).

Every rule is about the person who placed the order of a reference, and so about all orders of one e-mail address.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from orders.database import db
from orders.errors import Refused
from orders.mail.models import HELD_BACK, OutgoingMail
from orders.ordering.allocation import reservations
from orders.ordering.lifecycle.placing import set_address
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import lock_orders
from orders.ordering.review.matching import email_key
from orders.privacy import erasing, mentions
from orders.privacy.models import ErasedOrder
from orders.privacy.persons import Person, get_person, person_of
from orders.privacy.tables import TABLES
from orders.privacy.tables.people import MAIL
from orders.reminders import subscriptions
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import ledger


class OrdersStillOpen(Refused):
    """Orders of the person have not gone and have not ended: their data is still needed."""

    def __init__(self, references: Sequence[str]) -> None:
        super().__init__(references)
        self.references = references


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person is really called and where they can be reached."""

    name: str
    organisation: str
    email: str
    phone: str


def erase(reference: str, *, at: datetime, by: Actor) -> Counter[str]:
    """Erase all about the person, also where others wrote of them. Returns the rows changed, by table.

    Refuses with `OrdersStillOpen`. The references are kept, so that a restored backup can be erased again.
    """
    erasing.alone()
    person = _locked(reference)
    if person.still_open:
        raise OrdersStillOpen([order.reference for order in person.still_open])
    rows = erase_person(person, at=at)
    for order in person.orders:
        db.session.add(ErasedOrder(reference=order.reference, erased_at=at))
        journal.record("erased", f"order {order.reference}", at=at, by=by)
    return rows


def erase_person(person: Person, *, at: datetime) -> Counter[str]:
    """Erase the orders of a person, what belongs to their addresses, and texts that name them. Expects them locked."""
    rows: Counter[str] = Counter()
    for mention in mentions.find(person):
        rows[mention.table.name] += mentions.erase(mention)
    if person.addresses:
        rows[MAIL.name] += erasing.erase_mails_to(person.addresses)
        for table in (each for each in TABLES if each.of_addresses):
            rows[table.name] += erasing.erase(table, table.of_addresses, addresses=person.addresses)
    ids = [order.id for order in person.orders]
    return rows + erasing.erase_orders(ids, at=at)


def restrict(reference: str, *, at: datetime, by: Actor) -> Person:
    """Keep the data of the person and do nothing with it: no mail, no post, no file, no search but this one.

    Refuses with `OrdersStillOpen` while an order lies in a dispatch: it is being packed.
    """
    person = _locked(reference)
    if packed := [order.reference for order in person.orders if order.status is OrderStatus.DISPATCHING]:
        raise OrdersStillOpen(packed)
    for order in person.orders:
        if order.restricted_at is None:
            order.restricted_at = at
            journal.record("restricted", f"order {order.reference}", at=at, by=by)
    unsent = update(OutgoingMail).where(
        OutgoingMail.order_id.in_([order.id for order in person.orders]),
        OutgoingMail.sent_at.is_(None),
        OutgoingMail.given_up_at.is_(None),
    )
    db.session.execute(unsent.values(given_up_at=at, last_error=HELD_BACK))
    return person


def lift(reference: str, *, at: datetime, by: Actor) -> Person:
    """The data may be used again: orders that wait take their place in the queue."""
    person = _locked(reference)
    for order in person.orders:
        if order.restricted_at is not None:
            order.restricted_at = None
            journal.record("restriction lifted", f"order {order.reference}", at=at, by=by)
    db.session.flush()
    for order in sorted(person.orders, key=lambda order: order.id):
        reservations.take_from_shelf(order, at=at)
    return person


def correct(reference: str, corrected: Corrected, *, at: datetime, by: Actor) -> Person:
    """Correct the name, the organisation, the e-mail address and the telephone number on all orders of the person.

    Refuses with `OrdersStillOpen` while an order lies in a dispatch, whose paper is printed. Addresses are corrected
    on the order, where the post is asked again.
    """
    person = _locked(reference)
    if packed := [order.reference for order in person.orders if order.status is OrderStatus.DISPATCHING]:
        raise OrdersStillOpen(packed)
    addresses = person.addresses
    for order in person.orders:
        if changed := _correct(order, corrected):
            thing = f"order {order.reference}"
            journal.record("personal data corrected", thing, at=at, by=by, after={"fields": changed})
    subscriptions.correct(addresses, **asdict(corrected))
    return person


def _correct(order: Order, corrected: Corrected) -> list[str]:
    names = ("name", "organisation", "email", "phone")
    changed = [name for name in names if getattr(order, name) != getattr(corrected, name)]
    order.email, order.phone, order.email_key = corrected.email, corrected.phone, email_key(corrected.email)
    set_address(order, replace(order.address, name=corrected.name, organisation=corrected.organisation))
    return changed


def _locked(reference: str) -> Person:
    """The person with all orders, locked by id behind the gate of their editions, and read afresh.

    Unlike `repository.lock_orders` it takes orders that are restricted.
    """
    person = get_person(reference)
    if all(order.erased_at is not None for order in person.orders):
        lock_orders([reference])  # refuses
    ledger.lock_stock(sorted({order.edition_id for order in person.orders}))
    ids = [order.id for order in person.orders]
    locked = select(Order).where(Order.id.in_(ids)).order_by(Order.id).with_for_update(of=Order)
    db.session.scalars(locked.execution_options(populate_existing=True)).all()
    return person_of(person.latest)
