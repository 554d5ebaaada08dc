"""What is due once a day, whoever comes first: each chore has one row, and whoever does a part of it holds that row.

A chore is due on every day but the one on which it was done last. A clock that was ahead may have noted a day that is
still to come; that day keeps nobody from doing today's.
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
    """`look(at=…)` says what is to be done, in parts: it only reads, for as long as it likes, and nobody waits for it.

    `do(part, at=…)` does one part, in a transaction of its own; what is no longer so since the look is for it to see.
    """

    name: str
    look: Callable[..., Iterable[Part]]
    do: Callable[..., None]


def do(chore: Chore[Part], part: Part, *, at: datetime) -> bool:
    """Do a part of a chore. Returns False, and does nothing, if today's was done meanwhile.

    Several workers wait for each other here, so that nothing is done twice.
    """
    row = _locked(chore)
    if row.done_on == local_day(at):
        return False
    chore.do(part, at=at)
    return True


def finish(chore: Chore[Part], *, at: datetime) -> None:
    """All parts are done: until tomorrow nothing is due."""
    _locked(chore).done_on = local_day(at)


def is_done(chore: Chore[Part], *, at: datetime) -> bool:
    """Whether a chore is done for today, without waiting for anybody."""
    return db.session.scalar(select(DailyChore.done_on).where(DailyChore.name == chore.name)) == local_day(at)


def _locked(chore: Chore[Part]) -> DailyChore:
    """The row of a chore, that nobody else has until the transaction ends. Whoever does a new one first makes it."""
    db.session.execute(
        text("INSERT INTO daily_chore (name) VALUES (:name) ON CONFLICT DO NOTHING"), {"name": chore.name}
    )
    return db.session.get_one(DailyChore, chore.name, with_for_update=True, populate_existing=True)


def _tables(*, at: datetime) -> list[str]:
    """All of them on SQLite, which unlike PostgreSQL never looks by itself how its tables are filled."""
    return ["ANALYZE"] if db.session.get_bind().dialect.name == "sqlite" else []


def _gather(statement: str, *, at: datetime) -> None:
    db.session.execute(text("PRAGMA analysis_limit=1000"))  # rows of each index: a moment's work
    db.session.execute(text(statement))


STATISTICS = Chore("statistics", _tables, _gather)
