"""Taking a list of places over: first what would change, then the change, all of it or nothing.

A place that left its list is marked and kept: orders of other years may name it. A list with another code is left
alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import insert, select, update

from orders.database import db
from orders.directory.list_reader import ListedPlace, ListedSchool
from orders.directory.models import DirectoryImport, Place, School
from orders.directory.readable_names import readable
from orders.errors import Refused
from orders.staff import journal
from orders.staff.journal import Actor

CODE = re.compile("[a-z][a-z0-9-]{1,29}")
MOST_GONE = 0.1  # of the places of a list in a year; more are rather missing in the file
AT_ONCE = 500  # places that are added by one statement
FEW = 20  # places that may be gone from a list of any length


class FarFewerPlaces(Refused):
    """The file lacks many of the places that are known of its list: probably it was cut."""

    def __init__(self, known: int, gone: int) -> None:
        super().__init__(known, gone)
        self.known = known
        self.gone = gone


class NoListCode(Refused):
    """A plain list needs a code of its own: the same one each year."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as it is kept. `values` are compared with those of a list."""

    id: int
    number: str
    name: str
    town: str
    values: tuple[object, ...]
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list says otherwise of a place. `field` is a column of the place, or `schools`."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a list changes: places that are new, those that changed or came back, those that are gone."""

    list_code: str
    new: tuple[ListedPlace, ...]
    changed: tuple[tuple[KnownPlace, ListedPlace], ...]
    gone: tuple[KnownPlace, ...]
    unchanged: int

    @property
    def places(self) -> int:
        """How many places the list names."""
        return len(self.new) + len(self.changed) + self.unchanged

    @property
    def is_cut(self) -> bool:
        """Whether so many are gone that the file was rather cut."""
        known = len(self.changed) + self.unchanged + len(self.gone)
        return len(self.gone) > max(FEW, known * MOST_GONE)


def differences(known: KnownPlace, said: ListedPlace) -> list[Difference]:
    """What a list says otherwise of a place than before, column by column; of its schools those that differ."""
    *before, schools_before = known.values
    *after, schools_after = _values(said)
    columns = zip(_COLUMNS, before, after, strict=True)
    found = [Difference(name, _shown(was), _shown(now)) for name, was, now in columns if was != now]
    gone, new = _only_in(schools_before, schools_after), _only_in(schools_after, schools_before)
    return found + ([Difference("schools", gone, new)] if gone or new else [])


def _only_in(schools: Any, others: Any) -> str:
    told = [(number, ", ".join(filter(None, (name, network, *levels)))) for number, name, network, levels in schools]
    return " ; ".join(each for school, (_, each) in zip(schools, told, strict=True) if school not in others)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def choose_list_code(typed: str, guessed: str | None) -> str:
    """The code of a list: what was typed, else what its headings say. Raises `NoListCode`."""
    code = typed.strip().lower() or guessed or ""
    if not CODE.fullmatch(code):
        raise NoListCode
    return code


def compare(list_code: str, listed: Mapping[str, ListedPlace]) -> Comparison:
    """Compare a list with what is known of it. Writes nothing."""
    changed, gone, unchanged = list[tuple[KnownPlace, ListedPlace]](), list[KnownPlace](), 0
    numbers = set[str]()
    for kept in _known(list_code):
        numbers.add(kept.number)
        if (said := listed.get(kept.number)) is None:
            gone += [] if kept.is_gone else [kept]
        elif kept.is_gone or kept.values != _values(said):
            changed.append((kept, said))
        else:
            unchanged += 1
    new = tuple(place for number, place in listed.items() if number not in numbers)
    return Comparison(list_code, new, tuple(changed), tuple(gone), unchanged)


def take_over(
    list_code: str, listed: Mapping[str, ListedPlace], *, fewer: bool = False, at: datetime, by: Actor
) -> Comparison:
    """Take a list over and return what it changed. Raises `FarFewerPlaces` for a cut file, unless `fewer`."""
    found = compare(list_code, listed)
    refuse_cut(found, fewer=fewer)
    _add(list_code, found.new)
    for known, said in found.changed:
        _change(known, said)
    for known in found.gone:
        db.session.execute(update(Place).where(Place.id == known.id).values(gone_at=at))
    numbers = {"added": len(found.new), "changed": len(found.changed), "gone": len(found.gone)}
    db.session.add(DirectoryImport(list_code=list_code, digest=_digest(listed), at=at, places=found.places, **numbers))
    journal.record("imported", f"directory {list_code}", at=at, by=by, after=numbers)
    return found


def refuse_cut(found: Comparison, *, fewer: bool) -> None:
    """Raise `FarFewerPlaces` where the file was rather cut, unless `fewer` says that it is meant."""
    if found.is_cut and not fewer:
        raise FarFewerPlaces(len(found.changed) + found.unchanged + len(found.gone), len(found.gone))


_COLUMNS = ("street", "house", "box", "building", "postcode", "town", "commune", "latitude", "longitude")
_SCHOOL_COLUMNS = ("number", "official_name", "network")


def _known(list_code: str) -> Iterator[KnownPlace]:
    """The places of a list along its index, some at once, as plain rows: all of them as objects would take 30 MB."""
    columns = [getattr(Place, name) for name in _COLUMNS]
    of_school = (School.number, School.official_name, School.network, School.levels)
    rows = db.session.execute(
        select(Place.id, Place.number, Place.gone_at, School.name, *columns, *of_school)
        .join(School)
        .where(Place.list_code == list_code)
        .order_by(Place.number, School.number)
        .execution_options(yield_per=AT_ONCE)
    )
    for (place_id, number, gone_at), group in groupby(rows, key=itemgetter(slice(3))):
        of_place = list(group)
        name, *values = of_place[0][3 : -len(of_school)]
        schools = sorted((*said, tuple(levels)) for *said, levels in (row[-len(of_school) :] for row in of_place))
        yield KnownPlace(place_id, number, name, values[5], (*values, schools), gone_at is not None)


def _values(place: ListedPlace) -> tuple[object, ...]:
    schools = sorted((each.number, each.official_name, each.network, each.levels) for each in place.schools.values())
    return (*_columns(place).values(), schools)


def _digest(listed: Mapping[str, ListedPlace]) -> str:
    digest = sha256()
    for number in sorted(listed):
        digest.update(repr((number, _values(listed[number]))).encode())
    return digest.hexdigest()


def _add(list_code: str, places: Sequence[ListedPlace]) -> None:
    """Add places with their schools, some at once: rows of a whole list would take 15 MB."""
    for first in range(0, len(places), AT_ONCE):
        some = places[first : first + AT_ONCE]
        rows = [{"list_code": list_code, "number": each.number, **_columns(each)} for each in some]
        db.session.execute(insert(Place), rows)
        numbers = [each.number for each in some]
        kept = select(Place.number, Place.id).where(Place.list_code == list_code, Place.number.in_(numbers))
        ids = {number: place_id for number, place_id in db.session.execute(kept)}
        db.session.execute(
            insert(School),
            [{"place_id": ids[p.number], **_school_columns(each, p)} for p in some for each in p.schools.values()],
        )


def _change(known: KnownPlace, said: ListedPlace) -> None:
    place = db.session.get_one(Place, known.id)
    place.gone_at = None
    for name, value in _columns(said).items():
        setattr(place, name, value)
    left = {school.number: school for school in place.schools}
    for number, each in said.schools.items():
        if number not in left:
            place.schools.append(School(**_school_columns(each, said)))
            continue
        school = left.pop(number)
        for name, value in _school_columns(each, said).items():
            setattr(school, name, value)
    for school in left.values():
        place.schools.remove(school)


def _columns(place: ListedPlace) -> dict[str, object]:
    return {name: getattr(place, name) for name in _COLUMNS}


def _school_columns(school: ListedSchool, place: ListedPlace) -> dict[str, object]:
    columns = {name: getattr(school, name) for name in _SCHOOL_COLUMNS}
    return {**columns, "levels": list(school.levels), "name": readable(school.official_name, place.postcode)}
