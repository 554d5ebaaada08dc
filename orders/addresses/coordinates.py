"""Coordinates of places in Belgium: degrees north and east (WGS 84)."""

import re
from dataclasses import dataclass

SOUTH, NORTH = 49.45, 51.55
WEST, EAST = 2.5, 6.45
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,18})?")


@dataclass(frozen=True, slots=True)
class NoCoordinate:
    """A coordinate is no number of degrees, or stands alone."""

    typed: str
    field: str


@dataclass(frozen=True, slots=True)
class ExchangedCoordinates:
    """Latitude and longitude stand in each other's column."""

    latitude: float
    longitude: float
    field: str = "latitude"


@dataclass(frozen=True, slots=True)
class OutsideBelgium:
    """The point is not in Belgium."""

    latitude: float
    longitude: float
    field: str = "latitude"


CoordinateProblem = NoCoordinate | ExchangedCoordinates | OutsideBelgium


def read(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """The point that two cells name, with a decimal point or comma; two empty cells name none."""
    if not latitude and not longitude:
        return None, None
    return _degrees(latitude), _degrees(longitude)


def fault(latitude: str, longitude: str) -> CoordinateProblem | None:
    """What is wrong with two cells that are to name a point in Belgium."""
    if not latitude and not longitude:
        return None
    for name, typed in (("latitude", latitude), ("longitude", longitude)):
        if not _DEGREES.fullmatch(typed):
            return NoCoordinate(typed[:20], name)
    north, east = _degrees(latitude), _degrees(longitude)
    if is_in_belgium(north, east):
        return None
    return (ExchangedCoordinates if is_in_belgium(east, north) else OutsideBelgium)(north, east)


def is_in_belgium(latitude: float, longitude: float) -> bool:
    """Whether a point lies in the rectangle around Belgium."""
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _degrees(typed: str) -> float:
    return float(typed.replace(",", "."))
