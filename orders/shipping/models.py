"""A dispatch is a set of orders prepared together; a parcel is one envelope or box of it."""

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from orders.database import Model, UtcDateTime, choice
from orders.errors import NotFound, Refused
from orders.ordering.models import Order, OrderLine
from orders.packing.models import Packaging, PostKind, TooLargeToPost
from orders.staff.models import StaffMember


class UnknownDispatch(NotFound):
    pass


class NothingChosen(Refused):
    """No order was chosen for the dispatch."""


class NotReady(Refused):
    """These orders cannot enter a dispatch: nothing of them may go now, or they are to be picked up."""

    def __init__(self, references: Sequence[str]) -> None:
        super().__init__(references)
        self.references = references


class TooLargeInOrders(Refused):
    """Orders of which one copy alone is more than the post takes: (reference, why) of each."""

    def __init__(self, orders: Sequence[tuple[str, TooLargeToPost]]) -> None:
        super().__init__(orders)
        self.orders = orders


class MeanwhileChanged(Refused):
    """A filter matches another number of orders than the one that was confirmed."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found


class NothingPacked(Refused):
    """The dispatch cannot be closed: nothing of it was packed."""


class NobodyPacked(Refused):
    """These parcels, by their numbers, would be posted although nobody packed them."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class MarkedOtherwise(Refused):
    """A parcel is no longer packed as it was when it was marked: somebody else changed it, or took it away."""

    def __init__(self, sequence: int) -> None:
        super().__init__(sequence)
        self.sequence = sequence


class DispatchEnded(Refused):
    """The dispatch was closed or undone before."""

    def __init__(self, dispatch: "Dispatch") -> None:
        super().__init__(dispatch.id)
        self.dispatch = dispatch


class ContentsChanged(Refused):
    """Somebody else changed what lies in which parcel after the page was shown."""


class NotThatMany(Refused):
    """The parcel does not hold so many copies of that publication."""

    def __init__(self, copies: object, held: int) -> None:
        super().__init__(copies, held)
        self.held = held


class OtherAddress(Refused):
    """Copies of an order can lie only in a parcel that goes to its address."""


class NothingToShare(Refused):
    """No other order of the dispatch goes to this address."""


class SharedParcel(Refused):
    """An order lies in these parcels, by their numbers, with others of its address, so it cannot go elsewhere alone."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class DispatchState(enum.Enum):
    OPEN = "open"
    CLOSED = "closed"
    UNDONE = "undone"


class Dispatch(Model):
    """Open until it is closed (its copies are sent) or undone (its orders are ready again).

    `version` counts the changes by hand of what lies in which parcel; `last_sequence` is the highest number ever
    given in it, so that a number on paper never comes to mean another parcel. `has_labels` is false for window
    envelopes, in which the slip shows the address. The last three are what the counter said when it was posted.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    last_sequence: Mapped[int] = mapped_column(default=0)
    has_labels: Mapped[bool] = mapped_column(default=True)
    posted_letters: Mapped[int | None]
    posted_parcels: Mapped[int | None]
    posted_cents: Mapped[int | None]

    if TYPE_CHECKING:  # column properties, set below where parcels are known
        parcel_count: int
        packed_count: int
    made_by: Mapped[StaffMember | None] = relationship()
    parcels: Mapped[list["Parcel"]] = relationship(back_populates="dispatch", order_by="Parcel.sequence")

    __table_args__ = (
        Index("ix_dispatch_closed_at", "closed_at"),
        CheckConstraint("closed_at IS NULL OR undone_at IS NULL", name="ends_once"),
        CheckConstraint("posted_letters >= 0 AND posted_parcels >= 0 AND posted_cents >= 0", name="posted"),
    )

    @property
    def state(self) -> DispatchState:
        if self.closed_at is not None:
            return DispatchState.CLOSED
        return DispatchState.UNDONE if self.undone_at is not None else DispatchState.OPEN


class Parcel(Model):
    """One envelope or box: `sequence` is its number in the dispatch, `part` of `parts` its place in its order.

    Weight and thickness are what it was packed to be, with copies, slips and packaging (see `PackedParcel`).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id", ondelete="RESTRICT"))
    sequence: Mapped[int]
    part: Mapped[int] = mapped_column(default=1)
    parts: Mapped[int] = mapped_column(default=1)
    kind: Mapped[PostKind] = mapped_column(choice(PostKind))
    packaging_code: Mapped[str] = mapped_column(ForeignKey("packaging.code", ondelete="RESTRICT"))
    weight_mg: Mapped[int]
    thickness_um: Mapped[int]
    tracking_number: Mapped[str | None] = mapped_column(String(24))
    packed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    dispatch: Mapped[Dispatch] = relationship(back_populates="parcels")
    packaging: Mapped[Packaging] = relationship()
    contents: Mapped[list["ParcelContent"]] = relationship(
        back_populates="parcel", order_by="ParcelContent.id", lazy="selectin"
    )

    __table_args__ = (
        UniqueConstraint("dispatch_id", "sequence", name="uq_parcel_dispatch_id_sequence"),
        Index("ix_parcel_tracking_number", "tracking_number"),
        CheckConstraint("sequence >= 1", name="sequence_from_one"),
        CheckConstraint("part >= 1 AND part <= parts", name="part_of_parts"),
        CheckConstraint("kind IN ('letter', 'parcel')", name="kind"),
        CheckConstraint("weight_mg > 0 AND thickness_um > 0", name="sizes"),
    )

    @property
    def orders(self) -> list[Order]:
        """The orders that have something in this parcel, each once."""
        return list(dict.fromkeys(content.line.order for content in self.contents))


Dispatch.parcel_count = column_property(  # type: ignore[assignment]
    select(func.count(Parcel.id)).where(Parcel.dispatch_id == Dispatch.id).correlate_except(Parcel).scalar_subquery()
)
Dispatch.packed_count = column_property(  # type: ignore[assignment]
    select(func.count(Parcel.packed_at))
    .where(Parcel.dispatch_id == Dispatch.id)
    .correlate_except(Parcel)
    .scalar_subquery()
)


class ParcelContent(Model):
    """Copies of one order's line in a parcel."""

    id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id", ondelete="RESTRICT"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id", ondelete="RESTRICT"), index=True)
    copies: Mapped[int]

    parcel: Mapped[Parcel] = relationship(back_populates="contents")
    line: Mapped[OrderLine] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        UniqueConstraint("parcel_id", "order_line_id", name="uq_parcel_content_parcel_id_order_line_id"),
        CheckConstraint("copies > 0", name="copies_positive"),
    )
