"""How fast and how small: `python -m tests.bench.labels_bench`. Exit status 1 when a bound is missed.

Every figure is the median of five runs, as a ratio to the plain ReportLab baseline in the same process, so that
it means the same on any machine. Nothing of this is in the ordinary tests.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from statistics import median
from typing import BinaryIO

from labels import AddressLabel, Slip, SlipLine, get_sheet, print_addresses, print_slips
from tests.bench.baselines import plain_labels

COUNT = 10_000
RUNS = 5
SHEET = get_sheet("L7163")

Draw = Callable[[BinaryIO], object]

_NAMES = ("Marie Dupont", "Şebnem Özgür", "Jean-Baptiste Vandenbussche", "Łukasz Nguyễn", "Zoé Lefèvre", "Ingrid Maes")
_FIRMS = ("École communale de Redu", "ASBL La Courte Échelle", "Groupe local 74", "Athénée royal Jean Absil")
_STREETS = (
    "Rue de la Senne",
    "Avenue des Droits de l’Homme",
    "Place de l’Église",
    "Boulevard du Souverain",
    "Grand-Place",
)
_TOWNS = ("5590 CINEY", "1120 NEDER-OVER-HEEMBEEK", "1050 IXELLES", "4300 WAREMME", "5540 HERMETON-SUR-MEUSE")


def addresses(count: int) -> list[tuple[str, ...]]:
    """Made-up addresses of three to five lines."""
    pick = random.Random(1)
    made = []
    for _ in range(count):
        optional = (pick.choice(_FIRMS), f"Bâtiment {pick.choice('ABC')}, {pick.randrange(1, 9)}e étage")
        street = f"{pick.choice(_STREETS)} {pick.randrange(1, 400)}" + pick.choice(
            ("", "", f" bte {pick.randrange(1, 40)}")
        )
        made.append((pick.choice(_NAMES), *optional[: pick.randrange(3)], street, pick.choice(_TOWNS)))
    return made


def reference(pick: random.Random) -> str:
    return "".join(pick.choices("BCDEFGHJKLNPRSTVX", k=8))


def pile_of_labels(count: int, *, barcode: bool) -> list[AddressLabel]:
    pick = random.Random(2)
    return [AddressLabel(lines, n, "", reference(pick), barcode=barcode) for n, lines in enumerate(addresses(count), 1)]


def pile_of_slips(count: int, *, has_links: bool) -> list[Slip]:
    pick = random.Random(3)
    manual, booklet = "Manuel du Marathon des lettres", "Livret d’activités pour les 6-10 ans"
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    return [
        Slip(
            lines,
            reference(pick),
            n,
            "",
            "fr",
            (SlipLine("MAN26", manual, pick.randrange(1, 60)), SlipLine("LIV26", booklet, pick.randrange(1, 40))),
            letters_back_by=date(2027, 1, 31),
            order_url="https://orders.example.org/o/" + "".join(pick.choices(letters, k=50)) if has_links else "",
            has_folding_booklet=has_links,
        )
        for n, lines in enumerate(addresses(count), 1)
    ]


def measured(*jobs: Draw) -> list[tuple[float, int]]:
    """CPU seconds (median) and bytes of each job; the jobs take turns, so that a busy machine slows them alike."""
    seconds: list[list[float]] = [[] for _ in jobs]
    sizes = [0] * len(jobs)
    for _ in range(RUNS):
        for place, job in enumerate(jobs):
            out = BytesIO()
            begun = time.process_time()
            job(out)
            seconds[place].append(time.process_time() - begun)
            sizes[place] = len(out.getvalue())
    return [(median(times), size) for times, size in zip(seconds, sizes, strict=True)]


def told(what: str, value: float, bound: float, unit: str, *, at_least: bool) -> bool:
    """Print a figure beside its bound; True if it holds."""
    holds = value >= bound if at_least else value <= bound
    sign = "≥" if at_least else "≤"
    sys.stdout.write(f"{'ok  ' if holds else 'MISS'} {what:<34} {value:8.1f} {unit:<14} bound {sign} {bound:g}\n")
    return holds


def compared(what: str, ours: Draw, plain: Draw, count: int, plain_count: int, faster: float, size: float) -> bool:
    """Measure ours against the baseline, which may print fewer pages; both are counted by the item."""
    (our_time, our_size), (plain_time, plain_size) = measured(ours, plain)
    ratio = (plain_time / plain_count) / (our_time / count)
    sys.stdout.write(
        f"     {what}: {count / our_time:,.0f}/s, plain ReportLab {plain_count / plain_time:,.0f}/s"
        f" and {plain_size / plain_count:.0f} bytes\n"
    )
    fast = told(what, ratio, faster, "times plain", at_least=True)
    return told(what, our_size / count, size, "bytes each", at_least=False) and fast


_MEMORY = """
import resource, sys
from labels import AddressLabel, get_sheet, print_addresses
from tests.bench.labels_bench import pile_of_labels
count = int(sys.argv[1])
pile = pile_of_labels(count, barcode=False)
print_addresses(pile[:1000], get_sheet("L7163"), out=open("/dev/null", "wb"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print_addresses(iter(pile), get_sheet("L7163"), out=open("/dev/null", "wb"))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / count)
"""


def memory(count: int) -> float:
    """Bytes a label that printing `count` labels adds to a process that holds them."""
    done = subprocess.run([sys.executable, "-c", _MEMORY, str(count)], capture_output=True, check=True, text=True)
    return float(done.stdout)


def main() -> int:
    """Measure everything; the exit status."""
    text, code = pile_of_labels(COUNT, barcode=False), pile_of_labels(COUNT, barcode=True)
    slips, linked = pile_of_slips(2000, has_links=False), pile_of_slips(2000, has_links=True)

    def labels_of(pile: list[AddressLabel]) -> Draw:
        return lambda out: print_addresses(pile, SHEET, out=out)

    def plain_labels_of(pile: list[AddressLabel]) -> Draw:
        return lambda out: plain_labels.labels(pile, SHEET, out)

    def slips_of(pile: list[Slip]) -> Draw:
        return lambda out: print_slips(pile, out=out)

    def plain_slips_of(pile: list[Slip]) -> Draw:
        return lambda out: plain_labels.slips(pile, out)

    holds = [
        compared("labels, text", labels_of(text), plain_labels_of(text), COUNT, COUNT, 10, 130),
        compared("labels with Code 128", labels_of(code), plain_labels_of(code[:2000]), COUNT, 2000, 24, 160),
        compared("slips", slips_of(slips), plain_slips_of(slips[:300]), 2000, 300, 28, 1000),
        compared("slips with QR code and folding", slips_of(linked), plain_slips_of(linked[:300]), 2000, 300, 18, 1300),
        told("memory of 100,000 labels", memory(100_000), 1000, "bytes each", at_least=False),
    ]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
