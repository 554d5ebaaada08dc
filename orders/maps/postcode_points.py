"""Where postcodes lie: one point each, the middle of its places (GeoNames, CC BY 4.0), and distances between points."""

import re
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from orders.addresses.postcodes import table_rows

EARTH_RADIUS = 6371.0  # km


class Point(NamedTuple):
    """Degrees north and east (WGS 84)."""

    latitude: float
    longitude: float


def point_of(postcode: str) -> Point | None:
    """The point of a code where people live; `None` for one of an organisation or an unknown one."""
    return points().get(postcode)


def point_near(postcode: str) -> Point | None:
    """The point of a code; for one of an organisation, or an unknown one, that of the code whose number is nearest.

    Codes that follow each other lie beside each other. `None` for what is no code.
    """
    if re.fullmatch("[1-9][0-9]{3}", postcode) is None:
        return None
    if (known := point_of(postcode)) is not None:
        return known
    return points()[min(points(), key=lambda code: (abs(int(code) - int(postcode)), code))]


@cache
def points() -> dict[str, Point]:
    """The point of every postcode that has one, in the order of the codes."""
    at = {code: point.split() for code, _, _, point in table_rows("postcodes.tsv")}
    return {code: Point(float(north), float(east)) for code, (north, east) in at.items()}


def kilometres(one: Point, other: Point) -> float:
    """How far two points are apart, as the crow flies (haversine)."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    cosines = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH_RADIUS * asin(sqrt(sin(north / 2) ** 2 + cosines * sin(east / 2) ** 2))
