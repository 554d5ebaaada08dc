"""Numbers and days as people here write them, in the language of the page."""

from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from orders.clock import BRUSSELS, local_day, now
from orders.wording.translation.languages import LOCALES, current_language

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
DAY = {"fr": "dd/MM/y", "nl": "dd/MM/y", "de": "dd.MM.y", "en": "dd/MM/y"}
SHORT_DAY = {"fr": "d MMMM", "nl": "d MMMM", "de": "d. MMMM", "en": "d MMMM"}
LONG_DAY = {"fr": "d MMMM y", "nl": "d MMMM y", "de": "d. MMMM y", "en": "d MMMM y"}


def day(value: date) -> str:
    """`20/11/2026`, `20.11.2026`."""
    return format_date(value, DAY[current_language()], locale=_locale())


def long_day(value: date) -> str:
    """`20 novembre 2026`, `1er décembre 2026`, `20. November 2026`."""
    return _in_words(value, LONG_DAY[language := current_language()], language)


def short_day(value: date) -> str:
    """`20 novembre`, `1er décembre`, `20. November`: of a year that nobody doubts."""
    return _in_words(value, SHORT_DAY[language := current_language()], language)


@lru_cache(maxsize=1024)
def _in_words(value: date, pattern: str, language: str) -> str:
    written = format_date(value, pattern, locale=LOCALES[language])
    return f"1er{written[1:]}" if value.day == 1 and language == "fr" else written


def named_day(value: date) -> str:
    """`lundi 7 décembre`, `Montag, 7. Dezember`: of a day that is near."""
    comma = "," if current_language() == "de" else ""
    return f"{weekday(value)}{comma} {short_day(value)}"


def weekday(value: date) -> str:
    """`vendredi`, `Freitag`."""
    return format_date(value, "EEEE", locale=_locale())


def hour(value: time) -> str:
    """`19:30` in every language: nobody takes it for something else."""
    return value.strftime("%H:%M")


def moment(value: datetime) -> str:
    """`20/11/2026 14:05`, by the clock in Brussels."""
    pattern = f"{DAY[current_language()]} HH:mm"
    return format_datetime(value, pattern, tzinfo=BRUSSELS, locale=_locale())


def clock_or_moment(value: datetime) -> str:
    """`9:40` of today; of another day `20/11/2026 09:40`."""
    there = value.astimezone(BRUSSELS)
    return f"{there.hour}:{there:%M}" if there.date() == local_day(now()) else moment(value)


def number(value: float) -> str:
    """`282 609`, `282.609`, `282,609`; `98,4` with a decimal."""
    return _number(value, _locale())


@lru_cache(maxsize=1024)
def _number(value: float, locale: str) -> str:
    return format_decimal(value, locale=locale).replace(NARROW_NO_BREAK, NO_BREAK)


def kilometres(value: float) -> str:
    """`2,4 km`, and whole ones from 10 on: nobody goes as the crow flies."""
    return f"{number(round(value, 1) if value < 9.95 else round(value))}{NO_BREAK}km"


def euros(cents: int) -> str:
    """`4,50 €`, `€ 4,50`, `€4.50`."""
    return format_currency(cents / 100, "EUR", locale=_locale()).replace(NARROW_NO_BREAK, NO_BREAK)


def _locale() -> str:
    return LOCALES[current_language()]


def signed(value: int) -> str:
    """`+12`, `−3` or `0`."""
    return f"{'+' if value > 0 else '−'}{number(abs(value))}" if value else "0"
