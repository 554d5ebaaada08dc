"""The words printed on labels, slips and lists, in four languages, from a catalogue of their own (gettext).

The sentences in the code are French; `labels/locale/<language>/LC_MESSAGES/labels.po` holds the others.
After a change: `pybabel compile -d labels/locale -D labels`.
"""

from datetime import date
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

LANGUAGES = ("fr", "nl", "de", "en")

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


def french(sentence: str) -> str:
    """A sentence with the no-break spaces that French wants before `: ; ! ? % »` and after `«`."""
    for sign in ":;!?%»":
        sentence = sentence.replace(f" {sign}", f"\u00a0{sign}")
    return sentence.replace("« ", "«\u00a0")


class _French(NullTranslations):
    """The sentences as they stand in the code."""

    def gettext(self, message: str) -> str:
        return french(message)


@cache
def words(language: str) -> NullTranslations:
    """The catalogue of a language; French for any that there is none of."""
    if language not in LANGUAGES[1:]:
        return _French()
    return translation("labels", Path(__file__).with_name("locale"), [language])


def spelled_date(day: date, language: str) -> str:
    """`31 janvier 2027`, `31. Januar 2027`: with no-break spaces, so that it stays on one line."""
    say = words(language).gettext
    number = say("1er") if day.day == 1 else str(day.day)
    text = say("{day} {month} {year}").format(day=number, month=say(_MONTHS.split()[day.month - 1]), year=day.year)
    return text.replace(" ", "\u00a0")
