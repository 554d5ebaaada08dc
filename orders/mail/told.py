"""What a mail tells, as plain values that a row keeps as JSON; days and moments come back as such."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

DAY, MOMENT = "day", "moment"  # the only name in a value that stands for a date


def as_stored(value: Any) -> Any:
    """A value as JSON has it. Raises `TypeError` for objects, which a later version could not read."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Mapping):
        return {name: as_stored(each) for name, each in value.items()}
    if isinstance(value, list):
        return [as_stored(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"a mail cannot keep a {type(value).__name__}")


def as_told(stored: Any) -> Any:
    """The value that `as_stored` got, with the value of each enumeration's member in its place."""
    if isinstance(stored, list):
        return [as_told(each) for each in stored]
    if not isinstance(stored, dict):
        return stored
    match stored:
        case {"moment": str(text), **more} if not more:
            return datetime.fromisoformat(text)
        case {"day": str(text), **more} if not more:
            return date.fromisoformat(text)
    return {name: as_told(each) for name, each in stored.items()}
