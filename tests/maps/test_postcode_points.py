"""Every postcode has a point, from which distances are measured and maps are drawn."""

import pytest

from orders.addresses.generators.make_postcodes import read_points
from orders.addresses.postcodes import listed
from orders.maps.postcode_points import Point, kilometres, point_near, point_of, points


def test_every_postcode_where_people_live_has_a_point_in_belgium() -> None:
    assert set(points()) == set(listed())
    assert all(49.4 < north < 51.6 and 2.5 < east < 6.5 for north, east in points().values())
    assert point_of("1050") == (50.8333, 4.3667)
    assert point_of("1047") is None
    assert point_of("nowhere") is None


def test_the_point_of_a_postcode_is_the_middle_of_its_places() -> None:
    rows = [
        {"postal_code": "4557", "latitude": 50.4, "longitude": 5.2},
        {"postal_code": "4557", "latitude": 50.6, "longitude": 5.4},
        {"postal_code": "1050", "latitude": 50.8, "longitude": 4.3},
    ]
    assert read_points(rows) == {"4557": (50.5, 5.3), "1050": (50.8, 4.3)}


def test_distances_are_those_of_the_crow() -> None:
    brussels, liege = Point(50.8466, 4.3517), Point(50.6402, 5.5717)
    assert kilometres(brussels, liege) == pytest.approx(89, abs=1)
    assert kilometres(brussels, liege) == kilometres(liege, brussels)
    assert kilometres(liege, liege) == 0


def test_a_code_without_a_point_lies_where_its_neighbour_does() -> None:
    assert point_near("1050") == point_of("1050")
    assert point_near("1047") == point_of("1050")
    assert point_near("9999") == point_of(max(points()))
    assert point_near("500") is None
    assert point_near("") is None
