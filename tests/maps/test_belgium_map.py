"""A map of Belgium made of dots."""

import re

from flask import Flask, get_template_attribute

from orders.maps.belgium_map import HEIGHT, WIDTH, Dot, DotMap, position
from orders.maps.postcode_points import Point, points


def test_all_of_the_country_stands_on_the_map_the_right_way_up() -> None:
    assert all(10 < x < WIDTH - 10 and 10 < y < HEIGHT - 10 for x, y in map(position, points().values()))
    (west, middle), (east, _) = position(points()["8660"]), position(points()["4960"])  # De Panne, Malmedy
    assert west < middle < east
    assert position(points()["2000"])[1] < position(points()["6700"])[1]  # Antwerp lies north of Arlon


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north() -> None:
    x, y = position(Point(50.5, 4.0))
    north, east = position(Point(50.5 + 10 / 111.2, 4.0)), position(Point(50.5, 4.0 + 10 / 70.75))
    assert abs((y - north[1]) - (east[0] - x)) < 0.5


def test_the_picture_names_itself_and_each_of_its_dots(app: Flask) -> None:
    dots = [
        Dot(Point(50.8, 4.3), "1050 <Ixelles>", radius=4, shade=2),
        Dot(Point(50.6, 5.5), "Liège", address="/a?b&c"),
    ]
    with app.test_request_context():
        drawn = get_template_attribute("macros/belgium_map.html", "belgium_map")(DotMap("schools", "Écoles", dots))
    assert '<title id="schools-title">Écoles</title>' in drawn
    assert re.search(
        r'<circle class="dot-2" cx="\d+\.\d" cy="\d+\.\d" r="4"><title>1050 &lt;Ixelles&gt;</title>', drawn
    )
    assert '<a href="/a?b&amp;c"><circle class="dot-5"' in drawn
    assert drawn.count("h0") == len(points())
    assert "style=" not in drawn
