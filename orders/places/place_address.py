"""The address of a public place, as it is shown: in one line, with its postcode and town."""

from dataclasses import dataclass

from orders.maps.postcode_points import Point, point_of


@dataclass(frozen=True, slots=True)
class Address:
    """Where a public place is. `latitude` and `longitude` are degrees that somebody gave; else its postcode's count."""

    address: str
    postcode: str
    town: str
    latitude: float | None = None
    longitude: float | None = None

    @property
    def point(self) -> Point | None:
        """Where it stands on a map."""
        if self.latitude is None or self.longitude is None:
            return point_of(self.postcode)
        return Point(self.latitude, self.longitude)


LONGEST = {"address": 100, "town": 60}
