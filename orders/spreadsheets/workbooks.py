"""XLSX as somebody would make it by hand: real dates and amounts, a bold heading that stays in sight, a filter, totals.

The rows are written as they come. Totals are values, so that no cell of a file is a formula.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from labels import tables
from orders.control_characters import remove_control_characters
from orders.spreadsheets.columns import Cell, Column, Kind, local_time

if TYPE_CHECKING:
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

FORMATS = {
    Kind.DAY: "dd/mm/yyyy",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
    Kind.COUNT: "#,##0",
    Kind.MONEY: '#,##0.00\\ "€"',
}
WIDTHS = {Kind.TEXT: 8, Kind.DAY: 12, Kind.MOMENT: 18, Kind.COUNT: 9, Kind.MONEY: 12}
WIDEST = 60
FILTER_ARROW = 3  # its width in letters, beside the heading
SAMPLE = 200  # rows that say how wide a column is
A4 = "9"  # the number of a size of paper in a workbook
LONGEST_NAME = 31  # that a sheet can have
TOTAL = "Total"  # in French and in English, the languages of the office
_IN_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_workbook(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], title: str) -> None:
    """Write a workbook with one sheet of that title. Of the rows, only the first ones are in memory together."""
    from openpyxl import Workbook  # late: 8 MB that only workbooks need

    coming = iter(rows)
    sample = list(islice(coming, SAMPLE))
    book = Workbook(write_only=True)
    created = book.create_sheet(_sheet_name(title))
    sheet = cast("Worksheet", created)  # it has all that is used of one
    _set_up(sheet, columns, sample)
    with closing(created):  # also when the rows fail: the sheet would go on writing when it is collected
        _fill(sheet, columns, chain(sample, coming))
    book.save(path)


def _set_up(sheet: "Worksheet", columns: Sequence[Column], sample: Sequence[Sequence[Cell]]) -> None:
    """What has to be known before the first row: widths, the heading that stays in sight and on each printed page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for place, column in enumerate(columns):
        cells = [row[place] for row in sample if place < len(row)]
        sheet.column_dimensions[get_column_letter(place + 1)].width = _width(column, cells)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, one wide
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _width(column: Column, cells: Iterable[Cell]) -> int:
    """In letters: as wide as the heading with its arrow and the longest of the cells, up to a bound."""
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0) + 1
    return min(max(WIDTHS[column.kind], len(column.shown or column.heading) + FILTER_ARROW, longest), WIDEST)


def _fill(sheet: "Worksheet", columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Write the heading, the rows and the totals. The filter leaves the totals out: sorting must not move them."""
    from openpyxl.utils import get_column_letter

    kinds = [column.kind for column in columns]
    totals = {place: 0 for place, column in enumerate(columns) if column.total}
    sheet.append([_styled(sheet, _value(Kind.TEXT, each.shown or each.heading), bold=True) for each in columns])
    last = 1
    for row in rows:
        last += 1
        sheet.append(
            [_plain(sheet, kind, cell) for kind, cell in zip(chain(kinds, repeat(Kind.TEXT)), row, strict=False)]
        )
        for place in totals:
            cell = row[place]
            totals[place] += cell if isinstance(cell, int) else 0
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    if totals:
        sheet.append([_total(sheet, place, kind, totals) for place, kind in enumerate(kinds)])


def _plain(sheet: "Worksheet", kind: Kind, cell: Cell) -> object:
    value = _value(kind, cell)
    return value if kind is Kind.TEXT or isinstance(value, str) else _styled(sheet, value, FORMATS[kind])


def _total(sheet: "Worksheet", place: int, kind: Kind, totals: Mapping[int, int]) -> object:
    if place in totals:
        return _styled(sheet, _value(kind, totals[place]), FORMATS[kind], bold=True)
    return None if place else _styled(sheet, TOTAL, bold=True)


def _styled(sheet: "Worksheet", value: Any, number_format: str = "General", *, bold: bool = False) -> object:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    if bold:
        cell.font = _bold()
    return cell


@lru_cache(maxsize=1)
def _bold() -> "Font":
    from openpyxl.styles import Font

    return Font(bold=True)


def _value(kind: Kind, cell: Cell) -> Cell | float:
    """The cell as a workbook keeps it; text without control characters, and never a formula."""
    if isinstance(cell, str):
        return remove_control_characters(tables.harmless(cell))
    if isinstance(cell, datetime):
        return local_time(cell)
    return cell / 100 if kind is Kind.MONEY and isinstance(cell, int) else cell


def _sheet_name(title: str) -> str:
    """The title without the signs that no sheet may have in its name, as long as one may be."""
    cleaned = " ".join(remove_control_characters(title).translate(_IN_NO_NAME).split()).strip("'")
    return cleaned[:LONGEST_NAME].rstrip(" '")
