"""How well names of schools are told apart and known again: `python -m tests.bench.schools.name_bench`, on a real list.

`PLI_SCHOOL_LIST` is the path of the list of the Fédération Wallonie-Bruxelles, which is not part of this repository.
Exit status 1 when a bound is missed.

Two schools are different when the list gives them two numbers. Several places of one school bear one name: nothing but
the number tells them apart, so such pairs are not counted.
"""

import os
import random
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from orders.directory import list_reader
from orders.directory.list_reader import ListedPlace, ListedSchool
from orders.ordering.review.name_likeness import is_same_organisation
from tests.bench.labels_bench import told

LIST = "PLI_SCHOOL_LIST"
CALLED_THE_SAME = 3.0  # per thousand pairs of different schools
FOUND = 97.0  # per cent of names written in another way
MICROSECONDS = 50.0  # CPU of a comparison
EVERY = 4  # one name in four is written in all ways

_SHORT = (
    "fondamentale>fond. communale>comm. primaire>prim. maternelle>mat. Ecole>Ec. École>Éc. Institut>Inst. "
    "INSTITUT>INST. Collège>Coll. COLLEGE>COLL. Sainte>Ste SAINTE>STE Saint>St SAINT>ST provincial>prov. "
    "enseignement>ens. spécialisé>spéc. technique>tech. Notre-Dame>ND NOTRE-DAME>ND"
)


def _short_forms(name: str) -> str:
    for each in _SHORT.split():
        word, _, short = each.partition(">")
        name = re.sub(rf"\b{word}\b", short, name)
    return name


def _without_accents(name: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))


def _without_school(name: str) -> str:
    level = "(?:fondamentale|primaire|maternelle)"
    shorter = re.sub(rf"(?i)\b[ée]cole {level}\b ?(?:ordinaire)?", "", name, count=1)
    if shorter == name:
        shorter = re.sub(rf"(?i)\b[ée]cole (communale|libre|autonome|provinciale) {level}\b", r"\1", name, count=1)
    return " ".join(shorter.split()).strip(" -,")


def _mistyped(name: str, how: Callable[[str, int], str]) -> str:
    """One typing error in the longest word, where it has six letters; anywhere but at its beginning."""
    word = max(re.findall(r"\w+", name), key=len)
    if len(word) < 6:
        return name
    at = random.Random(name).randrange(2, len(word) - 1)  # noqa: S311 a typing error, no secret
    return name.replace(word, how(word, at), 1)


WAYS: Mapping[str, Callable[[str, str], str]] = {
    "in capitals": lambda name, _: _without_accents(name).upper(),
    "in small letters": lambda name, _: _without_accents(name).lower(),
    "in short forms": lambda name, _: _short_forms(name),
    "AR": lambda name, _: re.sub(r"(?i)\bath[ée]n[ée]e royal\b", "AR", name),
    "without École fondamentale": lambda name, _: _without_school(name),
    "without its network": lambda name, _: re.sub(r"(?i) \b(?:libre|communale?|autonome|mixte)\b", "", name),
    "two letters exchanged": lambda name, _: _mistyped(name, lambda w, n: w[: n - 1] + w[n] + w[n - 1] + w[n + 1 :]),
    "a letter missing": lambda name, _: _mistyped(name, lambda w, n: w[:n] + w[n + 1 :]),
    "a letter twice": lambda name, _: _mistyped(name, lambda w, n: w[:n] + w[n] + w[n:]),
    "without signs": lambda name, _: " ".join(re.sub(r"[-'\"’.,()]", " ", name).split()),
    "the town first": lambda name, town: f"{town} - {name}",
    "the town last": lambda name, town: f"{name}, {town}",
}


def _schools(places: Mapping[str, ListedPlace]) -> Iterator[tuple[ListedPlace, ListedSchool]]:
    for place in places.values():
        for school in place.schools.values():
            yield place, school


def called_the_same(places: Mapping[str, ListedPlace]) -> tuple[float, float]:
    """How many of a thousand pairs of different schools of one postcode are called the same; microseconds a pair."""
    by_postcode: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for place, school in _schools(places):
        by_postcode[place.postcode].setdefault(school.number, (school.official_name, place.town))
    pairs = [pair for schools in by_postcode.values() for pair in combinations(schools.values(), 2)]
    begun = time.process_time()
    same = sum(is_same_organisation(one, other, (here, there)) for (one, here), (other, there) in pairs)
    return 1000 * same / len(pairs), 1e6 * (time.process_time() - begun) / len(pairs)


def found(places: Mapping[str, ListedPlace]) -> float:
    """Per cent of names that are still known where they are written otherwise; the worst ways are told."""
    names = sorted({(school.official_name, place.town) for place, school in _schools(places)})[::EVERY]
    written: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for name, town in names:
        for way, write in WAYS.items():
            if (typed := write(name, town)) not in (name, ""):
                written[way] += 1
                known[way] += is_same_organisation(name, typed, (town, town))
    for way in written:
        sys.stdout.write(f"     {way}: {100 * known[way] / written[way]:.1f} % of {written[way]}\n")
    return 100 * sum(known.values()) / sum(written.values())


def main() -> int:
    path = os.environ.get(LIST, "")
    if not path:
        sys.stdout.write(f"names of schools: skipped, {LIST} names no list\n")
        return 0
    places = list_reader.read(Path(path)).places
    share, microseconds = called_the_same(places)
    good = [
        told("different schools called the same", share, CALLED_THE_SAME, "‰", at_least=False),
        told("names written otherwise, found", found(places), FOUND, "%", at_least=True),
        told("comparing two names", microseconds, MICROSECONDS, "µs", at_least=False),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
