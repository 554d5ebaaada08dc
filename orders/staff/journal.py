"""The journal: one row for each thing that somebody did, never changed and never deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orders import quick_rows
from orders.plain_text import plain_text
from orders.staff.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and through which door: `web` (the public, so nobody's id), `office`, `command` or `worker`."""

    door: str
    staff_id: int | None = None

    @property
    def is_public(self) -> bool:
        """Whether the actor is the public, so nobody known."""
        return self.door == "web"


def record(
    action: str,
    thing: str,
    *,
    at: datetime,
    by: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry. `thing` names what it was done to, as `order KLNBRTVX` or `publication MAN26`.

    `before` and `after` must hold no personal data: name the fields that changed, without their values.
    """
    entry = {
        "at": at,
        "by_id": by.staff_id,
        "door": by.door,
        "action": action,
        "thing": plain_text(thing),
        "before": dict(before) if before is not None else None,
        "after": dict(after) if after is not None else None,
    }
    quick_rows.insert_values(AuditEntry, [entry])
