"""Numbers and days as people here write them."""

from datetime import date, datetime

from flask_babel import format_date

from orders.clock import BRUSSELS

NO_BREAK = "\u00a0"


def day(value: date) -> str:
    """`20/11/2026`."""
    return value.strftime("%d/%m/%Y")


def long_day(value: date) -> str:
    """`20 novembre 2026`, in the language of the page."""
    return str(format_date(value, "d MMMM y"))


def moment(value: datetime) -> str:
    """`20/11/2026 14:05`, by the clock in Brussels."""
    return value.astimezone(BRUSSELS).strftime("%d/%m/%Y %H:%M")


def number(value: int) -> str:
    """`282 609`, its thousands apart by a no-break space."""
    return f"{value:,}".replace(",", NO_BREAK)
