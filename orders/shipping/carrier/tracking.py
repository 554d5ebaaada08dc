"""Tracking numbers from the carrier's file: all rows are checked first, then all of them are noted, or none."""

import enum
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from orders.database import db
from orders.errors import Refused
from orders.ordering.lookup.tracked_orders import read_number
from orders.ordering.notifications import News, notify_all
from orders.references import MistypedReference, read_reference
from orders.shipping.dispatches.lifecycle import (
    get_dispatch,
    get_parcel,
    parcels_by_order,
    parcels_of,
    tracking_numbers,
)
from orders.shipping.models import Dispatch, DispatchEnded, DispatchState, Parcel
from orders.spreadsheets import Row, Table
from orders.staff import journal
from orders.staff.journal import Actor

_ROUNDED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]+", re.IGNORECASE)
_CUSTOMER_REFERENCE = re.compile(r"(.*?[A-Za-z])\s*(?:-\s*([0-9]{1,6})|[\s-]([0-9]{1,3})\s*/\s*[0-9]{1,3})?\s*")
_REFERENCE_NAMES = re.compile(r"r[ée]f[ée]ren|customer ?ref", re.IGNORECASE)
_NUMBER_NAMES = re.compile(r"track|suivi|bar ?code|code-?barres|item ?code|colis|envoi", re.IGNORECASE)


class Fault(enum.Enum):
    """What is wrong with a row."""

    NO_NUMBER = "no_number"
    NOT_A_NUMBER = "not_a_number"
    ROUNDED = "rounded"  # a spreadsheet program kept fifteen digits of it
    NOT_A_REFERENCE = "not_a_reference"
    NOT_IN_DISPATCH = "not_in_dispatch"
    WHICH_PARCEL = "which_parcel"  # the order has several, and the row does not say which
    PARCEL_TWICE = "parcel_twice"
    NUMBER_TWICE = "number_twice"
    NUMBER_ELSEWHERE = "number_elsewhere"  # a parcel of another dispatch has it


@dataclass(frozen=True, slots=True)
class RowFault:
    """A wrong row: its line in the file, the cell that is wrong, and the other line for what stands there twice."""

    line: int
    fault: Fault
    value: str
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns to read, by their position from 0; `None`: none looks like it."""

    reference: int | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file says: the number of each parcel, by its number in the dispatch, and every wrong row."""

    numbers: Mapping[int, str]
    faults: Sequence[RowFault]


def read_customer_reference(typed: str) -> tuple[str, int | None, int | None] | None:
    """Order, number in the dispatch and part as they stand in `KLNBRTVX-12`, `KLNB-RTVX 2/3` or `KLNBRTVX`."""
    if not (found := _CUSTOMER_REFERENCE.fullmatch(typed.strip())):
        return None
    try:
        reference = read_reference(found[1])
    except MistypedReference:
        return None
    return reference, int(found[2]) if found[2] else None, int(found[3]) if found[3] else None


def guess_columns(table: Table) -> Columns:
    """The columns in which most cells are what is looked for; names of columns decide where cells do not."""
    return Columns(
        _best(table, lambda cell: read_customer_reference(cell) is not None, _REFERENCE_NAMES),
        _best(table, lambda cell: read_number(cell) is not None, _NUMBER_NAMES),
    )


def may_be_useful(name: str, cells: Sequence[str]) -> bool:
    """Whether a column may be one of the two, by its name or by any of its cells."""
    named = _REFERENCE_NAMES.search(name) or _NUMBER_NAMES.search(name)
    return bool(named) or any(read_number(cell) or read_customer_reference(cell) for cell in cells)


def _best(table: Table, fits: Callable[[str], bool], names: re.Pattern[str]) -> int | None:
    def score(column: int) -> tuple[int, bool]:
        found = sum(fits(row.cells[column]) for row in table.rows if column < len(row.cells))
        return found, names.search(table.header[column]) is not None

    best = max(range(len(table.header)), key=score, default=None)
    return None if best is None or score(best) == (0, False) else best


def check(dispatch: Dispatch, rows: Sequence[Row], columns: Columns) -> Checked:
    """Check every row against the parcels of a dispatch. Both columns must be known."""
    checking = _Checking(parcels_of(dispatch), _numbers_elsewhere(dispatch))
    for row in rows:
        checking.read(row.line, _cell(row, columns.reference), _cell(row, columns.number))
    return Checked({sequence: number for sequence, (_, number) in checking.found.items()}, checking.faults)


def _cell(row: Row, column: int | None) -> str:
    return row.cells[column].strip() if column is not None and column < len(row.cells) else ""


def _numbers_elsewhere(dispatch: Dispatch) -> frozenset[str]:
    numbers = select(Parcel.tracking_number).where(
        Parcel.dispatch_id != dispatch.id, Parcel.tracking_number.is_not(None)
    )
    return frozenset(number for number in db.session.scalars(numbers) if number)


class _Checking:
    """Goes through the rows and remembers what it has seen: `found` has the line and the number, by sequence."""

    def __init__(self, parcels: Sequence[Parcel], elsewhere: frozenset[str]) -> None:
        self._elsewhere = elsewhere
        self._parcels: dict[str, list[Parcel]] = defaultdict(list)
        for parcel in parcels:
            for order in parcel.orders:
                self._parcels[order.reference].append(parcel)
        self._lines: dict[str, int] = {}
        self.found: dict[int, tuple[int, str]] = {}
        self.faults: list[RowFault] = []

    def read(self, line: int, reference: str, typed: str) -> None:
        number, parcel = self._number(line, typed), self._parcel(line, reference)
        if number is None or parcel is None:
            return
        if parcel.sequence in self.found:
            self.faults.append(RowFault(line, Fault.PARCEL_TWICE, reference, self.found[parcel.sequence][0]))
            return
        self.found[parcel.sequence] = (line, number)

    def _number(self, line: int, typed: str) -> str | None:
        number = read_number(typed)
        if number is None:
            self.faults.append(RowFault(line, _why_no_number(typed), typed))
        elif number in self._lines:
            self.faults.append(RowFault(line, Fault.NUMBER_TWICE, number, self._lines[number]))
        elif number in self._elsewhere:
            self.faults.append(RowFault(line, Fault.NUMBER_ELSEWHERE, number))
        else:
            self._lines[number] = line
            return number
        return None

    def _parcel(self, line: int, typed: str) -> Parcel | None:
        read = read_customer_reference(typed)
        if read is None:
            self.faults.append(RowFault(line, Fault.NOT_A_REFERENCE, typed))
            return None
        reference, sequence, part = read
        fitting = [
            each
            for each in self._parcels.get(reference, ())
            if sequence in (None, each.sequence) and part in (None, each.part)
        ]
        if len(fitting) != 1:
            fault = Fault.WHICH_PARCEL if fitting else Fault.NOT_IN_DISPATCH
            self.faults.append(RowFault(line, fault, typed))
            return None
        return fitting[0]


def _why_no_number(typed: str) -> Fault:
    if not typed:
        return Fault.NO_NUMBER
    return Fault.ROUNDED if _ROUNDED.fullmatch(typed) else Fault.NOT_A_NUMBER


def note(dispatch_id: int, numbers: Mapping[int, str], *, at: datetime, by: Actor) -> int:
    """Note tracking numbers, by the parcels' numbers in the dispatch. Returns how many were new.

    Of a closed dispatch the orderers learn them at once; of an open one with the mail that it is on its way. Refuses
    with `DispatchEnded` when the dispatch was undone.
    """
    dispatch = db.session.get(Dispatch, dispatch_id, with_for_update=True, populate_existing=True)
    if dispatch is None or dispatch.state is DispatchState.UNDONE:
        raise DispatchEnded(get_dispatch(dispatch_id))
    changed = [
        parcel for parcel in parcels_of(dispatch) if numbers.get(parcel.sequence) not in (None, parcel.tracking_number)
    ]
    for parcel in changed:
        parcel.tracking_number = numbers[parcel.sequence]
    if changed:
        journal.record("tracking noted", f"dispatch {dispatch_id}", at=at, by=by, after={"parcels": len(changed)})
    posted = parcels_by_order(parcel for parcel in changed if parcel.posted_at is not None)
    news = [News(order, "order_tracking", {"numbers": tracking_numbers(its)}) for order, its in posted.items()]
    notify_all(news, at=at)
    return len(changed)


class NoTrackingNumber(Refused):
    """What was typed is none of bpost's numbers; another carrier's, perhaps."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class TrackingNumberTaken(Refused):
    """Another parcel has this number."""

    def __init__(self, parcel: Parcel) -> None:
        super().__init__(parcel.id)
        self.parcel = parcel


def note_typed(dispatch_id: int, sequence: int, typed: str, *, at: datetime, by: Actor) -> None:
    """Note the number of one parcel that somebody typed, or remove it where nothing was typed.

    Refuses with `NoTrackingNumber`, `TrackingNumberTaken`, and like `note`.
    """
    number = read_number(typed)
    if typed.strip() and number is None:
        raise NoTrackingNumber(typed.strip())
    parcel = get_parcel(dispatch_id, sequence)
    if number is None:
        parcel.tracking_number = None
        journal.record("tracking noted", f"dispatch {dispatch_id}", at=at, by=by, after={"parcels": 0})
        return
    other = db.session.scalar(select(Parcel).where(Parcel.tracking_number == number, Parcel.id != parcel.id).limit(1))
    if other is not None:
        raise TrackingNumberTaken(other)
    note(dispatch_id, {sequence: number}, at=at, by=by)
