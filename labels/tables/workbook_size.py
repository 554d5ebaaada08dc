"""Checks the unpacked size of a workbook before it is parsed.

A parser builds objects for every element, some 100 bytes and up to 30 microseconds each, whereas elements are counted
in the bytes. A table of 10,000 rows with 50 columns stays below every bound.
"""

import re
from zipfile import ZipFile

from labels.tables.faults import Fault, unreadable

_MOST_PARTS = 2_000
_MOST_BYTES = 80 * 1024 * 1024
_MOST_CHEAP = 1_600_000  # elements of cells and their texts
_MOST_DEAR = 150_000  # all the others: formats, runs of rich text, merged cells
_LONGEST_ROW = 2 * 1024 * 1024  # bytes
_CHUNK = 256 * 1024

_BEFORE = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # byte order marks and space
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]{0,40})", re.IGNORECASE)
_LIKE_ASCII = re.compile(rb"utf-?(8|16)(le|be)?|(us-)?ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
_OPENED = re.compile(rb"<[A-Za-z]")
_CHEAP = re.compile(rb"<(?:\w+:)?(?:c|v|row|si|t|is|f)[\s/>]")
_ROW_END = re.compile(rb"</(?:\w+:)?(?:row|si)>|<(?:\w+:)?(?:row|si)\b[^<>]{0,200}/>")


def check_size(parts: ZipFile, most_columns: int) -> None:
    """Raises `UnreadableTable` for what would take too long or too much memory to read."""
    listed = parts.infolist()
    if len(listed) > _MOST_PARTS or sum(part.file_size for part in listed) > _MOST_BYTES:
        raise unreadable(Fault.TOO_LARGE, most=_MOST_BYTES // 1024**2)
    cheap = dear = 0
    for part in listed:
        more_cheap, more_dear = _count(parts, part.filename, most_columns)
        cheap, dear = cheap + more_cheap, dear + more_dear
        if cheap > _MOST_CHEAP or dear > _MOST_DEAR:
            raise unreadable(Fault.TOO_MANY_CELLS, most=_MOST_CHEAP // 3)


def _count(parts: ZipFile, name: str, most_columns: int) -> tuple[int, int]:
    """The elements of one part, cheap ones and others. Raises for a row that would be built of too many at once.

    A parser takes any part for XML that another part calls so, whatever its name: what looks like XML is counted.
    """
    cheap = dear = in_row = bytes_in_row = 0
    rest = b""
    with parts.open(name) as part:
        while chunk := part.read(_CHUNK):
            if not rest and not cheap + dear and not _is_markup(chunk):
                return 0, 0
            text = rest + chunk.replace(b"\0", b"")  # UTF-16 of what is counted is ASCII with zeros between
            cut = text.rfind(b"<") if len(chunk) == _CHUNK else len(text)
            text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
            opened, some = len(_OPENED.findall(text)), len(_CHEAP.findall(text))
            cheap, dear = cheap + some, dear + opened - some
            ends = [found.end() for found in _ROW_END.finditer(text)]
            in_row, bytes_in_row = in_row + opened, bytes_in_row + len(text)
            if in_row > most_columns * 40 and not ends or bytes_in_row > _LONGEST_ROW and not ends:
                raise unreadable(Fault.TOO_MANY_COLUMNS, most=most_columns)
            if ends:
                in_row, bytes_in_row = len(_OPENED.findall(text, ends[-1])), len(text) - ends[-1]
            if cheap > _MOST_CHEAP or dear > _MOST_DEAR:
                break
    return cheap, dear


def _is_markup(start: bytes) -> bool:
    """Whether a part may be XML. Raises for one in letters whose bytes are not those of ASCII."""
    text = start.replace(b"\0", b"").lstrip(_BEFORE)
    declared = _DECLARED.match(text)
    if declared and not _LIKE_ASCII.fullmatch(declared[1]):
        raise unreadable(Fault.NO_TABLE, word=declared[1].decode("ascii", "replace"))
    return text[:1] in (b"<", b"")
