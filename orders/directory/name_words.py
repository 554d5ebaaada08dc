"""The words of names of schools, as they are compared: without accents and case, short forms in full."""

import re
import unicodedata
from collections.abc import Iterator

_ARTICLES = "a au aux d de des du en et het l la le les n no nr of van"
NOISE = frozenset(_ARTICLES.split())
_SHORT = {
    "st": "saint",
    "sts": "saint",
    "ste": "saint",
    "stes": "saint",
    "sainte": "saint",
    "saints": "saint",
    "saintes": "saint",
    "sint": "saint",
    "bxl": "bruxelles",
    "ath": "athenee",
    "ka": "koninklijk",
    "r": "rue",
    "av": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "ch": "chaussee",
    "pl": "place",
}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_WORD = re.compile(r"[a-z]+|[0-9]+")
LONGEST = 100  # letters of a name, or of what somebody types, that are looked at


def words(text: str) -> list[str]:
    """The words of a text, in order; letters and digits that stand together are two words.

    >>> words("École communale n°3 « Les P'tits »"), words("St-Fr. Xavier")
    (['ecole', 'communale', 'n', '3', 'les', 'p', 'tits'], ['st', 'fr', 'xavier'])
    """
    plain = unicodedata.normalize("NFKD", text[:LONGEST].casefold().translate(_LIGATURES))
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def in_full(word: str) -> str:
    """A word, or the word that it is the usual short form of."""
    return _SHORT.get(word, word)


def initials(name_words: list[str]) -> Iterator[str]:
    """The initials of two to five words in a row: `ar`, `arj`, `rj` of `Athénée royal Jean`."""
    letters = [word[0] for word in name_words if word not in NOISE and not word[0].isdigit()]
    for start in range(len(letters)):
        for end in range(start + 2, min(start + 6, len(letters) + 1)):
            yield "".join(letters[start:end])
