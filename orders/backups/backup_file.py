"""The file of a backup: lines of JSON, packed with gzip, so that `zcat` shows it and any program can read it.

The first line says what it is; each table begins with a line of its own, has one line for each row and ends with their
number; the last line counts all. What breaks off, or was altered on the way, misses a line or the checksum of gzip.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from orders.backups.column_values import BY_NAME
from orders.backups.refusals import DamagedBackup, NewerBackup, NoBackup

FORMAT = 1
GZIP = b"\x1f\x8b"
GZIP_WINDOW = 31  # what zlib calls a stream of gzip with the largest window
PIECE = 256 * 1024  # bytes that are compressed together


@dataclass(frozen=True, slots=True)
class Header:
    """`settings` are the environment's, without secrets; `keys`, when asked for, the secret key and its forerunners.

    `key_mark` tells whether two places have the same key, without telling the key.
    """

    revision: str
    made_at: str
    database: str
    key_mark: str
    settings: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """One table: the kind of each column, by its name."""

    table: str
    kinds: dict[str, str]


def written(header: Header, tables: Iterable[tuple[Section, Iterable[list[Any]]]]) -> Iterator[bytes]:
    """The whole file, piece by piece."""
    return _packed(_lines(header, tables))


def _lines(header: Header, tables: Iterable[tuple[Section, Iterable[list[Any]]]]) -> Iterator[bytes]:
    fields = {name: getattr(header, name) for name in Header.__slots__}
    yield _line({"pli_backup": FORMAT, **fields})
    in_all = 0
    for section, rows in tables:
        yield _line({"table": section.table, "columns": section.kinds})
        count = 0
        for row in rows:
            yield _line(row)
            count += 1
        yield _line({"rows": count})
        in_all += count
    yield _line({"end": True, "rows": in_all})


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=GZIP_WINDOW)
    waiting = bytearray()
    for line in lines:
        waiting += line
        if len(waiting) >= PIECE:
            yield packer.compress(bytes(waiting))
            waiting.clear()
    yield packer.compress(bytes(waiting)) + packer.flush()


class Archive:
    """A file of a backup, to be read from its beginning as often as wanted."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        if self._peek() != GZIP:
            raise NoBackup
        self.header = self._header()

    def _peek(self) -> bytes:
        self.file.seek(0)
        return self.file.read(len(GZIP))

    def _header(self) -> Header:
        first = next(self._parsed(), None)
        if not isinstance(first, dict) or not isinstance(first.get("pli_backup"), int):
            raise NoBackup
        if first["pli_backup"] > FORMAT:
            raise NewerBackup(f"format {first['pli_backup']}")
        try:
            return Header(**{name: first[name] for name in Header.__slots__})
        except KeyError as missing:
            raise DamagedBackup(f"its first line lacks {missing}") from None

    def check(self) -> None:
        """Read every line and every value. Raises `DamagedBackup` for the first thing that is not as it was written."""
        for _section, rows in self.tables():
            for _row in rows:
                pass

    def tables(self) -> Iterator[tuple[Section, Iterator[list[Any]]]]:
        """Each table with its rows, which must be read to their end before the next."""
        lines = self._parsed()
        next(lines)
        in_all = 0
        for line in lines:
            if not isinstance(line, dict):
                raise DamagedBackup("a row stands outside a table")
            if line.get("end"):
                _finished(line, in_all, lines)
                return
            section = _section(line)
            rows = _Rows(section, lines)
            yield section, iter(rows)
            in_all += rows.count
        raise DamagedBackup("it breaks off")

    def _parsed(self) -> Iterator[Any]:
        self.file.seek(0)
        try:
            with gzip.open(self.file, "rb") as unpacked:
                for line in unpacked:
                    yield json.loads(line)
        except EOFError:
            raise DamagedBackup("it breaks off") from None
        except (zlib.error, gzip.BadGzipFile, ValueError) as error:
            raise DamagedBackup(str(error)) from None


def _section(line: dict[str, Any]) -> Section:
    table, columns = line.get("table"), line.get("columns")
    if not isinstance(table, str) or not isinstance(columns, dict) or not columns:
        raise DamagedBackup("a table begins without its name or its columns")
    if unknown := set(columns.values()) - BY_NAME.keys():
        raise DamagedBackup(f"table {table} has columns of kind {min(map(str, unknown))}")
    return Section(table, columns)


def _finished(line: dict[str, Any], in_all: int, lines: Iterator[Any]) -> None:
    if line.get("rows") != in_all:
        raise DamagedBackup(f"{in_all} rows are there, {line.get('rows')} were written")
    for _more in lines:
        raise DamagedBackup("it goes on after its end")


class _Rows:
    """The rows of one table, with every value as the database takes it."""

    def __init__(self, section: Section, lines: Iterator[Any]) -> None:
        self.section, self.lines, self.count = section, lines, 0
        self.readers = [BY_NAME[kind].read for kind in section.kinds.values()]

    def __iter__(self) -> Iterator[list[Any]]:
        for line in self.lines:
            if isinstance(line, dict):
                if line.get("rows") != self.count:
                    raise DamagedBackup(f"table {self.section.table} lacks rows")
                return
            self.count += 1
            yield self._read(line)
        raise DamagedBackup("it breaks off")

    def _read(self, line: Any) -> list[Any]:
        try:
            return [None if value is None else read(value) for read, value in zip(self.readers, line, strict=True)]
        except (ValueError, TypeError, ArithmeticError) as error:
            raise DamagedBackup(f"row {self.count} of table {self.section.table}: {error}") from None
