"""A list between its upload and its confirmation: kept as it was read, so that what is confirmed is what was shown."""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from orders.database import db
from orders.directory import importing
from orders.directory.importing import Comparison
from orders.directory.list_reader import ListedPlace, ListedSchool
from orders.directory.pending_models import PendingList, UnknownPendingList
from orders.staff.journal import Actor

KEPT = timedelta(days=1)
_COLUMNS = (
    *("line", "number", "street", "house", "box", "building", "postcode", "town", "commune"),
    *("latitude", "longitude"),
)


def keep(list_code: str, file_name: str, places: Mapping[str, ListedPlace], *, at: datetime, by: Actor) -> int:
    """Keep a list that was read, and forget those that nobody confirmed within a day. Returns its id."""
    db.session.execute(delete(PendingList).where(PendingList.at < at - KEPT))
    kept = PendingList(list_code=list_code, file_name=file_name, content=_packed(places), at=at, by_id=by.staff_id)
    db.session.add(kept)
    db.session.flush()
    return kept.id


def get(pending_id: int) -> PendingList:
    """Raises `UnknownPendingList`."""
    if found := db.session.get(PendingList, pending_id):
        return found
    raise UnknownPendingList(pending_id)


def compare(pending: PendingList) -> Comparison:
    """What a list that waits would change now."""
    return importing.compare(pending.list_code, _unpacked(pending.content))


def take_over(pending_id: int, *, fewer: bool, at: datetime, by: Actor) -> Comparison | None:
    """Take a list over that waits; `None` when that was done already. Raises `FarFewerPlaces`, unless `fewer`."""
    locked = select(PendingList).where(PendingList.id == pending_id).with_for_update()
    pending = db.session.scalars(locked).one_or_none()
    if pending is None:
        raise UnknownPendingList(pending_id)
    if pending.taken_at:
        return None
    pending.taken_at = at
    return importing.take_over(pending.list_code, _unpacked(pending.content), fewer=fewer, at=at, by=by)


def _packed(places: Mapping[str, ListedPlace]) -> bytes:
    rows = [
        [
            *(getattr(place, name) for name in _COLUMNS),
            [[each.number, each.official_name, each.network, each.levels] for each in place.schools.values()],
        ]
        for place in places.values()
    ]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode())


def _unpacked(content: bytes) -> dict[str, ListedPlace]:
    places = {}
    for *values, schools in json.loads(zlib.decompress(content)):
        listed = [ListedSchool(number, name, network, tuple(levels)) for number, name, network, levels in schools]
        columns = dict(zip(_COLUMNS, values, strict=True))
        place = ListedPlace(**columns, schools={each.number: each for each in listed})
        places[place.number] = place
    return places
