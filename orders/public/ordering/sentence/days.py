"""Finds the day by which copies are needed in an order's sentence: a date, a weekday, or so many days from now."""

import re
from datetime import date, timedelta

from orders.public.ordering.sentence.words import ANY_WEEKDAY, MONTH, NUMBER, WEEKDAY, number_of

_LEAD = (
    r"(?:(?:avant|pour|d'ici|jusqu'(?:au|a)|au plus tard|voor|tegen|uiterlijk|ten laatste|op|bis|spatestens|fur|vor|"
    r"before|by|until|for|on|no later than|le|la|les|the|zum|zur|am|den|dem|der|de|het|au|ce|cette|this|deze|diesen|"
    r"nachsten|kommenden)\s+){0,4}"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:er|e|\.|st|nd|rd|th)?"
_YEAR = r"(?:[\s,]+(?P<year>20[0-9]{2}))?"
_OF_MONTH = re.compile(
    rf"\b{_LEAD}(?:(?:{ANY_WEEKDAY})[\s,]+)?(?:(?:le|den|the|de)\s+)?{_DAY}\s+(?:of\s+)?(?:{MONTH})\b\.?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"\b{_LEAD}(?:(?:{ANY_WEEKDAY})[\s,]+)?(?:{MONTH})\s+{_DAY}(?![0-9]){_YEAR}")
_IN_DIGITS = re.compile(
    rf"\b{_LEAD}(?P<day>[0-9]{{1,2}})[/.-](?P<month>[0-9]{{1,2}})(?:[/.-](?P<year>20[0-9]{{2}}|[0-9]{{2}}))?(?![/0-9])"
)
_ISO = re.compile(rf"\b{_LEAD}(?P<year>20[0-9]{{2}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})\b")
_WEEKDAY = re.compile(
    rf"\b{_LEAD}(?:prochain |volgende (?:week )?|nachste[nr]? |kommenden? |next )?(?:{WEEKDAY})"
    r"(?:\s(?:prochain|qui vient))?\b"
)
_IN_TIME = re.compile(
    rf"\b(?:dans|d'ici|over|binnen|in|within)\s+(?P<many>{NUMBER})\s+"
    r"(?:(?P<weeks>semaines?|weken|week|wochen?|weeks?)|(?P<days>jours?|dagen|dag|tagen?|days?))\b"
)
_NEAR = re.compile(
    rf"\b{_LEAD}(?:(?P<after>apres-demain|overmorgen|ubermorgen)|(?P<tomorrow>demain|morgen|tomorrow))\b"
)


def find_day(text: str, today: date) -> tuple[date, tuple[int, int]] | None:
    """The day that a plain text names, and where it stands. A day without its year is the next one there is."""
    for pattern in (_ISO, _OF_MONTH, _MONTH_FIRST, _IN_DIGITS):
        for found in pattern.finditer(text):
            if day := _dated(found, today):
                return day, found.span()
    return _relative(text, today)


def _relative(text: str, today: date) -> tuple[date, tuple[int, int]] | None:
    if soon := _IN_TIME.search(text):
        return today + timedelta(days=number_of(soon["many"]) * (7 if soon["weeks"] else 1)), soon.span()
    if near := _NEAR.search(text):
        return today + timedelta(days=2 if near["after"] else 1), near.span()
    if named := _WEEKDAY.search(text):
        wanted = next(n for n in range(7) if named[f"weekday{n}"])
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1), named.span()
    return None


def _dated(found: re.Match[str], today: date) -> date | None:
    groups = found.groupdict()
    month = int(groups.get("month") or next((n for n in range(1, 13) if groups.get(f"month{n}")), 0))
    year = int(groups["year"] or 0)
    years = (year + 2000 if year < 100 else year,) if year else (today.year, today.year + 1)
    for each in years:
        try:
            day = date(each, month, int(groups["day"]))
        except ValueError:
            return None
        if day >= today or year:
            return day
    return None
