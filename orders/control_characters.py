"""Removes control characters from text, such as those that come with pasted text.

`database` calls it for every value of a column of text, `spreadsheets` for every cell. XML, and so XLSX, cannot hold
such characters, and PostgreSQL keeps no NUL.
"""

import re

_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_EITHER = re.compile(f"{_LINE_ENDS.pattern}|{_NO_TEXT.pattern}")


def remove_control_characters(text: str) -> str:
    """The text without control characters; those that end a line in other programs are line feeds.

    >>> remove_control_characters("pile\\x00 de\\x0bgauche")
    'pile de\\ngauche'
    """
    return _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text)) if _EITHER.search(text) else text
