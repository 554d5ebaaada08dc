"""What to print, as it stands in an address or a form: the sheet, the printer, and which numbers of the sequence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import labels
from labels import LabelSheet, PrinterProfile
from orders.errors import Refused
from orders.packing.models import PostKind
from orders.shipping.models import Parcel
from orders.shipping.number_ranges import Ranges, contain, read_ranges
from orders.shipping.printing import printers
from orders.shipping.printing.models import Paper, Printer, Printing

MOST_PARCELS = 999_999
_KINDS = {"letters": PostKind.LETTER, "parcels": PostKind.PARCEL}
ROLL_LENGTHS = (60, 80, 100)  # mm at which the 62 mm roll is offered cut; any other may stand in an address
OFFERED_SHEETS = (*labels.SHEETS.values(), *map(labels.roll, ROLL_LENGTHS))


class UnknownLabelSheet(Refused):
    """No stock of labels has this name; `nearest` is the one that is spelt most like it."""

    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(name, nearest)
        self.name = name
        self.nearest = nearest


class UnknownPaper(Refused):
    """Neither labels nor slips nor any other pile."""


class NoneOfThatKind(Refused):
    """Letters only, or boxes only, were asked for, and there is none among these numbers."""

    def __init__(self, kind: PostKind) -> None:
        super().__init__(kind)
        self.kind = kind


class NoRoomForCode(Refused):
    """The labels of this stock are too small for a bar code."""

    def __init__(self, sheet: str) -> None:
        super().__init__(sheet)
        self.sheet = sheet


class NoSuchNumber(Refused):
    """A position that the sheet does not have, or a number that the dispatch does not have.

    `field` is `start`, `from` or `to`, `typed` what stood there, and 1 to `last` what there is.
    """

    def __init__(self, field: str, typed: object, last: int) -> None:
        super().__init__(field, typed, last)
        self.field = field
        self.typed = str(typed)[:20]
        self.last = last


class LastBeforeFirst(Refused):
    """Numbers from `first` to `last`, which comes before it."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(first, last)
        self.first = first
        self.last = last


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What to print: the sheet, the first free position on it, and numbers of the sequence, both included.

    Of these only those of a `kind`, and only those in `numbers`, where such are given. With `for_returns` a label bears
    the sender and the reference as a bar code, so that an envelope that comes back is scanned unopened.
    `runs` is there when a printing was recorded: these numbers and no others, each with how often it was printed.
    """

    sheet: LabelSheet = labels.DEFAULT
    start: int = 1
    first: int = 1
    last: int | None = None
    numbers: Ranges = ()
    kind: PostKind | None = None
    for_returns: bool = False
    printer: Printer | None = None
    skip_unprintable: bool = False
    runs: Mapping[int, int] | None = None

    @classmethod
    def of(cls, printing: Printing, *, skip_unprintable: bool = False) -> "PrintRequest":
        """What was asked for when this printing was recorded."""
        return cls(
            sheet=labels.get_sheet(printing.sheet) if printing.sheet else labels.DEFAULT,
            start=printing.start or 1,
            first=printing.first,
            last=printing.last,
            for_returns=printing.for_returns,
            printer=printing.printer,
            skip_unprintable=skip_unprintable,
            runs={each.sequence: each.run for each in printing.parcels},
        )

    @property
    def profile(self) -> PrinterProfile:
        return printers.profile_of(self.printer) if self.printer else labels.EXACT

    def run_of(self, parcel: Parcel) -> int:
        """How often this parcel was printed, this time included."""
        return (self.runs or {}).get(parcel.sequence, 1)

    def choose(self, parcels: Sequence[Parcel]) -> list[Parcel]:
        """The parcels that are asked for.

        Refuses with `LastBeforeFirst`, `NoSuchNumber` or `NoneOfThatKind` when there is none of them.
        """
        highest = max((parcel.sequence for parcel in parcels), default=0)
        last = highest if self.last is None else self.last
        if self.last is not None and self.last < self.first:
            raise LastBeforeFirst(self.first, self.last)
        chosen = [each for each in parcels if self.first <= each.sequence <= last and self._is_named(each.sequence)]
        if not chosen:
            raise NoSuchNumber("from", self.numbers[0][0] if self.numbers else self.first, highest)
        if self.kind is None:
            return chosen
        of_kind = [parcel for parcel in chosen if parcel.kind is self.kind]
        if not of_kind:
            raise NoneOfThatKind(self.kind)
        return of_kind

    def _is_named(self, sequence: int) -> bool:
        if self.numbers and not contain(self.numbers, sequence):
            return False
        return self.runs is None or sequence in self.runs


def read_print_request(arguments: Mapping[str, str]) -> PrintRequest:
    """Read `sheet`, `start`, `from`, `to`, `numbers`, `only`, `returns`, `profile` and `skip`; what is empty does not
    matter.

    Refuses with `UnknownLabelSheet`, `NoRoomForCode`, `UnknownPrinter`, `NoSuchNumber` or `UnreadableNumbers`.
    """
    sheet = read_sheet(arguments.get("sheet") or labels.DEFAULT.name)
    for_returns = arguments.get("returns") == "1"
    if for_returns and not has_room_for_code(sheet):
        raise NoRoomForCode(sheet.name)
    profile = arguments.get("profile")
    last = arguments.get("to")
    return PrintRequest(
        sheet=sheet,
        start=_number("start", arguments.get("start") or "1", sheet.count),
        first=_number("from", arguments.get("from") or "1", MOST_PARCELS),
        last=_number("to", last, MOST_PARCELS) if last else None,
        numbers=read_ranges(arguments.get("numbers") or ""),
        kind=_KINDS.get(arguments.get("only", "")),
        for_returns=for_returns,
        printer=printers.get_printer(profile) if profile else None,
        skip_unprintable=arguments.get("skip") == "1",
    )


def has_room_for_code(sheet: LabelSheet) -> bool:
    """Whether its labels are large enough for the bar code of a reference."""
    try:
        sheet.check_barcode()
    except labels.NoRoomForBarcode:
        return False
    return True


def read_paper(arguments: Mapping[str, str]) -> Paper:
    """Read `what` is to be printed. Refuses with `UnknownPaper`."""
    wanted = arguments.get("what", "")
    paper = next((each for each in Paper if each.value == wanted), None)
    if paper is None:
        raise UnknownPaper(wanted)
    return paper


def read_sheet(name: str) -> LabelSheet:
    try:
        return labels.get_sheet(name)
    except labels.UnknownSheet as error:
        raise UnknownLabelSheet(error.name, error.nearest) from None


def _number(field: str, typed: str, last: int) -> int:
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed[:9]) <= last:
        raise NoSuchNumber(field, typed, last)
    return int(typed)
