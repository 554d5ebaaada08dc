"""The references of orders that were erased on request, in a file beside the database: names nobody.

A backup from before an erasure holds the person again. After a restore `flask privacy reapply` erases what this file
and the database list, so the file is to be kept apart from the backups.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from orders.database import db
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import get_order
from orders.privacy import erasing, rights
from orders.privacy.models import ErasedOrder
from orders.privacy.persons import Person
from orders.references import MistypedReference, read_reference
from orders.staff import journal
from orders.staff.journal import Actor

FILE = "erased-orders.txt"


def references() -> dict[str, datetime]:
    """What was erased on request, and when, by reference, as the database knows it."""
    return dict(db.session.execute(select(ErasedOrder.reference, ErasedOrder.erased_at)).all())


def read(file: Path) -> dict[str, datetime]:
    """The same from a file; lines that are none are passed over."""
    if not file.exists():
        return {}
    found = {}
    for line in file.read_text().splitlines():
        reference, _, moment = line.partition(" ")
        try:
            found[read_reference(reference)] = datetime.fromisoformat(moment)
        except (MistypedReference, ValueError):
            continue
    return found


def write(file: Path) -> None:
    """Bring the file up to date: what it lists stays, also where the database does not know it any more."""
    listed = {**read(file), **references()}
    if not listed:
        return
    fresh = file.with_suffix(".new")
    fresh.write_text("".join(f"{reference} {listed[reference].isoformat()}\n" for reference in sorted(listed)))
    fresh.replace(file)


def to_erase_again(listed: Iterable[str]) -> list[str]:
    """Of these references those whose orders hold personal data."""
    held = select(Order.reference).where(Order.reference.in_(list(listed)), Order.erased_at.is_(None))
    return list(db.session.scalars(held.order_by(Order.id)))


def erase_again(reference: str, erased_at: datetime, *, at: datetime, by: Actor) -> bool:
    """Erase an order that a restore brought back; one that was open in the backup is cancelled, without a mail.

    Later orders of the same person stay. Returns False for an order that lies in an open dispatch.
    """
    erasing.alone()
    order = get_order(reference)
    if order.status is OrderStatus.DISPATCHING:
        return False
    if order.status in cancellation.CANCELLABLE:
        order.restricted_at = None
        cancellation.cancel(reference, at=at, by=by)
    db.session.flush()
    rights.erase_person(Person([order]), at=at)
    db.session.merge(ErasedOrder(reference=reference, erased_at=erased_at))
    journal.record("erased", f"order {reference}", at=at, by=by)
    return True
