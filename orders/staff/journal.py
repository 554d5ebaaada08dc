"""The journal: one row for each thing that somebody did, never changed and never deleted.

Everything that is recorded goes through `record`. What it may hold is closed: an action that `journal_terms` lists, a
thing of a kind that it lists, and of people only the values of fields that are not personal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from orders.database import db
from orders.rows import bulk_rows, quick_rows
from orders.staff.journal_terms import ABOUT_PEOPLE, KINDS, NOT_PERSONAL, Action, Door
from orders.staff.models import AuditEntry

ONE_LOOK = timedelta(minutes=15)  # pages that somebody opens again and again while working on one thing


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and through which door: `web` is the public, so nobody's id."""

    door: Door
    staff_id: int | None = None

    @property
    def is_public(self) -> bool:
        """Whether the actor is the public, so nobody known."""
        return self.door == "web"

    def importing(self) -> "Actor":
        """The same member of the staff, whose orders come from a file."""
        return replace(self, door="import")


class NotForTheJournal(ValueError):
    """A mistake in the code: an entry of an unknown kind, or with a value that may be personal."""


def record(
    action: Action,
    thing: str,
    *,
    at: datetime,
    by: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry. `thing` names what it was done to, as `order KLNBRTVX` or `publication MAN26`.

    Of personal fields name those that changed, as `after={"fields": ["name"]}`, without their values. Raises
    `NotForTheJournal` for a thing of an unknown kind, and for values of a thing that belongs to a person unless
    `journal_terms.NOT_PERSONAL` names their field.
    """
    quick_rows.insert_values(AuditEntry, [_entry(action, thing, at=at, by=by, before=before, after=after)])


def record_each(action: Action, things: Mapping[str, Mapping[str, Any]], *, at: datetime, by: Actor) -> None:
    """Write one entry for each of many things; beside each stands what it became (`after`)."""
    entries = [_entry(action, thing, at=at, by=by, before=None, after=after) for thing, after in things.items()]
    bulk_rows.insert_values(AuditEntry, entries)


def _entry(
    action: Action,
    thing: str,
    *,
    at: datetime,
    by: Actor,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> Mapping[str, Any]:
    kind, _ = split_thing(thing)
    if kind in ABOUT_PEOPLE:
        _refuse_personal(kind, [*(before or ()), *(after or ())])
    return {
        "at": at,
        "by_id": by.staff_id,
        "door": by.door,
        "action": action,
        "thing": thing,
        "before": dict(before) if before is not None else None,
        "after": dict(after) if after is not None else None,
    }


def record_look(thing: str, *, at: datetime, by: Actor) -> None:
    """Note that somebody reads the file of a person. Looks of one member at one thing within `ONE_LOOK` are one."""
    if not has_looked(thing, at=at, by=by):
        record("looked at", thing, at=at, by=by)


def has_looked(thing: str, *, at: datetime, by: Actor) -> bool:
    """Whether a look of this member at this thing stands in the journal already."""
    lately = select(AuditEntry.id).where(
        AuditEntry.thing == thing,
        AuditEntry.action == "looked at",
        AuditEntry.by_id == by.staff_id,
        AuditEntry.at > at - ONE_LOOK,
    )
    return db.session.scalar(lately.limit(1)) is not None


def split_thing(thing: str) -> tuple[str, str]:
    """The kind of a thing and its name within it: `order` and `KLNBRTVX`."""
    for kind in KINDS:
        if thing == kind or thing.startswith(f"{kind} "):
            return kind, thing[len(kind) + 1 :]
    raise NotForTheJournal(f"{thing!r} is of no kind that the journal knows")


def _refuse_personal(kind: str, fields: Iterable[str]) -> None:
    if unknown := set(fields) - NOT_PERSONAL:
        raise NotForTheJournal(f"{kind}: {sorted(unknown)} may be personal: name the field, not its value")
