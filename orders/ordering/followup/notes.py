"""Notes that staff leaves with an order: what was said on the telephone, another carrier's number."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders import idempotency
from orders.addresses.text_cleaning import is_control
from orders.database import Model, UtcDateTime, db
from orders.errors import Refused
from orders.ordering.models import Order
from orders.ordering.repository import lock_orders
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.models import StaffMember

LONGEST_NOTE = 1_000


class NoteMissing(Refused):
    """A note says nothing, too much (`LONGEST_NOTE`), or has signs that cannot be shown."""


class OrderNote(Model):
    """What somebody wrote about an order. It is erased with the order's personal data."""

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id", ondelete="RESTRICT"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    text: Mapped[str] = mapped_column(Text)

    by: Mapped[StaffMember | None] = relationship()


def notes_of(order: Order) -> Sequence[OrderNote]:
    """The notes about an order, the latest first."""
    return db.session.scalars(
        select(OrderNote).where(OrderNote.order_id == order.id).order_by(OrderNote.id.desc())
    ).all()


def write(reference: str, text: str, *, at: datetime, by: Actor, submission: str | None = None) -> None:
    """Leave a note. The journal says that there is one, not what it says. Refuses with `NoteMissing`."""
    said = text.replace("\r\n", "\n").strip()
    if not said or len(said) > LONGEST_NOTE or any(is_control(each) for each in said if each != "\n"):
        raise NoteMissing
    (order,) = lock_orders([reference])
    if not idempotency.submit(submission, {"note": reference, "text": said}, at=at):
        return
    db.session.add(OrderNote(order_id=order.id, at=at, by_id=by.staff_id, text=said))
    journal.record("note written", f"order {reference}", at=at, by=by)


def remove(reference: str, note_id: int, *, at: datetime, by: Actor) -> None:
    """Take a note away; nothing where it is gone already."""
    (order,) = lock_orders([reference])
    note = db.session.get(OrderNote, note_id)
    if note is not None and note.order_id == order.id:
        db.session.delete(note)
        journal.record("note removed", f"order {reference}", at=at, by=by)
