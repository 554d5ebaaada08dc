"""Every place of an official list on paper: `python -m tests.bench.schools.paper_bench`.

`PLI_SCHOOL_LIST` is the path of the list (see `name_bench`). All places are printed as labels and as slips; the text of
both PDFs is read back with poppler, and every word of every address has to stand on its page. Exit status 1 when one
is missing.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path

from labels import AddressLabel, Slip, SlipLine, print_addresses, print_slips
from labels.sheets import DEFAULT
from orders.addresses import PostalAddress
from orders.directory import list_reader
from orders.directory.list_reader import ListedPlace
from orders.directory.readable_names import readable
from tests.bench.schools.name_bench import LIST
from tests.labels.pdf_reading import text_of

A_LETTER = (SlipLine("MAN26", "Manuel", 24),)


def _address(place: ListedPlace) -> tuple[str, ...]:
    """The lines that an order of a teacher of the first school there has."""
    school = next(iter(place.schools.values()))
    organisation = readable(school.official_name, place.postcode)
    address = PostalAddress(
        "Mme Zoé Dupont-Łukasiewicz",
        place.street,
        place.house,
        place.postcode,
        place.town,
        box=place.box,
        building=place.building,
        organisation=organisation,
    )
    return address.lines()


def _words(*lines: str) -> list[str]:
    """The words of lines; a line may break after a hyphen."""
    return [word for line in lines for word in re.split(r"[\s-]+", line) if word]


def _missing(name: str, pdf: bytes, addresses: Sequence[tuple[str, ...]], a_page: int) -> int:
    """How many words of the addresses are not on the page where they belong; the first are told."""
    pages = text_of(pdf).split("\f")
    waiting = iter(addresses)
    missing: list[str] = []
    for number, page in enumerate(pages, start=1):
        expected = Counter(word for lines in islice(waiting, a_page) for word in _words(*lines))
        missing += [f"page {number}: {word}" for word in (expected - Counter(_words(page))).elements()]
    missing += [f"no page: {lines}" for lines in waiting]
    for each in missing[:10]:
        sys.stdout.write(f"     {name}: {each}\n")
    return len(missing)


def _printed(name: str, addresses: Sequence[tuple[str, ...]], a_page: int, draw: Callable[[BytesIO], object]) -> bool:
    out = BytesIO()
    draw(out)
    missing = _missing(name, out.getvalue(), addresses, a_page)
    words = sum(len(_words(*lines)) for lines in addresses)
    figures = f"{len(addresses)} addresses, {words} words, {missing} missing"
    sys.stdout.write(f"{'MISS' if missing else 'ok  '} {name}: {figures}\n")
    return not missing


def main() -> int:
    path = os.environ.get(LIST, "")
    if not path:
        sys.stdout.write(f"schools on paper: skipped, {LIST} names no list\n")
        return 0
    addresses = [_address(place) for place in list_reader.read(Path(path)).places.values()]

    def labels() -> Iterator[AddressLabel]:
        return (AddressLabel(lines, sequence=number) for number, lines in enumerate(addresses, start=1))

    def slips() -> Iterator[Slip]:
        return (Slip(lines, "", number, "", "fr", A_LETTER) for number, lines in enumerate(addresses, start=1))

    good = [
        _printed("labels", addresses, 14, lambda out: print_addresses(labels(), DEFAULT, out=out)),
        _printed("slips", addresses, 1, lambda out: print_slips(slips(), out=out)),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
