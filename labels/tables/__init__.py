"""Tables in files as people have them: CSV in any encoding, XLSX, with titles above the heading.

The command line of `labels` and the application both use it (decision 0027).
"""

from labels.tables.cells import harmless, is_spreadsheet_error, lost_letters, plain, read_as_date
from labels.tables.column_names import column_called, headings_of, with_full_name
from labels.tables.faults import (
    ENCODING_NAMES,
    Fault,
    Note,
    OtherSheet,
    PassedOver,
    ReadAs,
    Trouble,
    Uncalculated,
    UnreadableTable,
)
from labels.tables.headings import ReadHeading, folded
from labels.tables.reading import Limits, Row, TableFile, open_table

__all__ = [
    "ENCODING_NAMES",
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
    "Uncalculated",
    "UnreadableTable",
    "column_called",
    "folded",
    "headings_of",
    "harmless",
    "is_spreadsheet_error",
    "lost_letters",
    "open_table",
    "plain",
    "read_as_date",
    "with_full_name",
]
