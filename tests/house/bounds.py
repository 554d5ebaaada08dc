"""How large a part may be: `[tool.house]` in pyproject.toml, with what was larger when the bounds were set."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bounds:
    """`exceptions` say how large each part that was already larger may be: as large as it was."""

    modules_in_a_folder: int
    lines_of_a_module: int
    lines_of_a_test_module: int
    lines_of_a_function: int
    exceptions: Mapping[str, int]

    def for_module(self, name: str) -> int:
        return self.lines_of_a_test_module if name.startswith("tests/") else self.lines_of_a_module


def read_bounds(pyproject: Path) -> Bounds:
    return Bounds(**tomllib.loads(pyproject.read_text())["tool"]["house"])


def broken_bounds(
    bounds: Bounds, folders: Mapping[str, int], modules: Mapping[str, int], functions: Mapping[str, int]
) -> Iterator[str]:
    """A line for each part that has outgrown its bound, and for each exception that is no longer needed."""
    limits = {name: bounds.for_module(name) for name in modules}
    limits |= dict.fromkeys(functions, bounds.lines_of_a_function)
    for folder, count in folders.items():
        if count > bounds.modules_in_a_folder:
            yield f"{folder} has {count} modules; {bounds.modules_in_a_folder} are allowed"
    for part, lines in {**modules, **functions}.items():
        if lines > (limit := max(limits[part], bounds.exceptions.get(part, 0))):
            yield f"{part} has {lines} lines; {limit} are allowed"
    for part in bounds.exceptions:
        lines = modules.get(part) or functions.get(part) or 0
        if lines <= limits.get(part, 0):
            yield f"{part} needs its exception in pyproject.toml no more: take it out"
