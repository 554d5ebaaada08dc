"""The heading is found below whatever stands above it, and a file without one says what it has."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from labels.tables import Fault, OtherSheet, PassedOver
from tests.labels.tables.table_files import cells_of, csv_file, opened, refused, rows_of

TABLE = "name;street;number;town\nZoé;Rue Haute;1;Ciney\n"
ROW = ("Zoé", "Rue Haute", "1", "Ciney")


@pytest.mark.parametrize(
    "above",
    [
        "sep=;\n", "SEP=;\r\n", '"sep=;"\n', "sep=;;;;\n", "\n", "\r\n\r\n", ";;;\n", " ; ; \n", "\u00a0;\u200b\n",
        "Commandes reçues;;;\n", "Commandes reçues\n\n", '"Liste, du 3 décembre"\nÉcole;;;\n\n', "sep=;\nListe\n",
    ],
)  # fmt: skip
def test_what_stands_above_the_heading_is_passed_over(tmp_path: Path, above: str) -> None:
    (row,) = rows_of(csv_file(tmp_path, above + TABLE))
    assert row.cells == ROW
    assert row.line == above.count("\n") + 2


@pytest.mark.parametrize("marks", [1, 2, 3])
def test_byte_order_marks_are_no_part_of_the_first_heading(tmp_path: Path, marks: int) -> None:
    assert cells_of(csv_file(tmp_path, "\ufeff" * marks + TABLE)) == [ROW]
    assert cells_of(csv_file(tmp_path, "\ufeff" * marks + TABLE, "utf-16")) == [ROW]


def test_titles_above_the_heading_are_told(tmp_path: Path) -> None:
    with opened(csv_file(tmp_path, "sep=;\nCommandes;2026\n\n" + TABLE)) as table:
        assert table.notes == (PassedOver(2, "Commandes 2026"),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("named", [True, False])
def test_every_delimiter_is_found_by_the_headings_that_it_makes(tmp_path: Path, delimiter: str, named: bool) -> None:
    text = TABLE.replace(";", delimiter).replace("Zoé", '"Zoé; de, là\t|"')
    start = f"sep={delimiter}\n" if named else "Liste; des, commandes\n"
    assert cells_of(csv_file(tmp_path, start + text)) == [("Zoé; de, là\t|", *ROW[1:])]


def test_a_delimiter_of_ones_own_is_taken_where_the_file_names_it(tmp_path: Path) -> None:
    assert cells_of(csv_file(tmp_path, "sep=~\n" + TABLE.replace(";", "~"))) == [ROW]


@pytest.mark.parametrize("needed", ["Needed_By", "NEEDED BY", "needed-by", " needed_by "])
def test_headings_are_read_in_any_case(tmp_path: Path, needed: str) -> None:
    with opened(csv_file(tmp_path, f"NAME;Street;{needed}\nZoé;Rue Haute;10.12.2026\n")) as table:
        assert table.header == ("name", "street", "needed_by")


def test_without_any_known_heading_the_first_line_of_several_cells_is_shown(tmp_path: Path) -> None:
    with opened(csv_file(tmp_path, "Liste\n\nAchternaam;Straat\nZoé;Haute\n")) as table:
        assert (table.header, table.known) == (("Achternaam", "Straat"), 0)


@pytest.mark.parametrize("end", [";;;\n", " ; ;\u00a0;\n", "0;;0;0\n", "\u200b\n", "\x1a", "\n\n\n", ",,,\n"])
def test_rows_of_which_nothing_can_be_seen_are_none(tmp_path: Path, end: str) -> None:
    assert [cells[:4] for cells in cells_of(csv_file(tmp_path, TABLE + end))][:1] == [ROW]
    assert len(rows_of(csv_file(tmp_path, TABLE + end.replace(",,,", ";;;")))) == 1


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", " \n \n", "sep=;\n", ";;;\n"])
def test_a_file_without_a_word_is_empty(tmp_path: Path, text: str) -> None:
    assert refused(csv_file(tmp_path, text)).fault is Fault.EMPTY


@pytest.mark.parametrize("row", ['"Zoé;Rue Haute;1;Ciney\n', '"Zoé"x;Rue;1;Ciney\n'])
def test_a_quotation_mark_that_is_out_of_place_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    told = refused(csv_file(tmp_path, TABLE + row + "A;B;2;C\n"))
    assert (told.fault, told.line) == (Fault.QUOTE, 3)


def test_the_table_is_found_on_the_sheet_where_it_is(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("aide", 0).append(["Mode d’emploi"])
    hidden = book.create_sheet("caché")
    hidden.sheet_state = "hidden"
    for sheet in (book.create_sheet("liste"), book.create_sheet("février"), hidden):
        sheet.append(["Commandes de décembre"])
        sheet.append([])
        sheet.append(["Name", "Street", "Number", "Town", None])
        sheet.append([None, None])
        sheet.append(["Zoé", "Rue Haute", 1, "Ciney", None])
    book.save(tmp_path / "table.xlsx")
    with opened(tmp_path / "table.xlsx") as table:
        (row,) = table.rows()
        assert (row.line, row.cells) == (5, ROW)
        assert table.notes == (PassedOver(1, "Commandes de décembre"), OtherSheet("février"))
