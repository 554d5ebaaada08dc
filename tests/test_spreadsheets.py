"""Tables that the office downloads: nothing in them is a formula, and a file that was begun is never found."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from orders import spreadsheets
from orders.spreadsheets import Cell, Column, Kind, UnreadableFile

ENDINGS = (".csv", ".xlsx")


def written(path: Path, *row: Cell) -> list[object]:
    """The cells of the second row of a file, as a spreadsheet program finds them."""
    spreadsheets.write(path, [f"column {number}" for number in range(len(row))], [row])
    if path.suffix == ".xlsx":
        return [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][2]]
    return list(path.read_text("utf-8-sig").partition("\n")[2].rstrip("\r\n").split(spreadsheets.DELIMITER))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_cell_that_a_program_would_calculate_begins_with_an_apostrophe(
    tmp_path: Path, ending: str, sign: str
) -> None:
    (cell,) = written(tmp_path / f"orders{ending}", f"{sign}1+1")
    assert str(cell).startswith("'")


def test_a_tab_before_a_formula_is_kept_behind_the_apostrophe() -> None:
    assert str(spreadsheets.harmless("\t=1+1")).startswith("'\t")


@pytest.mark.parametrize("ending", ENDINGS)
def test_numbers_stay_numbers_also_below_nought(tmp_path: Path, ending: str) -> None:
    cells = written(tmp_path / f"orders{ending}", -3, 12, "12")
    assert cells == ([-3, 12, "12"] if ending == ".xlsx" else ["-3", "12", "12"])


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_written_is_read_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"orders{ending}"
    spreadsheets.write(path, ["name", "town"], [["=Élodie", "Ciney"], ["Şebnem", "Liège; Angleur"]])
    table = spreadsheets.read(path)
    assert table.header == ("name", "town")
    assert [row.cells for row in table.rows] == [("=Élodie", "Ciney"), ("Şebnem", "Liège; Angleur")]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_could_not_be_finished_leaves_the_one_before(tmp_path: Path, ending: str) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["Ciney"]
        raise OSError(28, "No space left on device")

    path = tmp_path / f"orders{ending}"
    spreadsheets.write(path, ["town"], [["Namur"]])
    with pytest.raises(UnreadableFile) as refusal:
        spreadsheets.write(path, ["town"], rows())
    assert refusal.value.trouble.word == "No space left on device"
    assert [row.cells for row in spreadsheets.read(path).rows] == [("Namur",)]
    assert list(tmp_path.iterdir()) == [path]


COLUMNS = [
    Column("Nom"),
    Column("Jour", Kind.DAY),
    Column("Quand", Kind.MOMENT),
    Column("Exemplaires", Kind.COUNT, total=True),
    Column("Solde", Kind.COUNT),
    Column("posted_eur", Kind.MONEY, total=True, shown="Port payé"),
]
SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
ROWS: list[list[Cell]] = [
    ["École communale de la rue du Moulin", date(2026, 12, 1), SUMMER, 1_200, 1_200, 1_010],
    ["=SUM(D2)", None, SUMMER, -3, 1_197, None],
    ["Ciney", date(2026, 12, 2), SUMMER, 10, 1_207, 20],
]


def test_a_workbook_has_real_dates_and_amounts_and_totals_that_are_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    spreadsheets.write(path, COLUMNS, ROWS, title="Écoles / à appeler: tout ce qui est long")
    sheet = openpyxl.load_workbook(path)["Écoles à appeler tout ce qui es"]
    assert [cell.value for cell in sheet[2]] == [
        ROWS[0][0],
        datetime(2026, 12, 1),  # noqa: DTZ001 (workbooks know no zone)
        datetime(2026, 7, 2, 0, 30),  # noqa: DTZ001
        1_200,
        1_200,
        10.1,
    ]
    assert [cell.number_format for cell in sheet[2]][1:3] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm"]
    assert [cell.value for cell in sheet[5]] == ["Total", None, None, 1_207, None, 10.3]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_a_workbook_has_a_bold_heading_in_sight_a_filter_over_the_rows_and_widths(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    spreadsheets.write(path, COLUMNS, ROWS)
    sheet = openpyxl.load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    assert [cell.value for cell in sheet[1]][-2:] == ["Solde", "Port payé"]
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:F4", "$1:$1")
    assert sheet.column_dimensions["A"].width > len(str(ROWS[0][0]))
    assert sheet.column_dimensions["C"].width >= len("01/12/2026 00:30")


def test_csv_has_semicolons_the_clock_of_brussels_and_no_total(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    spreadsheets.write(path, COLUMNS, ROWS)
    assert path.read_text("utf-8-sig").splitlines() == [
        "Nom;Jour;Quand;Exemplaires;Solde;posted_eur",
        "École communale de la rue du Moulin;2026-12-01;2026-07-02 00:30:00;1200;1200;10.10",
        "'=SUM(D2);;2026-07-02 00:30:00;-3;1197;",
        "Ciney;2026-12-02;2026-07-02 00:30:00;10;1207;0.20",
    ]


def test_a_table_without_rows_is_a_workbook_too(tmp_path: Path) -> None:
    path = tmp_path / "[*].xlsx"
    spreadsheets.write(path, COLUMNS, [])
    sheet = openpyxl.load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    assert [cell.value for cell in sheet[2]] == ["Total", None, None, 0, None, 0]
