"""The commands of the command line, with their arguments parsed. Raises `LabelsRefused`, `RowsRefused`, `OSError`."""

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeVar

from labels.address_labels import AddressLabel, print_addresses
from labels.cli.address_file import AddressFile, AddressRow, address_lines, copies, publications
from labels.cli.progress import with_progress
from labels.pdf.atomic_file import finished_file
from labels.printer_profiles import PrinterProfile
from labels.refusals import BadAddressFile, EmptyPile, Refusal, Report, Unprintable
from labels.sheets import Box, LabelSheet
from labels.slips.letterhead import LETTERHEAD, WINDOW, Letterhead, check_window
from labels.slips.printing import print_slips
from labels.slips.slip import Slip, SlipLine
from labels.wording import french

Item = TypeVar("Item", AddressLabel, Slip)


@dataclass(frozen=True, slots=True)
class Pile:
    """What labels and slips have in common: which part of which file to print, where to, and how."""

    source: Path
    target: Path
    first: int
    last: int | None
    profile: PrinterProfile
    skip_unprintable: bool


@dataclass(frozen=True, slots=True)
class SlipWords:
    """The parts of a slip that are no columns of an address file. `titles` by publication code."""

    language: str = "fr"
    titles: Mapping[str, str] = field(default_factory=dict)
    to_fold: frozenset[str] = frozenset()
    letters_back_by: date | None = None
    read_online_url: str = ""
    window: Box = WINDOW
    is_reversed: bool = False
    letterhead: Letterhead = LETTERHEAD


class RowsRefused(Exception):
    """Rows that cannot be printed, so that nothing was: `(line of the file, what is wrong)` of each."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__(f"{len(problems)} rows refused")
        self.problems = problems


@dataclass(slots=True)
class Outcome:
    """A report; the rows that were left out, as in `RowsRefused`; the line of the file by number in the pile.

    `notes` says what was done to read the file.
    """

    report: Report
    problems: list[tuple[int, str]]
    lines: "array[int]"
    notes: list[str]

    def line(self, number: int) -> int:
        """The line of the file that item `number` of the pile stands on."""
        return self.lines[number - 1]


def labels_from_file(
    pile: Pile, sheet: LabelSheet, *, start: int, sender: str, has_barcode: bool, has_numbers: bool
) -> Outcome:
    """Print the address labels of a CSV file."""

    def label(number: int, row: AddressRow) -> AddressLabel:
        if row.problem:
            raise ValueError(row.problem)
        sequence = number if has_numbers else None
        reference = _reference(row)
        has_bars = has_barcode and reference != ""
        return AddressLabel(address_lines(row.values), sequence, "", reference, sender, has_bars)

    def print_all(items: Iterator[AddressLabel], out: BinaryIO) -> Report:
        return print_addresses(
            items,
            sheet,
            start=start,
            first=pile.first,
            last=pile.last,
            profile=pile.profile,
            out=out,
            skip_unprintable=pile.skip_unprintable,
        )

    sheet.check_position(start)
    if has_barcode:
        sheet.check_barcode()
    with AddressFile(pile.source) as file:
        return _print_file(pile, file, label, AddressLabel(()), print_all)


def slips_from_file(pile: Pile, words: SlipWords) -> Outcome:
    """Print the packing slips of a CSV file: every column that is not of the address holds copies."""

    def print_all(items: Iterator[Slip], out: BinaryIO) -> Report:
        return print_slips(
            items,
            out=out,
            first=pile.first,
            last=pile.last,
            is_reversed=words.is_reversed,
            window=words.window,
            letterhead=words.letterhead,
            profile=pile.profile,
            skip_unprintable=pile.skip_unprintable,
        )

    check_window(words.window)
    with AddressFile(pile.source) as file:
        columns = publications(file.columns)
        if not columns:
            raise BadAddressFile(pile.source.name, "aucune colonne ne donne d’exemplaires (MAN26…)")

        def slip(number: int, row: AddressRow) -> Slip:
            return _slip(number, row, columns, words)

        return _print_file(pile, file, slip, Slip((), "", None, "", "fr", ()), print_all)


def _slip(number: int, row: AddressRow, columns: list[str], words: SlipWords) -> Slip:
    """The slip of a row. Raises `ValueError` with what is wrong in its cells."""
    if row.problem:
        raise ValueError(row.problem)
    counted = {column: copies(row.values, column) for column in columns}
    inside = {column: count for column, count in counted.items() if count}
    if not inside:
        raise ValueError("aucun exemplaire")
    return Slip(
        address_lines(row.values),
        _reference(row),
        number,
        "",
        row.values.get("language", "").strip() or words.language,
        tuple(SlipLine(code, words.titles.get(code, code), count) for code, count in inside.items()),
        letters_back_by=words.letters_back_by,
        read_online_url=words.read_online_url,
        has_folding_booklet=not words.to_fold.isdisjoint(inside),
    )


def _reference(row: AddressRow) -> str:
    """The reference as it is encoded, from how it may be written: `klnb-rtvx`."""
    return row.values.get("reference", "").strip().upper().replace("-", "")


def _print_file(
    pile: Pile,
    file: AddressFile,
    make: Callable[[int, AddressRow], Item],
    nothing: Item,
    print_all: Callable[[Iterator[Item], BinaryIO], Report],
) -> Outcome:
    """Print the rows of a file. `make` raises `ValueError` for a row that is wrong.

    Such a row keeps its place in the pile, as `nothing`, so that the numbers of the others do not move.
    """
    wrong: dict[int, str] = {}
    lines = array("Q")

    def items() -> Iterator[Item]:
        for number, row in enumerate(with_progress(file.rows(), pile.source.name), 1):
            lines.append(row.line)
            try:
                yield make(number, row)
            except ValueError as error:
                wrong[number] = french(str(error))
                yield nothing

    def problems(refused: list[Refusal]) -> list[tuple[int, str]]:
        return [(lines[each.label - 1], wrong.get(each.label) or str(each)) for each in refused]

    with finished_file(pile.target) as out:
        try:
            report = print_all(items(), out)
        except Unprintable as error:
            raise RowsRefused(problems(error.refusals)) from None
        except EmptyPile:
            raise BadAddressFile(pile.source.name, "aucune adresse à imprimer") from None
    return Outcome(report, problems(report.refused), lines, file.notes)
