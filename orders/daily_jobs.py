"""What is due once a day, whoever comes first: each chore has one row, and whoever does it holds that row.

A chore is due on every day but the one on which it was done last. A clock that was ahead may have noted a day that is
still to come; that day keeps nobody from doing today's.
"""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from orders.clock import local_day
from orders.database import Model, db


class DailyChore(Model):
    """`done_on`: the last day (in Brussels) for which it was done. Migrations make a row for every chore."""

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    done_on: Mapped[date | None]


def do(name: str, chore: Callable[..., bool], *, at: datetime) -> bool:
    """Do a part of a chore if today's is not done yet. Returns whether more of it is to be done now.

    `chore(at=…)` says whether it is done for today. Several workers wait for each other here, so that nothing is
    done twice.
    """
    row = db.session.get_one(DailyChore, name, with_for_update=True, populate_existing=True)
    today = local_day(at)
    if row.done_on == today:
        return False
    if chore(at=at):
        row.done_on = today
        return False
    return True


def is_done(name: str, *, at: datetime) -> bool:
    """Whether a chore is done for today, without waiting for anybody."""
    return db.session.scalar(select(DailyChore.done_on).where(DailyChore.name == name)) == local_day(at)
