"""Days as people in Belgium write them, in four languages: the one reader of days of every form, list and file."""

import re
import unicodedata
from datetime import date
from functools import cache

from babel.dates import get_day_names, get_month_names

_LANGUAGES = ("fr", "nl", "de", "en")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LONGEST = 60
_FEWEST_LETTERS = 3  # of a month
_TIME = r"(?:[t ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z|[+-][0-9:]{2,6})?)?"
_BETWEEN = r"\s*[-/. ]\s*"
_YEAR_FIRST = re.compile(
    rf"(?P<year>[0-9]{{4}}){_BETWEEN}(?P<month>[0-9]{{1,2}}){_BETWEEN}(?P<day>[0-9]{{1,2}}){_TIME}"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>[0-9]{{1,2}}){_BETWEEN}(?P<month>[0-9]{{1,2}}){_BETWEEN}(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_NO_SIGNS = (
    re.compile(r"(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])"),
    re.compile(r"(?P<day>[0-3][0-9])(?P<month>0[1-9]|1[0-2])(?P<year>20[0-9]{2})"),
)
_IN_NUMBERS = (_YEAR_FIRST, _DAY_FIRST, *_NO_SIGNS)
_NAMED = re.compile(
    r"(?P<day>[0-9]{1,2})(?:er|e|eme|ste|de|st|nd|rd|th)?[-/. ]*(?P<month>[a-z]{3,10})[-/., ]*"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,10})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})")
_OF = re.compile(r"^(?:le|de|den|der|am|on|the) | (?:of|de) ")
_BY = re.compile(r"^(?:avant|pour|d['’]ici|au plus tard|voor|tegen|ten laatste|vor|bis|spatestens|before|by) ")
_ARTICLE = re.compile(r"^(?:le|de|den|dem|der|op|am|zum|on|the) ")
_OTHER_SHORT_NAMES = {"mrz": 3}  # as German spreadsheet programs write it


def read_day(typed: str, *, last_year: int = _LAST_YEAR) -> date | None:
    """Read a day of this century; `None` for anything else. The day comes before the month, as everywhere here.

    >>> read_day("10.12.2026") == read_day("10-12-26") == read_day("jeudi 10 décembre 2026") == date(2026, 12, 10)
    True
    >>> read_day("2026-12-10 00:00:00"), read_day("10/12")
    (datetime.date(2026, 12, 10), None)
    """
    text = _plain(typed)
    if len(text) > _LONGEST:
        return None
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _IN_NUMBERS)), None)
    month = int(found["month"]) if found else 0
    if not found and (found := _NAMED.fullmatch(text) or _MONTH_FIRST.fullmatch(text)):
        month = _month(found["month"])
    if not found or not month:
        return None
    year = int(found["year"])
    year = year if year > 99 else _FIRST_YEAR + year
    try:
        return date(year, month, int(found["day"])) if _FIRST_YEAR <= year <= last_year else None
    except ValueError:
        return None


def _plain(text: str) -> str:
    """The text without case, accents, the name of a day of the week and what does not matter."""
    letters = unicodedata.normalize("NFKD", text[: 4 * _LONGEST].casefold())
    plain = " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
    words = _ARTICLE.sub("", _BY.sub("", plain)).split()
    if words and words[0].strip(",.") in _weekdays():
        del words[0]
    return _OF.sub(lambda found: " " if found.start() else "", " ".join(words)).strip(" .,")


def _month(name: str) -> int:
    """The month whose name, in any of the languages, begins so; 0 where it is none, or more than one."""
    if name in _OTHER_SHORT_NAMES:
        return _OTHER_SHORT_NAMES[name]
    months = {month for known, month in _months() if len(name) >= _FEWEST_LETTERS and known.startswith(name)}
    return months.pop() if len(months) == 1 else 0


@cache
def _months() -> frozenset[tuple[str, int]]:
    return frozenset(
        (_plain_name(name), month)
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, locale=language).items()
    )


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        _plain_name(name)
        for language in _LANGUAGES
        for width in ("wide", "abbreviated", "short")
        for name in get_day_names(width, locale=language).values()
    )


def _plain_name(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalpha())
