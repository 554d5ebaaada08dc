"""The nearest of some places."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from orders.maps.postcode_points import Point, kilometres


class Located(Protocol):
    """Something that stands somewhere on the map."""

    @property
    def point(self) -> Point | None: ...


T = TypeVar("T", bound=Located)


@dataclass(frozen=True, slots=True)
class Distant(Generic[T]):
    """A place and how many kilometres away it is, as the crow flies."""

    place: T
    kilometres: float


def by_distance(places: Iterable[T], origin: Point) -> list[Distant[T]]:
    """The places, the nearest first; those that stand nowhere are left out."""
    located = ((place, place.point) for place in places)
    distant = [Distant(place, kilometres(origin, point)) for place, point in located if point is not None]
    return sorted(distant, key=lambda each: each.kilometres)
