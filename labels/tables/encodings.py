"""Detects the encoding of a CSV file, and refuses the file where a wrong guess would change letters."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from labels.tables import mojibake
from labels.tables.faults import Fault, unreadable

LONGEST_LINE = 1_000_000  # bytes, or letters
MOST_LINES = 1_200_000  # a sheet has 1,048,576 rows
_HEAD_STARTS = {
    **{"cp1252": 0.3, "mac_roman": 0.15, "cp850": 0.1},
    **dict.fromkeys(("cp437", "iso8859_15", "cp1250", "cp1254"), 0),
}
"""The encodings with one byte a letter, and by how much each is likelier than the last before any letter is seen."""
_CLEAR = 0.25  # by how much the best reading must be better than any other
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_USUAL = re.compile(f"[{mojibake.USUAL}]")
_SAMPLE = 200_000  # bytes of lines with letters beyond ASCII


def find_encoding(path: Path) -> str:
    """The name of the encoding. Raises `UnreadableTable` when letters of the file cannot be right in any."""
    with path.open("rb") as file:
        start = file.read(4096)
    if marked := next((name for mark, name in _MARKS.items() if start.startswith(mark)), None):
        return _checked(path, marked)
    if b"\0" in start:
        return _checked(path, _two_bytes(start))
    seen = _Seen()
    for number, line in lines_of(path):
        seen.look_at(number, line)
    if not seen.broken_line:
        return "utf-8"
    if seen.whole >= seen.broken:
        raise unreadable(Fault.ENCODING, seen.broken_line, _word(seen.broken_text))
    return _single_byte(seen)


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file as bytes. Raises `UnreadableTable` for one that no table has."""
    with path.open("rb") as file:
        number = 1
        while line := file.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise unreadable(Fault.TOO_MANY_COLUMNS, number)
            if number > MOST_LINES:
                raise unreadable(Fault.TOO_MANY_ROWS, number, most=MOST_LINES)
            yield number, line
            number += 1


@dataclass(slots=True)
class _Seen:
    """What the bytes of a file's lines say: how many letters are whole in UTF-8, how many bytes are broken in it."""

    whole: int = 0
    broken: int = 0
    broken_line: int = 0
    broken_text: str = ""
    sample: list[tuple[int, bytes]] = field(default_factory=list)
    size: int = 0

    def look_at(self, number: int, line: bytes) -> None:
        if line.isascii():
            return
        text = line.decode("utf-8", "replace")
        broken = text.count("\ufffd") - line.count(b"\xef\xbf\xbd")
        self.whole += len(_USUAL.findall(text))
        self.broken += broken
        if broken and not self.broken_line:
            self.broken_line, self.broken_text = number, text
        if broken and self.size < _SAMPLE:
            self.sample.append((number, line))
            self.size += len(line)


def _word(text: str) -> str:
    return mojibake.never_right(text) or text.strip()[:40]


def _two_bytes(start: bytes) -> str:
    """UTF-16 without a mark: every other byte of Latin letters is 0 in it. Nothing else with such bytes is a text."""
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if start[0::2].count(0) > len(start) // 4:
        return "utf-16-be"
    raise unreadable(Fault.NO_TABLE)


def _checked(path: Path, encoding: str) -> str:
    """An encoding that the file names itself, if all of it can be read so."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(65536)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = str(chunk[: error.start], encoding, "ignore")
                after = str(chunk[error.end : error.end + 40], encoding, "replace")
                word = _word(before.rpartition("\n")[2] + "\ufffd" + after)
                raise unreadable(Fault.ENCODING, line + before.count("\n"), word) from None
            line += text.count("\n")
            if not chunk:
                return encoding


def _single_byte(seen: _Seen) -> str:
    """The one encoding in which what is beyond ASCII reads best; refused where no reading is good."""
    from charset_normalizer import from_bytes  # late: 3 MB, and most files are UTF-8

    sample = b"".join(line for _, line in seen.sample)
    guesses = from_bytes(sample, cp_isolation=list(_HEAD_STARTS), threshold=1)
    likely = dict.fromkeys([*(match.encoding for match in guesses), *_HEAD_STARTS])
    readings: dict[str, str] = {}
    for name in sorted(likely, key=lambda name: -_HEAD_STARTS[name]):
        try:
            readings.setdefault(sample.decode(name), name)
        except UnicodeDecodeError:
            continue
    costs = {text: mojibake.cost(text) - _HEAD_STARTS[name] for text, name in readings.items()}
    best, *others = sorted(costs, key=lambda text: costs[text])
    for number, line in seen.sample:
        if word := mojibake.never_right(line.decode(readings[best])):
            raise unreadable(Fault.ENCODING, number, word, mojibake.guess(word))
    if others and costs[others[0]] - costs[best] < _CLEAR:
        raise unreadable(Fault.ENCODING, seen.broken_line, _word(seen.broken_text))
    return readings[best]
