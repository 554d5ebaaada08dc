"""Finding drop-off points: all of them for the office, and those that take letters for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.catalogue.models import Edition
from orders.database import db
from orders.dropoff.models import DropOffPoint, UnknownDropOffPoint
from orders.maps.postcode_points import point_near
from orders.places.nearest import Distant, by_distance
from orders.rows.kept_rows import KeptRows

NAMED = 3  # on a slip and in a mail


def all_points() -> Sequence[DropOffPoint]:
    """Every point, those that are over too, by postcode and name."""
    return db.session.scalars(select(DropOffPoint).order_by(DropOffPoint.postcode, DropOffPoint.name)).all()


def get_point(point_id: int) -> DropOffPoint:
    """The point with this number. Raises `UnknownDropOffPoint`."""
    point = db.session.get(DropOffPoint, point_id)
    if point is None:
        raise UnknownDropOffPoint(point_id)
    return point


def open_points(today: date) -> list[DropOffPoint]:
    """The points that take letters today or will later."""
    return [point for point in _POINTS.current() if point.last_day >= today]


@dataclass
class NearestPoints:
    """The drop-off points nearest to the orderers of a whole pile: read once, and looked up once for each postcode."""

    today: date
    _found: dict[tuple[str, int], tuple[Distant[DropOffPoint], ...]] = field(default_factory=dict)
    _points: list[DropOffPoint] | None = None

    def to(self, postcode: str, edition: Edition) -> tuple[Distant[DropOffPoint], ...]:
        """The nearest three that take letters of this edition, the nearest first; none where it has none."""
        asked = postcode, edition.id
        if asked not in self._found:
            self._found[asked] = self._nearest(postcode, edition)
        return self._found[asked]

    def _nearest(self, postcode: str, edition: Edition) -> tuple[Distant[DropOffPoint], ...]:
        origin = point_near(postcode)
        if self._points is None:
            self._points = open_points(self.today)
        of_edition = [
            each
            for each in self._points
            if each.first_day <= edition.letters_back_by and each.last_day >= edition.opens_on
        ]
        return tuple(by_distance(of_edition, origin)[:NAMED]) if origin else ()


def _read(session: Session) -> tuple[DropOffPoint, ...]:
    return tuple(session.scalars(select(DropOffPoint).order_by(DropOffPoint.id)))


_POINTS = KeptRows("drop_off_points", _read)
