"""Where made-up orderers live: real postcodes beside their places, more in towns, by the language that is spoken."""

import random
from collections.abc import Mapping, Sequence
from functools import cache

from orders.addresses import postcodes

GERMAN_SPEAKING = ("4700", "4701", "4710", "4711", "4720", "4721", "4728", "4730", "4731", "4750", "4760", "4770")
TOWNS: Mapping[str, Sequence[str]] = {
    "fr": (
        *("4000", "4020", "6000", "5000", "7000", "7500", "1300", "1348", "4800", "7100", "6700", "4500"),
        *("1000", "1030", "1050", "1060", "1070", "1080", "1180", "1190", "1200"),
    ),
    "nl": ("9000", "2000", "3000", "8000", "3500", "1700", "2800", "8500"),
    "de": ("4700",),
    "en": ("1000", "1040", "1050", "1150", "3080", "1410"),
}
PROVINCES: Mapping[str, Sequence[str]] = {
    "fr": ("Bruxelles", "Brabant wallon", "Liège", "Namur", "Hainaut", "Luxembourg"),
    "nl": ("Anvers", "Brabant flamand", "Limbourg", "Flandre-Occidentale", "Flandre-Orientale"),
    "en": ("Bruxelles", "Brabant wallon", "Brabant flamand"),
}
IN_TOWNS = 0.4


def place(pick: random.Random, language: str) -> tuple[str, str]:
    """A postcode and one of its places."""
    postcode = pick.choice(TOWNS[language] if pick.random() < IN_TOWNS else _codes(language))
    return postcode, pick.choice(postcodes.places(postcode))


@cache
def _codes(language: str) -> Sequence[str]:
    if language == "de":
        return GERMAN_SPEAKING
    spoken = [code for code in postcodes.listed() if postcodes.province(code) in PROVINCES[language]]
    return [code for code in spoken if code not in GERMAN_SPEAKING]
