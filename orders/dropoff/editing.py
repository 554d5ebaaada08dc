"""Adding, changing and deleting drop-off points, one by one or from a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from orders.database import db
from orders.dropoff.field_parsing import key_of
from orders.dropoff.models import Content, DropOffPoint, UnknownDropOffPoint, content_of
from orders.errors import Refused
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor


class SamePoint(Refused):
    """A point with this name at this address is known."""

    def __init__(self, name: str, address: str) -> None:
        super().__init__(name, address)
        self.name = name
        self.address = address


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file changes: points that are new, points that it says something else of, and points as before."""

    new: tuple[Content, ...]
    changed: tuple[Content, ...]
    unchanged: int


def add(content: Content, *, at: datetime, by: Actor) -> DropOffPoint:
    """Add a point. Refuses with `SamePoint`."""
    point = _insert(content)
    journal.record("added", _thing(point), at=at, by=by, after=_told(content))
    return point


def change(point_id: int, content: Content, *, at: datetime, by: Actor, shown: str = "") -> None:
    """Write a point anew. `shown` is the `edit_conflicts.mark` of what the form showed. Refuses with `SamePoint`."""
    point = _locked(point_id)
    before = content_of(point)
    if before == content:
        return
    refuse_if_changed(_thing(point), shown, before.as_values())
    try:
        with db.session.begin_nested():
            _write(point, content)
            db.session.flush()
    except IntegrityError:
        raise SamePoint(content.name, content.place.address) from None
    _record_change(point, before, at=at, by=by)


def delete(point_id: int, *, at: datetime, by: Actor) -> DropOffPoint:
    """Delete a point: nothing refers to it."""
    point = _locked(point_id)
    journal.record("deleted", _thing(point), at=at, by=by, before=_told(content_of(point)))
    db.session.delete(point)
    db.session.flush()
    return point


def compare(contents: Iterable[Content]) -> Comparison:
    """Compare the points of a file with those that are known. Writes nothing."""
    known = {point.key: content_of(point) for point in db.session.scalars(select(DropOffPoint))}
    new, changed, unchanged = [], [], 0
    for content in contents:
        before = known.get(key_of(content))
        if before is None:
            new.append(content)
        elif before != content:
            changed.append(content)
        else:
            unchanged += 1
    return Comparison(tuple(new), tuple(changed), unchanged)


def take_over(contents: Sequence[Content], *, at: datetime, by: Actor) -> Comparison:
    """Add and change what a file says; points that it does not name stay as they are."""
    known = {point.key: point for point in db.session.scalars(select(DropOffPoint).with_for_update())}
    found = compare(contents)
    for content in found.new:
        _insert(content)
    for content in found.changed:
        _write(known[key_of(content)], content)
    db.session.flush()
    numbers = {"added": len(found.new), "changed": len(found.changed)}
    journal.record("imported", "drop-off point", at=at, by=by, after=numbers)
    return found


def _insert(content: Content) -> DropOffPoint:
    point = DropOffPoint()
    _write(point, content)
    try:
        with db.session.begin_nested():
            db.session.add(point)
            db.session.flush()
    except IntegrityError:
        raise SamePoint(content.name, content.place.address) from None
    return point


def _locked(point_id: int) -> DropOffPoint:
    locked = select(DropOffPoint).where(DropOffPoint.id == point_id).with_for_update()
    point = db.session.scalar(locked.execution_options(populate_existing=True))
    if point is None:
        raise UnknownDropOffPoint(point_id)
    return point


def _write(point: DropOffPoint, content: Content) -> None:
    point.key = key_of(content)
    for name, value in content.as_values().items():
        setattr(point, name, value)


def _record_change(point: DropOffPoint, before: Content, *, at: datetime, by: Actor) -> None:
    old, new = _told(before), _told(content_of(point))
    changed = [name for name in new if old[name] != new[name]]
    journal.record(
        "changed",
        _thing(point),
        at=at,
        by=by,
        before={name: old[name] for name in changed},
        after={name: new[name] for name in changed},
    )


def _told(content: Content) -> dict[str, object]:
    """The values as JSON has them."""
    values = content.as_values()
    return {**values, "first_day": content.first_day.isoformat(), "last_day": content.last_day.isoformat()}


def _thing(point: DropOffPoint) -> str:
    return f"drop-off point {point.id}"
