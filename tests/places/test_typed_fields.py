"""What is typed about a public place is read, and everything that is wrong with it is told by its field."""

from datetime import date, time

import pytest

from orders.addresses.coordinates import ExchangedCoordinates, NoCoordinate, OutsideBelgium
from orders.maps.postcode_points import Point, point_of
from orders.places import faults
from orders.places.faults import PlaceFault
from orders.places.field_parsing import TypedFields

WHERE = {"address": "Rue Haute 12", "postcode": "5000", "town": "Namur"}
TODAY = date(2026, 11, 20)


def where(**typed: str) -> tuple[Point | None, list[PlaceFault]]:
    fields = TypedFields({**WHERE, **typed})
    return fields.where().point, fields.faults


def test_a_place_stands_where_its_postcode_does_unless_a_point_is_given() -> None:
    assert where() == (point_of("5000"), [])
    assert where(latitude="50,4700", longitude="4.87") == (Point(50.47, 4.87), [])
    assert where(postcode="B-5000") == (point_of("5000"), [])


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"address": ""}, faults.EmptyField("address")),
        ({"address": "x" * 10_000}, faults.LongField("address", 100)),
        ({"town": "<b>Namur</b>"}, faults.CodeField("town", "<b>")),
        ({"town": "=HYPERLINK(A1)"}, faults.CodeField("town", "=HYPERLINK(A1)")),
        ({"town": "@SUM(1)"}, faults.CodeField("town", "@SUM(1)")),
        ({"town": "نامور"}, faults.UnprintableField("town", tuple("نامور"))),
        ({"town": "Na\x00mur"}, faults.UnprintableField("town", ("\x00",))),
        ({"postcode": "500"}, faults.WrongPostcode("500")),
        ({"postcode": "5099"}, faults.UnlocatedPostcode("5099")),
        ({"latitude": "50.47"}, NoCoordinate("", "longitude")),
        ({"latitude": "4.87", "longitude": "50.47"}, ExchangedCoordinates(4.87, 50.47)),
        ({"latitude": "48.85", "longitude": "2.35"}, OutsideBelgium(48.85, 2.35)),
        ({"latitude": "51.2", "longitude": "2.9"}, faults.FarFromPostcode("5000", 162)),
    ],
)
def test_what_is_wrong_with_an_address_is_told_by_its_field(typed: dict[str, str], fault: PlaceFault) -> None:
    assert where(**typed)[1] == [fault]


@pytest.mark.parametrize("harmless", ["+32 81 22 33 44", "- entrée libre", "1 < 2 et 3 > 2", "Bar & Co", "café =)"])
def test_signs_that_people_use_are_no_code(harmless: str) -> None:
    fields = TypedFields({"note": harmless})
    assert (fields.line("note", 100), fields.faults) == (harmless, [])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("19:30", time(19, 30)),
        ("19h30", time(19, 30)),
        ("9 h", time(9)),
        ("19.30 u", time(19, 30)),
        ("24:00", time(0)),
        ("1930", time(19, 30)),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, read: time) -> None:
    fields = TypedFields({"begins": typed})
    assert (fields.hour("begins"), fields.faults) == (read, [])


@pytest.mark.parametrize("typed", ["25:00", "19:60", "24:30", "soir", "193"])
def test_what_is_no_time_of_day_is_told(typed: str) -> None:
    fields = TypedFields({"begins": typed})
    assert (fields.hour("begins"), fields.faults) == (None, [faults.NoHour("begins", typed)])


def test_a_day_is_neither_over_nor_in_another_century() -> None:
    fields = TypedFields({"past": "19/11/2026", "far": "1/1/2099", "none": "demain", "fine": "20/11/2026"})
    latest = date(2028, 1, 1)
    assert fields.day("fine", latest=latest, earliest=TODAY) == TODAY
    for name in ("past", "far", "none", "empty"):
        fields.day(name, latest=latest, earliest=TODAY)
    assert fields.faults == [
        faults.DayOver("past", date(2026, 11, 19)),
        faults.DayFarAhead("far", date(2099, 1, 1), latest),
        faults.NoDay("none", "demain"),
        faults.EmptyField("empty"),
    ]
