"""The few words of labels, slips and lists, in four languages, from a catalogue of their own (gettext).

The sentences in the code are French; `labels/locale/<language>/LC_MESSAGES/labels.po` holds the others.
After a change: `pybabel compile -d labels/locale -D labels`.
"""

from datetime import date
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

LANGUAGES = ("fr", "nl", "de", "en")

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


@cache
def words(language: str) -> NullTranslations:
    """The catalogue of a language; French for any that there is none of."""
    locale = Path(__file__).with_name("locale")
    return translation("labels", locale, [language], fallback=True)


def spelled_date(day: date, language: str) -> str:
    """`31 janvier 2027`, `31. Januar 2027`: with no-break spaces, so that it stays on one line."""
    say = words(language).gettext
    number = say("1er") if day.day == 1 else str(day.day)
    text = say("{day} {month} {year}").format(day=number, month=say(_MONTHS.split()[day.month - 1]), year=day.year)
    return text.replace(" ", "\u00a0")
