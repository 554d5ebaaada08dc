"""Which places of the directory ordered in an edition and in the one before: counted, listed, and by postcode.

A place counts once for an edition, however often it ordered; what was cancelled or rejected does not count. Places that
left their list are not counted.
"""

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from orders.addresses.postcodes import province
from orders.catalogue.models import Edition
from orders.counts.tables import order_institution_count
from orders.database import db
from orders.directory.models import Place, School, place_code


class Dimension(enum.Enum):
    """By what places are counted. A place of several levels or networks counts in each of them."""

    LEVEL = "school_level"
    NETWORK = "school_network"
    PROVINCE = "province"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class ReachedPlace:
    """A place with the official data by which it is counted and called, and in which editions it ordered."""

    code: str
    names: tuple[str, ...]
    levels: tuple[str, ...]
    networks: tuple[str, ...]
    street: str
    house: str
    postcode: str
    town: str
    commune: str
    is_now: bool
    is_before: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many places there are, and in which editions they ordered."""

    name: str
    places: int
    both: int
    only_now: int
    only_before: int

    @property
    def now(self) -> int:
        return self.both + self.only_now

    @property
    def neither(self) -> int:
        return self.places - self.both - self.only_now - self.only_before

    @property
    def share(self) -> float:
        """The part that ordered in this edition, from 0 to 1."""
        return self.now / self.places if self.places else 0


def edition_before(edition: Edition) -> Edition | None:
    """The edition of the year before, or the last one that there was."""
    earlier = select(Edition).where(Edition.year < edition.year).order_by(Edition.year.desc())
    return db.session.scalars(earlier.limit(1)).first()


def reached_places(edition: Edition) -> list[ReachedPlace]:
    """All places that are in their lists, by postcode."""
    now, before = _ordered_in(edition), _ordered_in(edition_before(edition))
    schools: dict[int, list[tuple[str, list[str], str]]] = defaultdict(list)
    for school in db.session.execute(
        select(School.place_id, School.name, School.levels, School.network).order_by(School.id)
    ):
        schools[school.place_id].append((school.name, school.levels, school.network))
    columns = (Place.street, Place.house, Place.postcode, Place.town, Place.commune)
    listed = (
        select(Place.id, Place.list_code, Place.number, *columns)
        .where(Place.gone_at.is_(None))
        .order_by(Place.postcode, Place.id)
    )
    found = []
    for place_id, list_code, number, street, house, postcode, town, commune in db.session.execute(listed):
        code, here = place_code(list_code, number), schools[place_id]
        names = tuple(dict.fromkeys(name for name, _, _ in here))
        levels = tuple(dict.fromkeys(level for _, each, _ in here for level in each))
        networks = tuple(dict.fromkeys(network for _, _, network in here if network))
        place = ReachedPlace(
            code, names, levels, networks, street, house, postcode, town, commune, code in now, code in before
        )
        found.append(place)
    return found


def total(places: Sequence[ReachedPlace]) -> Coverage:
    """All places together."""
    return _count("", places)


def by(dimension: Dimension, places: Iterable[ReachedPlace]) -> list[Coverage]:
    """The places by a dimension, the most places first; an empty name is what the list does not say."""
    return sorted(_grouped(_KEYS[dimension], places), key=lambda each: (-each.places, each.name))


def by_postcode(places: Iterable[ReachedPlace]) -> list[Coverage]:
    """The places by postcode, in the order of the codes."""
    return _grouped(lambda place: (place.postcode,), places)


def not_yet(places: Iterable[ReachedPlace]) -> list[ReachedPlace]:
    """Those that ordered in the edition before and not in this one."""
    return [place for place in places if place.is_before and not place.is_now]


_KEYS: dict[Dimension, Callable[[ReachedPlace], Sequence[str]]] = {
    Dimension.LEVEL: lambda place: place.levels or ("",),
    Dimension.NETWORK: lambda place: place.networks or ("",),
    Dimension.PROVINCE: lambda place: (province(place.postcode) or "",),
    Dimension.COMMUNE: lambda place: (place.commune,),
}


def _ordered_in(edition: Edition | None) -> set[str]:
    """The codes of the places that ordered, from the numbers that are kept of them."""
    if edition is None:
        return set()
    counted = order_institution_count.c
    ordered = select(counted.institution).where(counted.edition_id == edition.id)
    return set(db.session.scalars(ordered.group_by(counted.institution).having(func.sum(counted.orders) > 0)))


def _grouped(keys: Callable[[ReachedPlace], Sequence[str]], places: Iterable[ReachedPlace]) -> list[Coverage]:
    groups: dict[str, list[ReachedPlace]] = defaultdict(list)
    for place in places:
        for key in keys(place):
            groups[key].append(place)
    return [_count(name, group) for name, group in sorted(groups.items())]


def _count(name: str, places: Sequence[ReachedPlace]) -> Coverage:
    both = sum(place.is_now and place.is_before for place in places)
    now = sum(place.is_now for place in places)
    before = sum(place.is_before for place in places)
    return Coverage(name, len(places), both, now - both, before - both)
