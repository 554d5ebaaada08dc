"""Files of tables for these tests, and what is read of them."""

from pathlib import Path

from labels.tables import Limits, Row, TableFile, Trouble, UnreadableTable, open_table
from labels.tables.headings import folded

KNOWN = {folded(name): name for name in ("name", "street", "number", "town", "needed_by")}


def read_heading(heading: str) -> str:
    return KNOWN.get(folded(heading), "")


def opened(path: Path, limits: Limits | None = None) -> TableFile:
    return open_table(path, read_heading, limits)


def rows_of(path: Path, limits: Limits | None = None) -> list[Row]:
    with opened(path, limits) as table:
        return list(table.rows())


def cells_of(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in rows_of(path)]


def refused(path: Path, limits: Limits | None = None) -> Trouble:
    """Why a file is not read."""
    try:
        found = rows_of(path, limits)
    except UnreadableTable as error:
        return error.trouble
    raise AssertionError(f"read as {found}")


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path
