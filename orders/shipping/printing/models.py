"""What was printed, on which printer, and what came of it."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.database import Model, UtcDateTime, choice
from orders.errors import NotFound, Refused
from orders.packing.models import PostKind
from orders.shipping.models import Dispatch
from orders.staff.models import StaffMember


class UnknownPrinting(NotFound):
    pass


class PrintingAnswered(Refused):
    """A different result of the printing was noted before."""

    def __init__(self, printing: "Printing") -> None:
        super().__init__(printing.id)
        self.printing = printing


class NotInPrinting(Refused):
    """A number that is not among the `first` to `last` ones of the printing."""

    def __init__(self, typed: object, first: int, last: int) -> None:
        super().__init__(typed, first, last)
        self.typed = str(typed)[:20]
        self.first = first
        self.last = last


class Paper(enum.Enum):
    """The piles of a dispatch."""

    LABELS = "labels"
    SLIPS = "slips"
    PULL_LIST = "pull-list"
    POSTING = "posting"


class PrintingState(enum.Enum):
    GENERATED = "generated"  # its result is not known yet
    ALL_OUT = "all_out"
    JAMMED = "jammed"


class Printer(Model):
    """A real printer, and how far off it prints: shifts in µm, right and down, scales in millionths of the size.

    `edge_um` is the border that it cannot reach, where it is not the usual one. `sheet` is the stock it took last.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    sheet: Mapped[str] = mapped_column(String(20))
    x_um: Mapped[int] = mapped_column(default=0)
    y_um: Mapped[int] = mapped_column(default=0)
    scale_x_millionths: Mapped[int] = mapped_column(default=1_000_000)
    scale_y_millionths: Mapped[int] = mapped_column(default=1_000_000)
    edge_um: Mapped[int | None]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("abs(x_um) <= 20000 AND abs(y_um) <= 20000", name="shifts"),
        CheckConstraint(
            "scale_x_millionths BETWEEN 970000 AND 1030000 AND scale_y_millionths BETWEEN 970000 AND 1030000",
            name="scales",
        ),
        CheckConstraint("edge_um BETWEEN 0 AND 20000", name="edge"),
    )


class StartedSheet(Model):
    """Where the last sheet of a stock ended on a printer: `next_position` is its first free label, from 1."""

    printer_id: Mapped[int] = mapped_column(
        ForeignKey("printer.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    sheet: Mapped[str] = mapped_column(String(20), primary_key=True)
    next_position: Mapped[int]

    __table_args__ = (CheckConstraint("next_position >= 1", name="next_position_from_one"),)


class Printing(Model):
    """A pile that was handed to a printer: the numbers `first` to `last` of a dispatch.

    Of these only those of a `kind`, where there is one. Labels also have their sheet, the position `start` on it, and
    whether they bear what is read `for_returns`. `jammed_at` is the first number that did not come out well;
    `continues_id` the printing that this one takes up from there.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id", ondelete="RESTRICT"))
    paper: Mapped[Paper] = mapped_column(choice(Paper))
    first: Mapped[int]
    last: Mapped[int]
    kind: Mapped[PostKind | None] = mapped_column(choice(PostKind))
    for_returns: Mapped[bool] = mapped_column(default=False)
    sheet: Mapped[str | None] = mapped_column(String(20))
    start: Mapped[int | None]
    printer_id: Mapped[int | None] = mapped_column(ForeignKey("printer.id", ondelete="RESTRICT"))
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    state: Mapped[PrintingState] = mapped_column(choice(PrintingState))
    jammed_at: Mapped[int | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("printing.id", ondelete="RESTRICT"))

    dispatch: Mapped[Dispatch] = relationship()
    printer: Mapped[Printer | None] = relationship()
    by: Mapped[StaffMember | None] = relationship()
    parcels: Mapped[list["PrintedParcel"]] = relationship(order_by="PrintedParcel.sequence")

    __table_args__ = (
        CheckConstraint("first >= 1 AND first <= last", name="first_to_last"),
        CheckConstraint("paper <> 'labels' OR (sheet IS NOT NULL AND start >= 1)", name="labels_on_a_sheet"),
        CheckConstraint("(state = 'jammed') = (jammed_at IS NOT NULL)", name="jammed_somewhere"),
        Index("ix_printing_dispatch_id_id", "dispatch_id", "id"),
    )


class PrintedParcel(Model):
    """An order in a parcel as a printing shows it: `digest` is of its address and copies, `run` counts from 1.

    Named by its number in the dispatch: the parcel itself may be taken apart before it is posted.
    """

    printing_id: Mapped[int] = mapped_column(
        ForeignKey("printing.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(
        ForeignKey("order.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False, index=True
    )
    run: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("run >= 1", name="run_from_one"),)
