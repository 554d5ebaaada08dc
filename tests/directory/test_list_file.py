"""A list of places is read as it is published; every row that cannot be right is named by its line."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from orders.addresses import coordinates
from orders.directory import list_columns, list_reader, row_problems
from orders.directory.list_reader import ReadList
from orders.places import faults
from orders.spreadsheets import Fault, Limits, RowProblem, UnreadableFile
from tests.directory.lists import TECHNICAL, row, write

PLAIN = "number;name;street;house;postcode;town"


def _read(folder: Path, *rows: str, **more: str) -> ReadList:
    return list_reader.read(write(folder / "list.csv", *rows, **more))


def test_rows_of_several_levels_are_one_place(tmp_path: Path) -> None:
    read = _read(tmp_path, row(level="Maternel ordinaire"), row(level="Primaire ordinaire"), row(16, "École du Parc"))
    assert list(read.places) == ["15", "16"]
    place = read.places["15"]
    assert (place.street, place.house, place.box, place.postcode, place.town) == (
        "Avenue du Parc",
        "27",
        "2",
        "1160",
        "Auderghem",
    )
    assert (place.latitude, place.longitude) == (50.8152, 4.4331)
    assert place.schools["6"].levels == ("Maternel ordinaire", "Primaire ordinaire")
    assert read.list_code == "fwb"


def test_two_schools_share_a_place(tmp_path: Path) -> None:
    read = _read(tmp_path, row(), row(name="Académie de musique", school=7))
    assert [school.official_name for school in read.places["15"].schools.values()] == [
        "ATHENEE ROYAL D'AUDERGHEM",
        "Académie de musique",
    ]


def test_the_technical_headings_of_the_portal_are_known(tmp_path: Path) -> None:
    assert _read(tmp_path, row(), headings=TECHNICAL).places == _read(tmp_path, row()).places


def test_the_flemish_list_is_known(tmp_path: Path) -> None:
    headings = "schoolnummer;naam;straat;huisnummer;busnummer;postcode;gemeente"
    read = _read(tmp_path, "42;GO! basisschool De Wijzer;Kerkstraat;12;B;9000;Gent", headings=headings)
    place = read.places["42"]
    assert (read.list_code, place.street, place.house, place.box, place.town) == ("vl", "Kerkstraat", "12", "B", "Gent")


def test_a_plain_workbook_is_a_list_too(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append(["Numéro", "Nom", "Adresse", "Code postal", "Localité"])
    sheet.append([7, "Bibliothèque du Phare", "Rue Haute 12", 5000, "Namur"])
    book.save(tmp_path / "libraries.xlsx")
    read = list_reader.read(tmp_path / "libraries.xlsx")
    assert (read.list_code, read.problems) == (None, [])
    assert (read.places["7"].house, read.places["7"].postcode) == ("12", "5000")


def test_an_unknown_heading_is_given_a_meaning(tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", "7;Phare;Rue Haute 12;5000;Namur", headings="Sigle;Nom;Où;CP;Ville")
    with pytest.raises(UnreadableFile) as caught:
        list_reader.read(file)
    assert caught.value.trouble.fault is Fault.MISSING
    assert caught.value.trouble.columns == ("number", "address")
    read = list_reader.read(file, list_columns.read_mapping("Sigle=number, Où=address"))
    assert read.places["7"].street == "Rue Haute"


@pytest.mark.parametrize("text", ["Adresse", "Adresse=", "=street", "Adresse=nowhere"])
def test_a_mapping_that_names_no_column_is_refused(text: str) -> None:
    with pytest.raises(list_columns.UnknownColumn):
        list_columns.read_mapping(text)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (row(name=""), faults.EmptyField("name")),
        (";Nom;;;;;;;Rue Haute 1;1000;BRUXELLES;;;", faults.EmptyField("number")),
        (row(address=""), faults.EmptyField("address")),
        (row(name="Long " * 2_000), faults.LongField("name", 200)),
        (row(postcode="B-1160"), faults.WrongPostcode("B-1160")),
        (row(point="4.4331;50.8152"), coordinates.ExchangedCoordinates(4.4331, 50.8152)),
        (row(point="48.8566;2.3522"), coordinates.OutsideBelgium(48.8566, 2.3522)),
        (row(point="50.8152;"), coordinates.NoCoordinate("", "longitude")),
        (row(point="north;4.4331"), coordinates.NoCoordinate("north", "latitude")),
        (row(address="Rue Haute 3"), row_problems.OtherPlaceWithNumber("15", 2)),
    ],
)
def test_a_row_that_cannot_be_right_is_named_by_its_line(
    tmp_path: Path, wrong: str, problem: row_problems.DirectoryProblem
) -> None:
    read = _read(tmp_path, row(), wrong)
    assert read.problems == [RowProblem(3, problem)]


def test_a_place_without_coordinates_or_house_number_is_taken(tmp_path: Path) -> None:
    read = _read(tmp_path, row(point=";", address="Place de Trémentines ?"))
    place = read.places["15"]
    assert (place.street, place.house, place.latitude, read.problems) == ("Place de Trémentines", "", None, [])


def test_more_rows_than_any_list_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_reader, "MOST", Limits(rows=2))
    with pytest.raises(UnreadableFile) as caught:
        _read(tmp_path, row(1), row(2), row(3))
    assert caught.value.trouble.fault is Fault.TOO_MANY_ROWS
