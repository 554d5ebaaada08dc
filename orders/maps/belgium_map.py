"""A map of Belgium made of dots. A template that is given a `DotMap` draws it as SVG with the macro `belgium_map`:

    {% from "macros/belgium_map.html" import belgium_map %}

The country is drawn with the points of its own postcodes, so that no picture of it is fetched from elsewhere.
"""

from collections.abc import Iterable, Sequence
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
LETTERS = 26  # the height of a name on the whole map, in its pixels
SMALLEST = 0.2  # of the country's width that a part of the map shows
_TOWNS = {
    **{"1000": "Bruxelles", "2000": "Antwerpen", "3500": "Hasselt", "4000": "Liège", "5000": "Namur", "7000": "Mons"},
    **{"6000": "Charleroi", "6700": "Arlon", "7500": "Tournai", "8000": "Brugge", "9000": "Gent"},
}
_SMALLER_TOWNS = {
    **{"1300": "Wavre", "3000": "Leuven", "4500": "Huy", "4700": "Eupen", "4800": "Verviers", "5500": "Dinant"},
    **{"6600": "Bastogne", "6840": "Neufchâteau", "6900": "Marche", "7100": "La Louvière", "7700": "Mouscron"},
    **{"8400": "Oostende", "8500": "Kortrijk"},
}


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
class Window:
    """The part of the country that a map shows, in the pixels of the whole one."""

    left: float = 0
    top: float = 0
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def scale(self) -> float:
        """How large things on it are drawn, so that they look as on the whole map."""
        return self.width / WIDTH


@dataclass(frozen=True, slots=True)
class Town:
    """A town that is named on a map, for those who look for their own."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DotMap:
    """A map with its dots, the last one on top. `name` is its id on the page, `title` what it shows.

    `here` is where somebody is, or what they look for. Of a `window`, only what lies in it can be seen.
    """

    name: str
    title: str
    dots: Sequence[Dot]
    here: Point | None = None
    window: Window = Window()
    names_towns: bool = False

    @property
    def towns(self) -> list[Town]:
        """The towns that are named: the large ones, and on a part of the map smaller ones too; no half name, and none
        over another."""
        if not self.names_towns:
            return []
        named = _TOWNS if self.window.scale == 1 else _TOWNS | _SMALLER_TOWNS
        shown: list[Town] = []
        for code, name in named.items():
            town = Town(name, *position(points()[code]))
            is_free = not any(self._touch(town, other) for other in shown)
            if is_free and self._fits(town):
                shown.append(town)
        return shown

    @property
    def letters(self) -> float:
        """The height of a name."""
        return LETTERS * self.window.scale

    def _fits(self, town: Town) -> bool:
        half, window = _half_width(town) * self.window.scale, self.window
        above = town.y - 1.5 * self.letters  # names stand above their towns
        return window.left <= town.x - half and town.x + half <= window.left + window.width and above >= window.top

    def _touch(self, one: Town, other: Town) -> bool:
        """Whether one name would lie over another."""
        scale = self.window.scale
        is_beside = abs(one.x - other.x) >= (_half_width(one) + _half_width(other)) * scale
        return not is_beside and abs(one.y - other.y) < self.letters

    @property
    def projection(self) -> dict[str, float]:
        """What a script needs to turn a place on the map into degrees: the corner, and pixels a degree."""
        return {"west": WEST, "north": NORTH, "across": _NARROWING * _PIXELS_A_DEGREE, "down": _PIXELS_A_DEGREE}

    @property
    def here_at(self) -> tuple[float, float] | None:
        return position(self.here) if self.here else None

    @property
    def ground(self) -> str:
        """The path of the country."""
        return _ground()


def _half_width(town: Town) -> float:
    """Half of what a name takes on the whole map: a letter is a third as wide again as half its height."""
    return len(town.name) * LETTERS / 3


def position(point: Point) -> tuple[float, float]:
    """Where a point stands, from the upper left corner."""
    x = (point.longitude - WEST) * _NARROWING * _PIXELS_A_DEGREE
    return round(x, 1), round((NORTH - point.latitude) * _PIXELS_A_DEGREE, 1)


def window_around(shown: Iterable[Point]) -> Window:
    """The part of the map in which all of these points lie, with room around them; it has the map's proportions."""
    at = [position(point) for point in shown]
    left, right = min(x for x, _ in at), max(x for x, _ in at)
    top, bottom = min(y for _, y in at), max(y for _, y in at)
    share = min(1.0, max(SMALLEST, 1.4 * max((right - left) / WIDTH, (bottom - top) / HEIGHT)))
    width, height = share * WIDTH, share * HEIGHT
    return Window(
        round(min(max(0, (left + right - width) / 2), WIDTH - width), 1),
        round(min(max(0, (top + bottom - height) / 2), HEIGHT - height), 1),
        round(width, 1),
        round(height, 1),
    )


@cache
def _ground() -> str:
    """A line of no length for each postcode: a round pen makes a dot of it."""
    return "".join(f"M{x:.0f} {y:.0f}h0" for x, y in map(position, points().values()))
