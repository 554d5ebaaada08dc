"""What somebody who worked here may ask for: that all about them is erased. What they did stays, by nobody's name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import String, cast, func, literal, select

from orders.database import UtcDateTime, db
from orders.errors import Refused
from orders.privacy import erasing, mentions
from orders.privacy.tables import TABLES
from orders.privacy.tables.people import MAIL, NAMELESS
from orders.staff import accounts, journal, lockout
from orders.staff.journal import Actor
from orders.staff.models import AuditEntry, LastAdministrator, StaffMember

SHORTEST_SOUGHT = 3


class StillWorking(Refused):
    """The account has not ended: it is needed to sign in."""

    def __init__(self, email: str) -> None:
        super().__init__(email)
        self.email = email


def find(typed: str) -> Sequence[StaffMember]:
    """Accounts in whose address this stands, but for those that are erased."""
    sought = typed.strip().lower()
    if len(sought) < SHORTEST_SOUGHT:
        return []
    found = func.lower(StaffMember.email).contains(sought, autoescape=True) & StaffMember.email.contains("@")
    return db.session.scalars(select(StaffMember).where(found).order_by(StaffMember.email)).all()


def erase(member_id: int, *, at: datetime, by: Actor) -> Counter[str]:
    """Erase all about somebody whose account has ended. Returns the rows changed, by table.

    A number stands for the address from then on, also in the journal. Refuses with `StillWorking`.
    """
    member = accounts.lock_member(member_id)
    if member.active and (member.ends_at is None or at < member.ends_at):
        raise StillWorking(member.email)
    rows: Counter[str] = Counter()
    for mention in mentions.find_names([member.email]):
        rows[mention.table.name] += mentions.erase(mention)
    rows[MAIL.name] += erasing.erase_mails_to([member.email.lower()])
    lockout.forget(member.email)
    for table in TABLES:
        if table.of_members:
            rows[table.name] += erasing.erase(table, table.of_members, members=[member_id])
    db.session.expire_all()
    journal.record("erased", f"staff {member_id}", at=at, by=by)
    return +rows


def erased() -> dict[int, datetime]:
    """Accounts that are erased, and when: at the latest when that was noted, or when they ended."""
    noted = (
        select(func.max(AuditEntry.at))
        .where(AuditEntry.thing == literal("staff ") + cast(StaffMember.id, String), AuditEntry.action == "erased")
        .scalar_subquery()
    )
    moment = func.coalesce(noted, StaffMember.ends_at, type_=UtcDateTime())
    return dict(db.session.execute(select(StaffMember.id, moment).where(StaffMember.email.startswith(NAMELESS))).all())


def to_erase_again(listed: Mapping[int, datetime]) -> list[int]:
    """Of these accounts those that a restore brought back. One with the number that was opened later is another one."""
    rows = select(StaffMember.id, StaffMember.created_at).where(
        StaffMember.id.in_(listed.keys()), StaffMember.email.contains("@")
    )
    return [number for number, created_at in db.session.execute(rows) if created_at < listed[number]]


def erase_again(member_id: int, *, at: datetime, by: Actor) -> bool:
    """End an account that a restore brought back, and erase it. Returns False for the last administrator's."""
    try:
        accounts.end(member_id, at=at, by=by)
    except LastAdministrator:
        return False
    db.session.flush()
    erase(member_id, at=at, by=by)
    return True
