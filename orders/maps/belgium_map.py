"""A map of Belgium made of dots. A template that is given a `DotMap` draws it as SVG with the macro `belgium_map`:

    {% from "macros/belgium_map.html" import belgium_map %}

The country is drawn with the points of its own postcodes, so that no picture of it is fetched from elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

from orders.maps.postcode_points import Point, points

WEST, NORTH = 2.45, 51.56  # degrees, at the upper left corner
SOUTH, EAST = 49.46, 6.45
_PIXELS_A_DEGREE = 390  # of latitude; a degree of longitude is shorter, by the cosine of the latitude
_NARROWING = cos(radians((NORTH + SOUTH) / 2))
WIDTH = round((EAST - WEST) * _NARROWING * _PIXELS_A_DEGREE)
HEIGHT = round((NORTH - SOUTH) * _PIXELS_A_DEGREE)


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot with the words that name it. `shade` is 1 (faint) to 5 (full); `address` is where its link leads."""

    point: Point
    label: str
    radius: float = 8  # of a map that is `WIDTH` wide
    shade: int = 5
    address: str = ""

    @property
    def x(self) -> float:
        return position(self.point)[0]

    @property
    def y(self) -> float:
        return position(self.point)[1]


@dataclass(frozen=True, slots=True)
class DotMap:
    """A map with its dots, the last one on top. `name` is its id on the page, `title` what it shows."""

    name: str
    title: str
    dots: Sequence[Dot]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def ground(self) -> str:
        """The path of the country."""
        return _ground()


def position(point: Point) -> tuple[float, float]:
    """Where a point stands, from the upper left corner."""
    x = (point.longitude - WEST) * _NARROWING * _PIXELS_A_DEGREE
    return round(x, 1), round((NORTH - point.latitude) * _PIXELS_A_DEGREE, 1)


@cache
def _ground() -> str:
    """A line of no length for each postcode: a round pen makes a dot of it."""
    return "".join(f"M{x:.0f} {y:.0f}h0" for x, y in map(position, points().values()))
