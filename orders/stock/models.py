"""Movements, the balances they add up to, and the notes that may be erased."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.catalogue.models import Publication
from orders.database import Model, UtcDateTime, choice
from orders.errors import NotFound, Refused
from orders.staff.models import StaffMember

MOST_COPIES = 1_000_000  # in one movement: more is a typing error, not a pallet


@dataclass(frozen=True, slots=True)
class Shortage:
    """A place has fewer copies of a publication than were to be taken from it."""

    code: str
    copies: int
    available: int


class OutOfStock(Refused):
    def __init__(self, shortages: list[Shortage]) -> None:
        super().__init__(shortages)
        self.shortages = shortages


class ImpossibleCopies(Refused):
    """A number of copies below 1 or above `MOST_COPIES`."""

    def __init__(self, copies: int) -> None:
        super().__init__(copies)
        self.copies = copies


class ReasonMissing(Refused):
    """A correction must say why."""


class WrongWay(Refused):
    """Copies that are `reason` would come to the shelf, or found ones leave it."""

    def __init__(self, reason: "Reason") -> None:
        super().__init__(reason)
        self.reason = reason


class PublicationArchived(Refused):
    """The publication is archived: no more deliveries, print runs or counts."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Place(enum.Enum):
    PRINTER = "PRINTER"
    SHELF = "SHELF"
    RESERVED = "RESERVED"
    SENT = "SENT"
    LOST = "LOST"


PLACES = tuple(place.value for place in Place)


class Reason(enum.Enum):
    """Why copies moved. `CORRECTION_REASONS` are what a correction may give."""

    OPENING = "opening"
    DELIVERY = "delivery"
    NEVER_CAME = "never-came"
    ORDERED = "ordered"
    RELEASED = "released"
    POSTED = "posted"
    NEVER_LEFT = "never-left"
    COUNTED = "counted"
    SHARED = "shared"
    SET_BACK = "set-back"
    NEVER_ARRIVED = "never-arrived"
    SAMPLE = "sample"
    RECYCLED = "recycled"
    DAMAGED = "damaged"
    EVENT = "event"
    GIFT = "gift"
    FOUND = "found"
    RETURNED = "returned"
    OTHER = "other"


CORRECTION_REASONS = (Reason.DAMAGED, Reason.EVENT, Reason.GIFT, Reason.FOUND, Reason.RETURNED, Reason.OTHER)
WAYS = {Reason.DAMAGED: -1, Reason.EVENT: -1, Reason.GIFT: -1, Reason.FOUND: 1, Reason.RETURNED: 1}
"""Whether copies that are corrected for a reason leave the shelf (−1) or come to it."""


def refuse_impossible_correction(change: int, reason: Reason, note: str) -> None:
    """Refuse with `ReasonMissing`, `ImpossibleCopies` or `WrongWay` what nobody can have meant."""
    if reason not in CORRECTION_REASONS or (reason is Reason.OTHER and not note):
        raise ReasonMissing
    if not 0 < abs(change) <= MOST_COPIES:
        raise ImpossibleCopies(change)
    if change * WAYS.get(reason, change) < 0:
        raise WrongWay(reason)


class Movement(Model):
    """Copies of a publication went from one place to another. Append-only, by triggers in the database."""

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="RESTRICT"))
    copies: Mapped[int]
    origin: Mapped[Place] = mapped_column(choice(Place))
    destination: Mapped[Place] = mapped_column(choice(Place))
    reason: Mapped[Reason] = mapped_column(choice(Reason))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id", ondelete="RESTRICT"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    print_run_id: Mapped[int | None] = mapped_column(ForeignKey("print_run.id", ondelete="RESTRICT"), index=True)
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)

    publication: Mapped[Publication] = relationship()
    by: Mapped[StaffMember | None] = relationship()
    print_run: Mapped["PrintRun | None"] = relationship()

    __table_args__ = (
        CheckConstraint("copies > 0", name="copies_positive"),
        CheckConstraint("origin <> destination", name="goes_somewhere"),
        CheckConstraint(f"origin IN {PLACES} AND destination IN {PLACES}", name="known_places"),
        Index("ix_movement_publication_id_id", "publication_id", "id"),
    )


class MovementNote(Model):
    """What somebody wrote beside a movement: free text may name people, so it can be erased."""

    movement_id: Mapped[int] = mapped_column(
        ForeignKey("movement.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    text: Mapped[str] = mapped_column(Text)


class Balance(Model):
    """Copies of a publication at a place: always the sum of its movements. Only the printer may owe."""

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    place: Mapped[Place] = mapped_column(choice(Place), primary_key=True)
    copies: Mapped[int] = mapped_column(default=0)

    __table_args__ = (CheckConstraint("copies >= 0 OR place = 'PRINTER'", name="only_the_printer_owes"),)


class UnknownPrintRun(NotFound):
    """No such print run of that publication."""


class RunCancelled(Refused):
    """The print run was cancelled: no more copies are expected of it."""

    def __init__(self, run: "PrintRun") -> None:
        super().__init__(run.id)
        self.run = run


class ImpossibleDay(Refused):
    """Copies cannot be expected on a day that is over, nor more than two years ahead."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class MoreThanOrdered(Refused):
    """More copies than the print run still lacks: somebody has to confirm that."""

    def __init__(self, copies: int, still: int) -> None:
        super().__init__(copies, still)
        self.copies = copies
        self.still = still


class PrintRun(Model):
    """Copies ordered from the printer and expected on a day; what came of it are the movements that name it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="RESTRICT"), index=True)
    copies: Mapped[int]
    expected_on: Mapped[date]
    cost_cents: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)

    publication: Mapped[Publication] = relationship()

    __table_args__ = (
        CheckConstraint("copies > 0", name="copies_positive"),
        CheckConstraint("cost_cents >= 0", name="cost_not_negative"),
    )
