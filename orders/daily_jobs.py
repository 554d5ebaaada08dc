"""Chores that are due once a day. Each has one row; the worker that does a part of a chore locks that row.

A chore is due unless it was last done today. A day in the future, noted by a clock that was ahead, does not stop it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from sqlalchemy import String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from orders.clock import local_day
from orders.database import Model, db

Part = TypeVar("Part")


class DailyChore(Model):
    """`done_on`: the last day (in Brussels) for which it was done."""

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    done_on: Mapped[date | None]


@dataclass(frozen=True, slots=True)
class Chore(Generic[Part]):
    """`look(at=…)` returns the parts that are due. It only reads and holds no lock, so it may take long.

    `do(part, at=…)` does one part, in a transaction of its own. It must check again what may have changed since `look`.
    `afterwards(parts, at=…)` follows the last part, outside of any transaction; it may run again where it broke off.
    """

    name: str
    look: Callable[..., Iterable[Part]]
    do: Callable[..., None]
    afterwards: Callable[..., None] | None = None


def do(chore: Chore[Part], part: Part, *, at: datetime) -> bool:
    """Do a part of a chore. Returns False, and does nothing, if today's was done meanwhile.

    Several workers wait for each other here, so that nothing is done twice.
    """
    row = lock(chore.name)
    if row.done_on == local_day(at):
        return False
    chore.do(part, at=at)
    return True


def finish(chore: Chore[Part], *, at: datetime) -> None:
    """All parts are done: until tomorrow nothing is due."""
    lock(chore.name).done_on = local_day(at)


def is_done(chore: Chore[Part], *, at: datetime) -> bool:
    """Whether a chore is done for today, without waiting for anybody."""
    return db.session.scalar(select(DailyChore.done_on).where(DailyChore.name == chore.name)) == local_day(at)


def lock(name: str) -> DailyChore:
    """Lock the row of a chore until the transaction ends; make it where there is none yet."""
    db.session.execute(text("INSERT INTO daily_chore (name) VALUES (:name) ON CONFLICT DO NOTHING"), {"name": name})
    return db.session.get_one(DailyChore, name, with_for_update=True, populate_existing=True)


def _tables(*, at: datetime) -> list[str]:
    """`ANALYZE` on SQLite, which unlike PostgreSQL does not update its statistics by itself."""
    return ["ANALYZE"] if db.session.get_bind().dialect.name == "sqlite" else []


def _gather(statement: str, *, at: datetime) -> None:
    db.session.execute(text("PRAGMA analysis_limit=1000"))  # rows of each index: a moment's work
    db.session.execute(text(statement))


STATISTICS = Chore("statistics", _tables, _gather)
