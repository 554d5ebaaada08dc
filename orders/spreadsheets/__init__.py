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
    Uncalculated,
    column_called,
    folded,
    headings_of,
    is_spreadsheet_error,
    lost_letters,
    read_as_date,
    with_full_name,
)
from orders.spreadsheets.columns import Cell, Column, Kind
from orders.spreadsheets.field_columns import (
    Choice,
    ColumnsNotRead,
    OfferedColumn,
    by_headings,
    header_of,
    offered_columns,
    refuse_twice,
)
from orders.spreadsheets.reading import Table, UnreadableFile, clean_rows, open_table, read
from orders.spreadsheets.row_problem import RowProblem
from orders.spreadsheets.writing import DELIMITER, harmless, write

__all__ = [
    "DELIMITER",
    "ENCODING_NAMES",
    "Cell",
    "Choice",
    "Column",
    "ColumnsNotRead",
    "Fault",
    "Kind",
    "Limits",
    "Note",
    "OfferedColumn",
    "OtherSheet",
    "PassedOver",
    "ReadAs",
    "Row",
    "RowProblem",
    "Table",
    "Trouble",
    "Uncalculated",
    "UnreadableFile",
    "by_headings",
    "clean_rows",
    "column_called",
    "folded",
    "headings_of",
    "harmless",
    "header_of",
    "is_spreadsheet_error",
    "lost_letters",
    "offered_columns",
    "open_table",
    "read",
    "read_as_date",
    "refuse_twice",
    "with_full_name",
    "write",
]
