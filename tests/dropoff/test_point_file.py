"""A file of drop-off points is taken over as a whole; every row that is wrong is told by its line."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from orders import spreadsheets
from orders.clock import local_day, now
from orders.database import transact
from orders.dropoff import editing, lookup, point_file
from orders.dropoff.field_parsing import FIELDS
from orders.dropoff.point_file import ReadPoints, SameAsLine
from orders.places import faults
from orders.spreadsheets import Fault, UnreadableFile
from tests.dropoff.points import make_point, typed
from tests.factories import BY

HEADINGS = "Point de dépôt;Adresse;CP;Localité;Du;Jusqu'au;Heures d'ouverture"
TODAY = local_day(now())
DAYS = f"{TODAY:%d/%m/%Y};{TODAY:%d/%m/%Y}"


def read(folder: Path, *rows: str, headings: str = HEADINGS) -> ReadPoints:
    file = folder / "points.csv"
    file.write_text("\n".join((headings, *rows)) + "\n", encoding="utf-8")
    return point_file.read(file, TODAY)


def test_headings_in_the_words_of_people_are_known(tmp_path: Path) -> None:
    read_rows = read(tmp_path, f"Oxfam;Rue Haute 1;1000;Bruxelles;{DAYS};ma-sa")
    assert (read_rows.problems, read_rows.points[0].place.town) == ([], "Bruxelles")
    headings = "naam;straat;huisnummer;postcode;gemeente;van;tot"
    dutch = read(tmp_path, f"Oxfam;Kerkstraat;12 B;9000;Gent;{DAYS}", headings=headings)
    assert (dutch.problems, dutch.points[0].place.address) == ([], "Kerkstraat 12 B")


def test_every_wrong_row_is_told_by_its_line(tmp_path: Path) -> None:
    fine = f"Oxfam;Rue Haute 1;1000;Bruxelles;{DAYS};"
    found = read(
        tmp_path,
        fine,
        f"OXFAM;rue Haute, 1;1000;Bruxelles;{DAYS};",
        f"<script>;Rue Basse 2;10;Bruxelles;{DAYS};",
        f"Phare;Rue Basse 3;1000;Bruxelles;{TODAY:%d/%m/%Y};hier;",
    )
    assert [(each.line, each.problem) for each in found.problems] == [
        (3, SameAsLine(2)),
        (4, faults.CodeField("name", "<script>")),
        (4, faults.WrongPostcode("10")),
        (5, faults.NoDay("last_day", "hier")),
    ]


@pytest.mark.parametrize("headings", ["Nom;Adresse", f"{HEADINGS};Adresse"])
def test_columns_that_are_missing_or_there_twice_are_told(tmp_path: Path, headings: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path, headings=headings)
    assert caught.value.trouble.fault in (Fault.MISSING, Fault.TWICE)


def test_a_workbook_with_days_as_days_is_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append([*FIELDS])
    sheet.append(["Oxfam", "Rue Haute 1", 1000, "Bruxelles", "", TODAY, TODAY, "", 50.85, 4.35])
    book.save(tmp_path / "points.xlsx")
    found = point_file.read(tmp_path / "points.xlsx", TODAY)
    assert (found.problems, found.points[0].place.latitude) == ([], 50.85)


@pytest.mark.usefixtures("app_context")
def test_what_is_exported_can_be_imported_again(tmp_path: Path) -> None:
    make_point(note="au comptoir", latitude="50.46", longitude="4.87")
    make_point(name="Librairie", hours="lu-ve")
    file = tmp_path / "export.xlsx"
    spreadsheets.write(file, point_file.COLUMNS, point_file.rows(lookup.all_points()))
    found = point_file.read(file, TODAY)
    assert found.problems == []
    assert editing.compare(found.points) == editing.Comparison((), (), 2)


@pytest.mark.usefixtures("app_context")
def test_a_file_adds_and_changes_points_and_leaves_the_others(tmp_path: Path) -> None:
    kept, changed = make_point(name="Librairie"), make_point()
    found = read(
        tmp_path,
        f"Magasin du Monde;Rue Haute 12;5000;Namur;{typed()['first_day']};{typed()['last_day']};lu-ve",
        f"Oxfam;Rue Haute 1;1000;Bruxelles;{DAYS};",
    )
    done = transact(editing.take_over, found.points, at=now(), by=BY)
    assert (len(done.new), len(done.changed), done.unchanged) == (1, 1, 0)
    assert lookup.get_point(changed.id).hours == "lu-ve"
    assert len(lookup.all_points()) == 3
    assert lookup.get_point(kept.id).name == "Librairie"
