"""Prints the measures, then every broken bound; exit code 1 when there is one."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from tests import ROOT
from tests.house import measures
from tests.house.bounds import broken_bounds, read_bounds

PACKAGES = ("orders", "labels", "tests")
MAY_COMMIT = ["orders/database.py"]
DECISIONS = Path("docs/decisions")
SUITE_REPORT = ROOT / "instance/suite.xml"  # `make test` writes it
GOAL = 300  # seconds that a run of the suite may take on two cores that do nothing else


def main() -> int:
    files = measures.repository_files(ROOT)
    # A migration is never changed once it has landed, and Alembic looks for them in one folder.
    modules = [file for file in files if file.suffix == ".py" and file.parts[0] != "migrations"]
    sources = [module for module in modules if module.parts[0] in ("orders", "labels")]
    folders = measures.modules_by_folder(modules)
    lengths = measures.module_lengths(ROOT, modules)
    functions = measures.function_lengths(ROOT, modules)
    circle = measures.import_circle(*PACKAGES)
    committing = measures.committing_modules(ROOT, sources)
    naming = measures.files_naming_the_association(ROOT, files)
    twice = measures.numbers_used_twice(file for file in files if file.parent == DECISIONS)
    run = measures.last_suite_run(SUITE_REPORT)

    print("modules in a folder     ", ", ".join(f"{name} {count}" for name, count in folders.most_common(5)))
    print("lines of a module       ", _summary(_only(lengths, "orders/", "labels/")))
    print("lines of a test module  ", _summary(_only(lengths, "tests/")))
    print("lines of a function     ", _summary(functions))
    print("import circles          ", " → ".join(circle) or f"none among {len(modules)} modules")
    print("places that commit      ", ", ".join(committing))
    print("files that name who sends", ", ".join(naming) or "the starter profile only")
    print("decisions numbered twice", ", ".join(twice) or "none")
    print("last run of the suite   ", f"{run} (goal: {GOAL} s)" if run else "none here yet: `make test` notes it")

    broken = [*broken_bounds(read_bounds(ROOT / "pyproject.toml"), folders, lengths, functions)]
    broken += [*_broken_rules(circle, committing, naming, twice)]
    for line in broken:
        print(f"BROKEN: {line}")
    return 1 if broken else 0


def _broken_rules(circle: list[str], committing: list[str], naming: list[str], twice: list[str]) -> Iterator[str]:
    if circle:
        yield f"modules import each other: {' → '.join(circle)}"
    if committing != MAY_COMMIT:
        yield f"only {', '.join(MAY_COMMIT)} may commit"
    if naming:
        yield "only the starter profile may name the association"
    if twice:
        yield f"decisions share the numbers {', '.join(twice)}"


def _only(lengths: Mapping[str, int], *beginnings: str) -> dict[str, int]:
    return {name: length for name, length in lengths.items() if name.startswith(beginnings)}


def _summary(lengths: Mapping[str, int]) -> str:
    longest = sorted(lengths, key=lambda name: -lengths[name])[:3]
    listed = ", ".join(f"{name} {lengths[name]}" for name in longest)
    return f"{len(lengths)}, median {median(lengths.values()):.0f}, longest {listed}"


if __name__ == "__main__":
    sys.exit(main())
