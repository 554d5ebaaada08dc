"""Edit conflicts: whoever saves a form over somebody else's newer change is told first."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import select

from orders.database import db
from orders.errors import Refused
from orders.staff.models import AuditEntry, StaffMember


class ChangedMeanwhile(Refused):
    """The thing was changed after the form was loaded; by whom and when, where the journal knows."""

    def __init__(self, thing: str, by: str, at: datetime | None) -> None:
        super().__init__(thing, by, at)
        self.thing = thing
        self.by = by
        self.at = at


def mark(values: object) -> str:
    """A digest of values as a form shows them. The form sends it back, and a change of the values changes it."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:32]


def refuse_if_changed(thing: str, shown: str, values: object) -> None:
    """Refuse if the mark of `values`, read behind a lock, is not `shown`. An empty `shown` skips the comparison.

    `thing` is the name that the journal knows it by.
    """
    if not shown or shown == mark(values):
        return
    latest = db.session.execute(
        select(AuditEntry.at, StaffMember.email)
        .outerjoin(StaffMember, StaffMember.id == AuditEntry.by_id)
        .where(AuditEntry.thing == thing, AuditEntry.action == "changed")
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    at, by = latest if latest else (None, None)
    raise ChangedMeanwhile(thing, by or "", at)
