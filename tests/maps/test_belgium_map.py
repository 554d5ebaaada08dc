"""A map of Belgium made of dots."""

import re

from flask import Flask, get_template_attribute

from orders.maps.belgium_map import HEIGHT, WIDTH, Dot, DotMap, position, window_around
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
    assert '<a href="/a?b&amp;c" tabindex="-1"><circle class="dot-5"' in drawn
    assert drawn.count("h0") == len(points())
    assert "style=" not in drawn


def test_a_part_of_the_map_holds_what_it_is_to_show_and_stays_within_the_country() -> None:
    shown = [points()["8660"], points()["8000"]]  # De Panne lies at the western edge
    window = window_around(shown)
    assert all(
        window.left <= x <= window.left + window.width and window.top <= y <= window.top + window.height
        for x, y in map(position, shown)
    )
    assert window.left >= 0
    assert window.scale < 0.5
    assert window_around([points()["8660"], points()["4960"], points()["2000"], points()["6700"]]).scale == 1


def test_no_name_of_a_town_is_cut_off_or_lies_over_another() -> None:
    west = DotMap("map", "Carte", (), window=window_around([points()["6700"], points()["7000"]]), names_towns=True)
    names = [town.name for town in west.towns]
    assert "Mons" in names
    assert "La Louvière" not in names
    assert all(west.window.left + 20 < town.x < west.window.left + west.window.width - 20 for town in west.towns)


def test_towns_are_named_and_a_place_is_marked(app: Flask) -> None:
    here = points()["5000"]
    with app.test_request_context():
        draw = get_template_attribute("macros/belgium_map.html", "belgium_map")
        whole = draw(DotMap("map", "Carte", (), names_towns=True))
        part = draw(DotMap("map", "Carte", (), here, window_around([here]), names_towns=True))
    assert (">Namur<" in whole, ">Dinant<" in whole, ">Dinant<" in part) == (True, False, True)
    assert ("belgium-here" in whole, "belgium-here" in part) == (False, True)
