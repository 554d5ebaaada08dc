"""What would take too long or too much memory is refused before the work; no bytes are ever an error of ours."""

import io
import re
import time
import tracemalloc
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from labels.tables import Fault, Limits, UnreadableTable
from tests.labels.tables.table_files import csv_file, refused, rows_of

SMALL = Limits(rows=10, columns=20, cells=60, size=1024 * 1024)


@cache
def small_workbook() -> dict[str, bytes]:
    """The parts of a small workbook."""
    book = Workbook()
    book.create_sheet("liste", 0).append(["name", "street", "town"])
    book.worksheets[0].append(["Zoé", "Rue Haute", "Ciney"])
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as parts:
        return {part: parts.read(part) for part in parts.namelist()}


def workbook(path: Path, **parts: bytes) -> Path:
    """The same with other contents in some parts: `sheet1`, `styles`, `sharedStrings`."""
    with zipfile.ZipFile(path, "w") as file:
        for part, content in small_workbook().items():
            dated = zipfile.ZipInfo(part)
            dated.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(dated, parts.get(Path(part).stem, content))
    return path


def sheet_of(rows: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>town</t></is></c>'
        b"</row>" + rows + b"</sheetData></worksheet>"
    )


def cells(count: int) -> bytes:
    return b"".join(b'<c r="B2" t="n"><v>%d</v></c>' % number for number in range(count))


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (b'<row r="2">' + cells(200_000) + b"</row>", Fault.TOO_MANY_COLUMNS),
        (b"".join(b'<row r="%d">' % n + cells(200) + b"</row>" for n in range(2, 4_100)), Fault.TOO_MANY_CELLS),
        (b"<mergeCell/>" * 200_000, Fault.TOO_MANY_COLUMNS),
        (b'<row r="2"/>' + b"<row><x/></row>" * 200_000, Fault.TOO_MANY_CELLS),
        (b'<row r="2"><c t="inlineStr"><is><t>' + b"x" * 3_000_000 + b"</t></is></c></row>", Fault.TOO_MANY_COLUMNS),
    ],
)
def test_a_sheet_that_is_larger_than_any_table_is_refused_at_once(tmp_path: Path, rows: bytes, fault: Fault) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet1=sheet_of(rows))
    started = time.process_time()
    assert refused(path).fault is fault
    assert time.process_time() - started < 3


def disguised(path: Path, sheet: bytes, *, called: bytes = b"sheet1.xml") -> Path:
    """A workbook whose sheet has another name, as the other parts of the workbook say."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for part, content in small_workbook().items():
            content = sheet if part.endswith("sheet1.xml") else content
            file.writestr(
                part.replace("sheet1.xml", called.decode()), content.replace(b"sheets/sheet1.xml", b"sheets/" + called)
            )
    return path


LONG_ROW = sheet_of(b'<row r="2">' + cells(200_000) + b"</row>").decode()
DECLARED = '<?xml version="1.0" encoding="%s"?>'


@pytest.mark.parametrize(
    ("called", "sheet", "fault"),
    [
        (b"sheet1.bin", LONG_ROW.encode(), Fault.TOO_MANY_COLUMNS),
        (b"SHEET1.XML", LONG_ROW.encode(), Fault.TOO_MANY_COLUMNS),
        (b"sheet1.png", b"\n \t" + LONG_ROW.encode(), Fault.TOO_MANY_COLUMNS),
        (b"sheet1.xml", LONG_ROW.encode("utf-16"), Fault.TOO_MANY_COLUMNS),
        (b"sheet1.xml", (DECLARED % "UTF-16" + LONG_ROW).encode("utf-16-be"), Fault.TOO_MANY_COLUMNS),
        (b"sheet1.xml", (DECLARED % "cp037").encode() + LONG_ROW.encode("cp037"), Fault.NO_TABLE),
        (b"sheet1.xml", (DECLARED % "utf-7" + LONG_ROW).encode(), Fault.NO_TABLE),
    ],
)
def test_a_large_sheet_is_seen_under_another_name_and_in_other_letters(
    tmp_path: Path, called: bytes, sheet: bytes, fault: Fault
) -> None:
    path = disguised(tmp_path / "a.xlsx", sheet, called=called)
    started = time.process_time()
    assert refused(path).fault is fault
    assert time.process_time() - started < 3


def test_a_small_sheet_may_have_another_name_and_pictures_are_not_counted(tmp_path: Path) -> None:
    sheet = sheet_of(b'<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>')
    path = disguised(tmp_path / "a.xlsx", sheet, called=b"data.bin")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/media/logo.png", b"\x89PNG" + b"<c" * 3_000_000)
    assert [row.cells for row in rows_of(path)] == [("1", "2")]


def test_cells_far_away_cost_nothing(tmp_path: Path) -> None:
    started = time.process_time()
    far = sheet_of(b'<row r="200000"><c r="A200000"><v>1</v></c><c r="B200000"><v>2</v></c></row>')
    (row,) = rows_of(workbook(tmp_path / "a.xlsx", sheet1=far))
    assert (row.line, row.cells) == (200_000, ("1", "2"))
    last = sheet_of(b'<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>')
    assert [row.line for row in rows_of(workbook(tmp_path / "b.xlsx", sheet1=last))] == [1_048_576]
    assert time.process_time() - started < 5


def test_what_a_workbook_says_of_its_own_size_hides_no_row(tmp_path: Path) -> None:
    sheet = sheet_of(b'<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>')
    wrong = sheet.replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>')
    assert [row.cells for row in rows_of(workbook(tmp_path / "a.xlsx", sheet1=wrong))] == [("1", "2")]


def test_what_unpacks_to_very_much_is_refused_by_what_it_says_it_unpacks_to(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", styles=b" " * 90_000_000)
    assert path.stat().st_size < 200_000
    assert refused(path).fault is Fault.TOO_LARGE


def test_entities_that_grow_are_never_unfolded(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    cell = sheet_of(b'<row r="2"><c r="A2" t="inlineStr"><is><t>&b;</t></is></c></row>')
    assert refused(workbook(tmp_path / "a.xlsx", sheet1=bomb + cell)).fault is Fault.NO_TABLE


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (",".join(f"column{n}" for n in range(15_000)) + "\n1\n", Fault.TOO_MANY_COLUMNS),
        ("name,town\n" + "x," * 100_000 + "x\n", Fault.TOO_MANY_COLUMNS),
        ("name,town\n" + "Zoé,Huy\n" * 11, Fault.TOO_MANY_ROWS),
        ("name,town\n" + ",".join("x" * 15) + "\n" + (",".join("x" * 15) + "\n") * 4, Fault.TOO_MANY_CELLS),
        ("name,town\n" + '"' + "x\n" * 90_000, Fault.QUOTE),
        ("name,town\n" + "x" * 600_000 + "\n", Fault.QUOTE),
        ("name,town\n" * 120_000, Fault.TOO_LARGE),
    ],
)
def test_a_csv_file_beyond_the_limits_is_refused_at_once(tmp_path: Path, text: str, fault: Fault) -> None:
    path = csv_file(tmp_path, text)
    started = time.process_time()
    assert refused(path, SMALL).fault is fault
    assert time.process_time() - started < 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_empty_lines_without_end_are_refused_like_others(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(("name,town\n" + "\n" * 1_300_000).encode(encoding))
    started = time.process_time()
    assert refused(path).fault is Fault.TOO_MANY_ROWS
    assert time.process_time() - started < 5


def test_a_line_without_end_is_never_held_whole(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "name,town\n" + "Zoé" * 5_000_000)
    tracemalloc.start()
    try:
        assert refused(path).fault is Fault.TOO_MANY_COLUMNS
        assert tracemalloc.get_traced_memory()[1] < 20 * 1024**2
    finally:
        tracemalloc.stop()


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = some.text(alphabet='ab;,"\n\r\t=é\ufeff\x00\x1aÃ©�0', max_size=60).map(str.encode)


def survives(path: Path) -> None:
    """Any file is either a table or refused."""
    with suppress(UnreadableTable):
        rows_of(path)


@FUZZ
@given(some.one_of(some.binary(max_size=200), TEXTS, TEXTS.map(b"name;town\n".__add__)))
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, content: bytes) -> None:
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"any.{ending}"
        path.write_bytes(content)
        survives(path)


@FUZZ
@given(some.data())
def test_any_damaged_workbook_is_a_table_or_refused(tmp_path: Path, data: some.DataObject) -> None:
    whole = workbook(tmp_path / "whole.xlsx").read_bytes()
    at = data.draw(some.integers(0, len(whole) - 1))
    put = data.draw(some.binary(max_size=40))
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(whole[:at] + put + whole[at + data.draw(some.integers(0, 60)) :])
    survives(path)


@FUZZ
@given(some.data())
def test_any_damaged_sheet_is_a_table_or_refused(tmp_path: Path, data: some.DataObject) -> None:
    sheet = sheet_of(
        b'<row r="2"><c r="A2" s="1"><v>46208</v></c><c r="B2" t="s"><v>0</v></c><c t="b"><v>1</v></c></row>'
    )
    pieces = [piece for piece in re.split(rb"(<[^>]*>|\"[^\"]*\")", sheet) if piece]
    at = data.draw(some.integers(0, len(pieces) - 1))
    pieces[at] = data.draw(
        some.sampled_from(
            [b"", b"<row>", b"</row>", b'"-1"', b'"e"', b'"d"', b"<v>x</v>", b"1e999", b'"s"', b'"ZZZZ1"']
        )
    )
    survives(workbook(tmp_path / "sheet.xlsx", sheet1=b"".join(pieces)))
