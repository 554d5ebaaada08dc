"""Formulas of a workbook that nobody has calculated: no spreadsheet program saved the file since they were written."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from labels.tables.faults import Uncalculated

_CHUNK = 256 * 1024
_CELL_END = b"</c>"
_UNCALCULATED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)


def find_uncalculated(parts: ZipFile) -> list[Uncalculated]:
    """The first cell with such a formula, and how many there are; nothing where there is none."""
    cells = [cell for name in parts.namelist() if name.startswith("xl/worksheets/") for cell in _cells(parts, name)]
    return [Uncalculated(cells[0], len(cells))] if cells else []


def _cells(parts: ZipFile, name: str) -> Iterator[str]:
    rest = b""
    with parts.open(name) as part:
        while chunk := part.read(_CHUNK):
            text, _, rest = (rest + chunk).rpartition(_CELL_END)
            for found in _UNCALCULATED.finditer(text + _CELL_END):
                yield found[1].decode("ascii")
