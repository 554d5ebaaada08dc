"""The time of day. Rules never read it: they take the moment as an argument, from a door."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_day(at: datetime) -> date:
    """The calendar day in Brussels at that moment: editions open and close by it."""
    return at.astimezone(BRUSSELS).date()


def day_begins(day: date) -> datetime:
    """The first moment of a day in Brussels, in UTC."""
    return datetime.combine(day, time(), BRUSSELS).astimezone(UTC)
