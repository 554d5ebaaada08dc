"""Tables that the office downloads: nothing in them is a formula, and a file that was begun is never found."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from orders import spreadsheets
from orders.spreadsheets import Cell, UnreadableFile

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
