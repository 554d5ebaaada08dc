"""Two people at one form: who saves over what somebody else changed meanwhile is told so first."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import select

from orders.database import db
from orders.errors import Refused
from orders.staff.models import AuditEntry, StaffMember


class ChangedMeanwhile(Refused):
    """What was to be changed is no longer what the form showed. Who changed it and when, where the journal knows."""

    def __init__(self, thing: str, by: str, at: datetime | None) -> None:
        super().__init__(thing, by, at)
        self.thing = thing
        self.by = by
        self.at = at


def mark(values: object) -> str:
    """A mark of values as a form shows them: it comes back with the form, and is another one when they changed."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:32]


def refuse_if_changed(thing: str, shown: str, values: object) -> None:
    """Refuse if `values`, read behind a lock, are not those that bore the mark `shown`; "" asks for no comparison.

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
