"""Whether two names used at one postcode are one organisation's. `True` is a reason to ask, never to refuse an order.

What is kept of likeness by name: where both orders have a number of the directory, that decides (`duplicates`).
`make bench` measures it on the official list (`tests/bench/schools/name_bench.py`).
"""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import chain

from orders.ordering.review.matching import fold
from orders.ordering.review.organisation_names import WORDS, Name, codes, read_name

_OF_SECONDARY_SCHOOLS = frozenset({"athenee", "institut", "college", "lycee"})
Towns = tuple[str, str]


def is_same_organisation(a: str, b: str, towns: Towns | None = None) -> bool:
    """Tell whether two names used at one postcode are likely to be one organisation's; an empty one is nobody's.

    Both may leave words out, but must not contradict each other: in kind, network, level, number, saint, bank of the
    river. Where they share nothing but a place, or one is bare, the other may add no more than a place: `École
    communale` is `École communale de Ciney`, but neither `École communale n° 3` nor `École communale Le Tilleul`.

    `towns` are those of the two addresses. With them a name may add the town of the other address and no other place,
    a name that says only a kind is another one in another town, and where only a saint is shared no word may be left.

    >>> is_same_organisation("Athénée Royal de Namur", "AR Namur"), is_same_organisation("AR Namur", "AR Dinant")
    (True, False)
    >>> is_same_organisation("École communale", "École communale de Mont", ("Yvoir", "Mont"))
    False
    """
    one, other = read_name(a), read_name(b)
    there = (_town_words(towns[0]), _town_words(towns[1])) if towns else None
    is_elsewhere = there is not None and there[0].isdisjoint(there[1]) and not (one.words or other.words)
    if not one.key or not other.key or is_elsewhere:
        return False
    if one.key == other.key:
        return True
    if _contradict(one, other) or (there and one.end != other.end and not _have_numbers(one, other)):
        return False
    alike = one.says["marks"] == other.says["marks"] and _agree(one, other, there)
    return alike or _is_acronym_of(one, other) or _is_acronym_of(other, one)


def _contradict(one: Name, other: Name) -> bool:
    """Whether numbers, levels or networks are said by both, and not the same ones."""
    levels = _levels(one), _levels(other)
    if all(levels) and levels[0] != levels[1]:
        return True
    both = [(one.says[what], other.says[what]) for what in ("numbers", "networks")]
    return any(mine and theirs and mine.isdisjoint(theirs) for mine, theirs in both)


def _levels(name: Name) -> frozenset[str]:
    """The levels that a name says; an institute or a college that says none, and is no `école`, is a secondary one."""
    kinds = name.says["kinds"]
    if not name.says["levels"] and kinds & _OF_SECONDARY_SCHOOLS and "ecole" not in kinds:
        return frozenset({"secondaire"})
    return name.says["levels"]


def _have_numbers(one: Name, other: Name) -> bool:
    return one.end in other.says["numbers"] or other.end in one.says["numbers"]


def _agree(one: Name, other: Name, towns: tuple[frozenset[str], frozenset[str]] | None) -> bool:
    """Tell whether the words that make each name, and its kind, may be the same organisation's."""
    places = {w for w in one.places | other.places if all(w in n.places for n in (one, other) if w in n.words)}
    pairs, left, right = _paired(one, other, places)
    if towns:
        left = [word for word in left if word.lstrip("+") not in towns[1]]
        right = [word for word in right if word.lstrip("+") not in towns[0]]
    rest = left + right
    shared = [pair for pair in pairs if places.isdisjoint(pair) and len(min(pair, key=len)) > 2]
    if left and right and not (shared and places.issuperset(rest) and _one_lies_in_other(left, right)):
        return False
    names = [word for word, like in shared if word not in WORDS["common"] and like not in WORDS["common"]]
    own_names = [word for word in names if word[0] != "+"]
    if not _forms_agree(one, other, own_names, is_strict=bool(towns)) or (towns and rest and not own_names):
        return False
    if names or len(shared) > 1:
        kinds = one.says["kinds"], other.says["kinds"]
        return _is_same_kind(one, other) or not all(kinds) or len(kinds[0].union(kinds[1]) - {"ecole"}) < 2
    more = [] if places.issuperset(rest) else rest
    numbers = one.says["numbers"] == other.says["numbers"] and (not more or one.says["numbers"])
    same_form = one.says["forms"] == other.says["forms"]
    return bool(_is_same_kind(one, other) and same_form and numbers and "+" not in "".join(more))


def _paired(one: Name, other: Name, places: Collection[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """The words that are alike, and those of each name that have no partner."""
    pairs = [(w, o) for w in one.words for o in other.words if _is_alike(w, o, places)]
    left = [w for w in one.words if w not in {w for w, _ in pairs}]
    right = [o for o in other.words if o not in {o for _, o in pairs}]
    if left and right and _is_alike("".join(left), "".join(right), places):  # `Bon-Secours` and `Bonsecours`
        return [*pairs, (left[0], right[0])], [], []
    return pairs, left, right


def _one_lies_in_other(left: list[str], right: list[str]) -> bool:
    """Gilly lies in Charleroi; Leignon has Ciney's own code."""
    here, there = (set(chain(*map(codes, words))) for words in (left, right))
    return bool(here and there and (here < there or there < here))


def _forms_agree(one: Name, other: Name, own_names: list[str], *, is_strict: bool) -> bool:
    """Whether a special school or one for adults may leave that out: where it has a name of its own."""
    unlike = one.says["forms"] ^ other.says["forms"]
    return not unlike or (bool(own_names) and not is_strict and "promsoc" not in unlike)


def _is_same_kind(one: Name, other: Name) -> bool:
    kinds, forms, networks = ((one.says[what], other.says[what]) for what in ("kinds", "forms", "networks"))
    if kinds[0] == kinds[1] or not kinds[0].isdisjoint(kinds[1]):
        return True
    if all(kinds):
        return False
    is_left_out = kinds[0] | kinds[1] == {"ecole"} and networks[0] == networks[1] != frozenset()
    return any(forms) or is_left_out  # `communale de Ciney`


def _is_acronym_of(short: Name, full: Name) -> bool:
    """Tell whether one name is made of the other's initials: `ISJ Ciney` of `Institut Saint-Joseph de Ciney`."""
    rest = [word for word in short.words if word in short.places or word not in full.initials]
    can_be = len(rest) < len(short.words) and short.says["marks"] <= full.says["marks"] and all(map(codes, rest))
    return can_be and not (rest and full.places and full.places.isdisjoint(rest))


def _is_alike(one: str, other: str, places: Collection[str]) -> bool:
    """Tell whether two words are one: an initial, a plural, one slip in a long word; two places are two."""
    if one == other or (one in places and other in places) or (one[0] == "+") != (other[0] == "+"):
        return one == other
    short, long = sorted((one.lstrip("+"), other.lstrip("+")), key=lambda word: (len(word), word))
    if short[0] != long[0] or any(map(str.isdigit, short + long)):
        return False
    if len(short) < 3:
        return one[0] != "+" and long.startswith(short)
    if long in (f"{short}s", f"{short}x") or short.replace("y", "i") == long.replace("y", "i"):
        return True
    is_long = len(short) > 4 and (len(long) > 5 or one in places or other in places)
    return is_long and long != f"{short}e" and _is_slip(short, long)  # `Louise` is no slip of `Louis`


def _is_slip(short: str, long: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(short, long) < 2


@lru_cache(maxsize=8192)
def _town_words(town: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", fold(town)))
