"""The words that people order with, in French, Dutch, German and English: numbers, months, weekdays, publications."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import product
from pathlib import Path

from orders.catalogue.models import Kind


def plain(text: str) -> str:
    """Small letters without accents, sign by sign: a place in the plain text is the same place in the text."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign.replace("’", "'"))[:1].lower()
    return base if len(base) == 1 else sign


_UNITS = {
    **{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9},
    **{"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16},
    **{"dix-sept": 17, "dix-huit": 18, "dix-neuf": 19},
    **{"een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10},
    **{"elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17},
    **{"achttien": 18, "negentien": 19},
    **{"ein": 1, "eine": 1, "einen": 1, "zwei": 2, "drei": 3, "funf": 5, "sechs": 6, "sieben": 7, "neun": 9},
    **{"zehn": 10, "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16, "siebzehn": 17},
    **{"achtzehn": 18, "neunzehn": 19},
    **{"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19, "dozen": 12, "douzaine": 12, "dizaine": 10, "quinzaine": 15, "dozijn": 12},
    **{"dutzend": 12, "vingtaine": 20, "trentaine": 30, "cinquantaine": 50, "centaine": 100, "cent": 100},
    **{"honderd": 100, "hundert": 100, "hundred": 100},
}
_TENS = {
    **{"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "nonante": 90},
    **{"soixante-dix": 70, "quatre-vingt": 80, "quatre-vingts": 80, "quatre-vingt-dix": 90},
    **{"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80},
    **{"zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80},
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
    **{"negentig": 90, "neunzig": 90, "dreißig": 30},
}


_ONES = {word: number for word, number in _UNITS.items() if number < 10}
_TENS_FIRST = ("-et-", " et ", "-", " ")
_ONES_FIRST = ("en", "und")


def _all_numbers() -> dict[str, int]:
    """Every number below a hundred as these languages write it: `vingt-quatre`, `vierentwintig`, `twenty-four`."""
    found = {**_UNITS, **_TENS}
    for (ten, tens), (one, ones) in product(_TENS.items(), _ONES.items()):
        found |= {f"{ten}{joint}{one}": tens + ones for joint in _TENS_FIRST}
        found |= {f"{one}{joint}{ten}": tens + ones for joint in _ONES_FIRST}
    return found


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


NUMBERS = _all_numbers()
# Put together from its parts: a list of all seven thousand takes a second to compile.
NUMBER = (
    rf"(?:[0-9]{{1,4}}|{_any_of(_ONES)}{_any_of(_ONES_FIRST)}{_any_of(_TENS)}"
    rf"|{_any_of(_TENS)}{_any_of(_TENS_FIRST)}{_any_of(_ONES)}|{_any_of(_UNITS | _TENS)})"
)
"""A number in digits or words, in a plain text."""


def number_of(text: str) -> int:
    return int(text) if text.isdecimal() else NUMBERS[text]


_MONTHS = (
    "janv(?:ier)?|januar[yi]?|jan|janner",
    "fevr?(?:ier)?|februar[yi]?|feb",
    "mars|maart|marz|march|mar",
    "avril|avr|april|apr",
    "mai|mei|may",
    "juin|juni|june|jun",
    "juillet|juil|juli|july|jul",
    "aout|augustus|august|aug",
    "septembre|september|sept|sep",
    "octobre|oktober|october|okt|oct",
    "novembre|november|nov",
    "decembre|dezember|december|dec|dez",
)
MONTH = "|".join(f"(?P<month{n}>{names})" for n, names in enumerate(_MONTHS, 1))

_WEEKDAYS = (
    "lundi|maandag|montag|monday",
    "mardi|dinsdag|dienstag|tuesday",
    "mercredi|woensdag|mittwoch|wednesday",
    "jeudi|donderdag|donnerstag|thursday",
    "vendredi|vrijdag|freitag|friday",
    "samedi|zaterdag|samstag|saturday",
    "dimanche|zondag|sonntag|sunday",
)
WEEKDAY = "|".join(f"(?P<weekday{n}>{names})" for n, names in enumerate(_WEEKDAYS))
ANY_WEEKDAY = "|".join(_WEEKDAYS)

KINDS = {
    Kind.MANUAL: r"manuels?|handleiding(?:en)?|handbuch(?:er|ern)?|manuals?|guides?|gids(?:en)?",
    Kind.BOOKLET: (
        r"livrets?(?: d'activites?)?|carnets?(?: d'activites?)?|(?:activiteiten)?boekjes?|(?:aktivitaten)?hefte?n?|"
        r"(?:activity )?booklets?|cahiers?(?: d'activites?)?"
    ),
}
BOTH = r"de chaque(?: sorte)?|chacun|van elk|van allebei|van beide|von jedem|von beiden?|je|of each|of both"

PICKUP = (
    r"(?:je |nous |on )?(?:viens?|venons|passe(?:rai|rons)?|vient)(?: les| la| le)? (?:chercher|prendre|retirer)|"
    r"a retirer(?: au bureau)?|retrait(?: au bureau)?|"
    r"(?:ik|we|wij) (?:kom|komen)(?: ze| het)? (?:zelf )?(?:afhalen|ophalen|halen)|(?:wordt|worden)? ?afgehaald|"
    r"(?:zelf )?afhalen|afhaling|"
    r"(?:ich|wir) holen?(?: sie| es)?[ |]{1,60}(?:selbst )?ab|(?:selbst )?abholen|abholung|"
    r"(?:i|we)(?:'ll| will)?(?: come (?:and|to))? (?:pick|collect)(?: them| it)?(?: up)?(?: ourselves)?|"
    r"pick ?up|collection"
)

FILLERS = frozenset(Path(__file__).with_name("fillers.txt").read_text(encoding="utf-8").split())
"""Words that carry nothing of an order: what is left beside them is shown as not understood."""
