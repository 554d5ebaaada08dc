"""The hour of a moment, grouped by the database. Brussels is whole hours away from UTC, so its days follow exactly."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from orders.clock import BRUSSELS, local_day

FIRST_HOUR, LAST_HOUR = 7, 22


class utc_hour(FunctionElement[str]):  # noqa: N801 -- a function of SQL, written like one
    """`2026-11-25T09` of a moment, in UTC."""

    type = String()
    inherit_cache = True
    name = "utc_hour"

    def __init__(self, moment: ColumnElement[Any] | Any) -> None:
        super().__init__(moment)


@compiles(utc_hour, "sqlite")
def _sqlite(element: utc_hour, compiler: Any, **kw: Any) -> str:
    return f"strftime('%Y-%m-%dT%H', {compiler.process(element.clauses, **kw)})"


@compiles(utc_hour, "postgresql")
def _postgresql(element: utc_hour, compiler: Any, **kw: Any) -> str:
    return f"to_char(timezone('UTC', {compiler.process(element.clauses, **kw)}), 'YYYY-MM-DD\"T\"HH24')"


def day_of(hour: str) -> date:
    """The day in Brussels that an hour belongs to."""
    return local_day(datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=UTC))


def part_of_day(at: datetime) -> float:
    """What part of a day's orders have come by that moment: as good as all of them come from 7 to 22 hours."""
    local = at.astimezone(BRUSSELS)
    return min(1.0, max(0.0, (local.hour + local.minute / 60 - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR)))
