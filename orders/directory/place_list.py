"""The places that are known, page by page, and the lists that they come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from orders.database import db
from orders.directory import lookup, suggestions
from orders.directory.models import DirectoryImport, Place

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One page of places: `found` in all, `page` of `last`."""

    places: Sequence[Place]
    found: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list by its newest import; how many of its places there are now, and how many left it."""

    newest: DirectoryImport
    places: int
    gone: int


def known_lists() -> list[KnownList]:
    """Every list that was taken over, by its code."""
    newest = select(func.max(DirectoryImport.id)).group_by(DirectoryImport.list_code)
    counted = select(Place.list_code, func.count(), func.count(Place.gone_at)).group_by(Place.list_code)
    counts = {code: (places, gone) for code, places, gone in db.session.execute(counted)}
    imports = db.session.scalars(
        select(DirectoryImport).where(DirectoryImport.id.in_(newest)).order_by(DirectoryImport.list_code)
    )
    lists = []
    for each in imports:
        places, gone = counts.get(each.list_code, (0, 0))
        lists.append(KnownList(each, places - gone, gone))
    return lists


def page(typed: str, number: int) -> PlacePage:
    """The places that every word typed leads to, or whose number it is; all of them for nothing typed."""
    typed = typed.strip()
    if not typed:
        return _page_of_all(number)
    exact = lookup.find(typed)
    ids = dict.fromkeys(([exact.id] if exact else []) + suggestions.find_places(typed))
    last = _last(len(ids))
    at = min(number, last)
    shown = list(ids)[(at - 1) * PER_PAGE : at * PER_PAGE]
    places = {place.id: place for place in db.session.scalars(select(Place).where(Place.id.in_(shown)))}
    return PlacePage([places[each] for each in shown], len(ids), at, last)


def _page_of_all(number: int) -> PlacePage:
    found = db.session.scalar(select(func.count()).select_from(Place)) or 0
    last = _last(found)
    at = min(number, last)
    some = select(Place).order_by(Place.postcode, Place.id).offset((at - 1) * PER_PAGE).limit(PER_PAGE)
    return PlacePage(db.session.scalars(some).all(), found, at, last)


def _last(found: int) -> int:
    return max(1, -(-found // PER_PAGE))
