"""Counting what people choose on the cards: to read a publication online, or to receive it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from orders.catalogue.models import Choice, ChoiceCount
from orders.database import db


class Chosen(NamedTuple):
    """How often each choice was made."""

    read: int = 0
    receive: int = 0


INSERT: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def count(publication_id: int, choice: Choice, day: date) -> None:
    """Count one more choice. Two at the same moment are counted as two."""
    insert = INSERT[db.engine.dialect.name](ChoiceCount)
    db.session.execute(
        insert.values(publication_id=publication_id, day=day, choice=choice, times=1).on_conflict_do_update(
            index_elements=["publication_id", "day", "choice"], set_={"times": ChoiceCount.times + 1}
        )
    )


def totals(publication_ids: Sequence[int]) -> dict[int, Chosen]:
    """How often each choice was made so far, by publication id."""
    found = dict.fromkeys(publication_ids, Chosen())
    rows = db.session.execute(
        select(ChoiceCount.publication_id, ChoiceCount.choice, func.sum(ChoiceCount.times))
        .where(ChoiceCount.publication_id.in_(publication_ids))
        .group_by(ChoiceCount.publication_id, ChoiceCount.choice)
    )
    for publication_id, choice, times in rows:
        found[publication_id] = found[publication_id]._replace(**{choice.value: int(times)})
    return found


def by_day(publication_ids: Sequence[int]) -> dict[date, dict[int, Chosen]]:
    """The days on which anything was chosen, the latest first, each with its counts by publication id."""
    days: dict[date, dict[int, Chosen]] = {}
    rows = db.session.scalars(
        select(ChoiceCount).where(ChoiceCount.publication_id.in_(publication_ids)).order_by(ChoiceCount.day.desc())
    )
    for row in rows:
        counts = days.setdefault(row.day, dict.fromkeys(publication_ids, Chosen()))
        counts[row.publication_id] = counts[row.publication_id]._replace(**{row.choice.value: row.times})
    return days
