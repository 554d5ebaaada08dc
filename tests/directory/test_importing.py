"""A list is taken over as a whole: what is new, what changed, what is gone; other lists are left alone."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.directory import importing, list_reader
from orders.directory.importing import Comparison
from orders.directory.models import Place
from orders.staff.journal import Actor
from tests.directory.lists import row, write


def _take_over(folder: Path, *rows: str, code: str = "fwb", fewer: bool = False) -> Comparison:
    places = list_reader.read(write(folder / "list.csv", *rows)).places
    return transact(importing.take_over, code, places, fewer=fewer, at=now(), by=Actor("command"))


def _numbers(found: Comparison) -> tuple[int, int, int, int]:
    return len(found.new), len(found.changed), len(found.gone), found.unchanged


def test_the_same_list_twice_changes_nothing(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        rows = row(1), row(2), row(2, "Académie", school=9)
        assert _numbers(_take_over(tmp_path, *rows)) == (2, 0, 0, 0)
        assert _numbers(_take_over(tmp_path, *rows)) == (0, 0, 0, 2)


def test_a_newer_list_adds_changes_and_marks_what_is_gone(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        _take_over(tmp_path, row(1), row(2, "Old name", school=8), row(3))
        newer = row(2, "New name", school=9), row(3), row(4)
        assert _numbers(_take_over(tmp_path, *newer)) == (1, 1, 1, 1)
        places = {place.number: place for place in db.session.scalars(select(Place))}
        assert [number for number, place in places.items() if place.gone_at] == ["1"]
        assert [(school.number, school.name) for school in places["2"].schools] == [("9", "New name")]


def test_a_place_that_comes_back_keeps_its_row(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        _take_over(tmp_path, row(1), row(2))
        before = db.session.scalar(select(Place.id).where(Place.number == "1"))
        _take_over(tmp_path, row(2))
        assert _numbers(_take_over(tmp_path, row(1), row(2))) == (0, 1, 0, 1)
        place = db.session.scalars(select(Place).where(Place.number == "1")).one()
        assert (place.id, place.gone_at) == (before, None)


def test_half_a_file_is_refused_unless_it_is_meant(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        _take_over(tmp_path, *map(row, range(1, 61)))
        with pytest.raises(importing.FarFewerPlaces) as caught:
            _take_over(tmp_path, *map(row, range(1, 31)))
        assert (caught.value.known, caught.value.gone) == (60, 30)
        assert not db.session.scalars(select(Place).where(Place.gone_at.is_not(None))).all()
        assert _numbers(_take_over(tmp_path, *map(row, range(1, 31)), fewer=True)) == (0, 0, 30, 30)


def test_another_list_is_left_alone(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        _take_over(tmp_path, row(1))
        assert _numbers(_take_over(tmp_path, row(1, "Library"), code="libraries")) == (1, 0, 0, 0)
        assert sorted(place.code for place in db.session.scalars(select(Place))) == ["1", "libraries:1"]


def test_the_command_takes_a_list_and_says_what_it_changed(app: Flask, tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", row(1), row(2))
    run = app.test_cli_runner().invoke
    dry = run(args=["directory", "import", str(file), "--dry-run"])
    done = run(args=["directory", "import", str(file)])
    assert dry.stdout == "2 places would be in the list fwb: 2 new, 0 changed, 0 gone, 0 as before\n"
    assert (done.exit_code, done.stdout) == (
        0,
        "2 places are in the list fwb: 2 new, 0 changed, 0 gone, 0 as before\n",
    )


def test_the_command_names_wrong_rows_and_takes_nothing(app: Flask, tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", row(1), row(2, point="4.43;50.81"))
    done = app.test_cli_runner().invoke(args=["directory", "import", str(file)])
    assert done.exit_code == 1
    assert "line 3: latitude: " in done.stderr
    assert "nothing imported: 1 problem" in done.stderr
    with app.app_context():
        assert not db.session.scalars(select(Place)).all()


@pytest.mark.parametrize(
    ("content", "args", "code"),
    [
        ("number;name;street;postcode;town\n1;Phare;Rue Haute;5000;Namur\n", [], 1),  # no list code
        ("%PDF-1.7", [], 1),
        ("name;town\nPhare;Namur\n", [], 1),
        ("a;b\n1;2\n", ["--columns", "a=nowhere"], 2),
    ],
)
def test_the_command_refuses_a_file_of_another_kind(
    app: Flask, tmp_path: Path, content: str, args: list[str], code: int
) -> None:
    (tmp_path / "list.csv").write_text(content)
    done = app.test_cli_runner().invoke(args=["directory", "import", str(tmp_path / "list.csv"), *args])
    assert done.exit_code == code
    assert done.stderr
