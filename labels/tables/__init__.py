"""Tables in files as people have them: CSV in any encoding, XLSX, with titles above the heading.

The command line of `labels` and the application both use it (decision 0027).
"""

from labels.tables.cells import harmless, is_spreadsheet_error, plain, read_as_date
from labels.tables.column_names import column_called
from labels.tables.faults import (
    Fault,
    Note,
    OtherSheet,
    PassedOver,
    ReadAs,
    Trouble,
    UnreadableTable,
)
from labels.tables.headings import ReadHeading, folded
from labels.tables.reading import Limits, Row, TableFile, open_table

__all__ = [
    "Fault",
    "Limits",
    "Note",
    "OtherSheet",
    "PassedOver",
    "ReadAs",
    "ReadHeading",
    "Row",
    "TableFile",
    "Trouble",
    "UnreadableTable",
    "column_called",
    "folded",
    "harmless",
    "is_spreadsheet_error",
    "open_table",
    "plain",
    "read_as_date",
]
