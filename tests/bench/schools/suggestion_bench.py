"""CPU of a keystroke in the field for a school: `python -m tests.bench.schools.suggestion_bench`.

20,000 made-up places on both databases; what is typed finds many, one, one with a typing error, or nothing. Exit status
1 when the slowest takes more than its bound.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from orders.clock import now
from orders.database import transact
from orders.directory import importing, suggestions
from orders.directory.list_reader import ListedPlace, ListedSchool
from orders.maps.postcode_points import points
from orders.schema.migrating import upgrade
from orders.staff.journal import Actor
from tests.bench.labels_bench import told
from tests.bench.order_bench import postgresql, sqlite
from tests.conftest import make_app

PLACES = 20_000
MOST_MS = 3.0
TIMES = 20
KINDS = (
    "École communale",
    "École fondamentale libre",
    "Athénée royal",
    "Institut",
    "Collège",
    "Lycée",
    "École primaire",
)
SYLLABLES = [
    "ba",
    "cor",
    "del",
    "fran",
    "gil",
    "hau",
    "jo",
    "lin",
    "mar",
    "nou",
    "or",
    "pré",
    "ron",
    "sau",
    "ti",
    "val",
    "wé",
    "xa",
]
TYPED = (
    *("éco", "ecole", "athenee royal", "1000 institut", "institut saint", "zzzzq", "xyloph", "athenee zzzzzz"),
    *("qqqqqqqq wwwwwww", "ecole communele", "fondamentale communale qwertz", "zzzzq aaaab ccccd ddddf eeeeg ffffh"),
    *("fondamentale institut valcor", "secondaire valcor marxa", "ecole fondamentale institut valcro marxa"),
)


def _made_up() -> Iterator[ListedPlace]:
    chance = random.Random(1)  # noqa: S311 the same schools each time
    codes = list(points())

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()

    for number in range(PLACES):
        street, postcode = f"Rue {word()}", chance.choice(codes)
        place = ListedPlace(number, str(number), street, "1", "", "", postcode, word(), word(), None, None)
        place.schools["1"] = ListedSchool("1", f"{chance.choice(KINDS)} {word()} {word()}")
        yield place


def _slowest(name: str) -> float:
    slowest = 0.0
    for typed in TYPED:
        suggestions.suggest(typed)
        begun = time.process_time()
        for _ in range(TIMES):
            found = suggestions.suggest(typed)
        milliseconds = 1000 * (time.process_time() - begun) / TIMES
        sys.stdout.write(f"     {name}: {typed!r} {milliseconds:.2f} ms, {len(found)} found\n")
        slowest = max(slowest, milliseconds)
    return slowest


def measure(name: str, url: str, folder: Path) -> bool:
    app = make_app(url, folder)
    with app.app_context():
        upgrade()
        places = {place.number: place for place in _made_up()}
        transact(importing.take_over, "bench", places, at=now(), by=Actor("command"))
        return told(f"{name}: a keystroke at 20,000 places", _slowest(name), MOST_MS, "ms CPU", at_least=False)


def main() -> int:
    good = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database() as (url, _spent):
            good.append(measure(name, url, Path(folder)))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
