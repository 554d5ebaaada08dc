"""The references of orders that were erased on request, and the numbers of accounts, in a file beside the database:
names nobody.

A backup from before an erasure holds the person again. After a restore `flask privacy reapply` erases what this file
and the database list, so the file is to be kept apart from the backups.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from orders.database import db
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import get_order
from orders.privacy import colleagues, data_subject_rights, erasing
from orders.privacy.models import ErasedOrder
from orders.privacy.persons import Person
from orders.references import MistypedReference, read_reference
from orders.staff import journal
from orders.staff.journal import Actor

FILE = "erased-orders.txt"
MEMBER = re.compile(r"staff-(\d{1,9})")


def references() -> dict[str, datetime]:
    """What was erased on request, and when, by reference, as the database knows it."""
    return dict(db.session.execute(select(ErasedOrder.reference, ErasedOrder.erased_at)).all())


def read(file: Path) -> dict[str, datetime]:
    """The same from a file; lines that are none are passed over."""
    found = {}
    for first, at in _lines(file):
        try:
            found[read_reference(first)] = at
        except MistypedReference:
            continue
    return found


def read_members(file: Path) -> dict[int, datetime]:
    """The numbers of erased accounts in a file, and when they were erased."""
    return {int(named[1]): at for first, at in _lines(file) if (named := MEMBER.fullmatch(first))}


def _lines(file: Path) -> Iterator[tuple[str, datetime]]:
    """What each line names, and its moment."""
    for line in file.read_text().splitlines() if file.exists() else ():
        first, _, moment = line.partition(" ")
        with suppress(ValueError):
            yield first, datetime.fromisoformat(moment)


def write(file: Path) -> None:
    """Bring the file up to date: what it lists stays, also where the database does not know it any more."""
    listed = {**read(file), **references()}
    members = {f"staff-{number}": at for number, at in {**read_members(file), **colleagues.erased()}.items()}
    if not listed and not members:
        return
    fresh = file.with_suffix(".new")
    lines = [*sorted(listed.items()), *sorted(members.items())]
    fresh.write_text("".join(f"{first} {at.isoformat()}\n" for first, at in lines))
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
    data_subject_rights.erase_person(Person([order]), at=at)
    db.session.merge(ErasedOrder(reference=reference, erased_at=erased_at))
    journal.record("erased", f"order {reference}", at=at, by=by)
    return True
