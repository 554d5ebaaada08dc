"""Tables in files, as spreadsheet programs write and read them: CSV or XLSX, chosen by the file's ending.

CSV is written with semicolons, which is what Excel opens in Belgium.
"""

from labels.tables import (
    ENCODING_NAMES,
    Fault,
    Limits,
    Note,
    OtherSheet,
    PassedOver,
    ReadAs,
    Row,
    Trouble,
    column_called,
    folded,
    is_spreadsheet_error,
    lost_letters,
    read_as_date,
    with_full_name,
)
from orders.spreadsheets.columns import Cell, Column, Kind
from orders.spreadsheets.reading import Table, UnreadableFile, clean_rows, open_table, read
from orders.spreadsheets.writing import DELIMITER, harmless, write

__all__ = [
    "DELIMITER",
    "ENCODING_NAMES",
    "Cell",
    "Column",
    "Fault",
    "Kind",
    "Limits",
    "Note",
    "OtherSheet",
    "PassedOver",
    "ReadAs",
    "Row",
    "Table",
    "Trouble",
    "UnreadableFile",
    "clean_rows",
    "column_called",
    "folded",
    "harmless",
    "is_spreadsheet_error",
    "lost_letters",
    "open_table",
    "read",
    "read_as_date",
    "with_full_name",
    "write",
]
