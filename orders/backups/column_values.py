"""Values of columns as JSON, the same whichever database they come from and go to.

Every value keeps its type: a moment stays a moment in UTC, a switch stays true or false. JSON is kept as the text that
the database holds, because a database of the other kind must find the same text.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Text,
    Time,
    cast,
)
from sqlalchemy.types import TypeEngine


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of some types of columns are written and read. `read` raises `ValueError` or `TypeError`."""

    name: str
    types: tuple[type[TypeEngine[Any]], ...]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _of(*allowed: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) not in allowed:
            raise TypeError(f"{value!r} is no {allowed[0].__name__}")
        return value

    return check


def _written_moment(value: datetime) -> str:
    utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return utc.isoformat().replace("+00:00", "Z")


def _read_moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC)


KINDS = (  # the first that fits: Boolean before Integer, Float before Numeric, Date and moments apart
    Kind("text", (String,), str, _of(str)),
    Kind("switch", (Boolean,), bool, _of(bool)),
    Kind("integer", (Integer,), int, _of(int)),
    Kind("number", (Float,), float, _of(float, int)),
    Kind("decimal", (Numeric,), str, Decimal),
    Kind("moment", (DateTime,), _written_moment, _read_moment),
    Kind("day", (Date,), date.isoformat, date.fromisoformat),
    Kind("hour", (Time,), time.isoformat, time.fromisoformat),
    Kind("json", (JSON,), str, _of(str)),
    Kind(
        "bytes",
        (LargeBinary,),
        lambda value: base64.b64encode(value).decode(),
        lambda value: base64.b64decode(value, validate=True),
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(column: Column[Any]) -> Kind:
    """Raises `NotImplementedError` for a type that no kind knows yet."""
    for kind in KINDS:
        if isinstance(column.type, kind.types):
            return kind
    raise NotImplementedError(f"backups know no column of type {column.type!r}: {column}")


def selected(column: Column[Any]) -> ColumnElement[Any]:
    """What to ask the database for: of JSON its text."""
    return cast(column, Text) if isinstance(column.type, JSON) else column
