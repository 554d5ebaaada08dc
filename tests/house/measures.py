"""What is measured: each function takes the repository's root and files relative to it, and looks at nothing else."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from xml.etree import ElementTree

import grimp

from orders.association.profile import AssociationProfile
from orders.association.profile_cache import STARTER, starter_profile

NO_TEXT = {".png", ".mo", ".gz"}


def repository_files(root: Path) -> list[Path]:
    """Every file that is in the repository or about to be, relative to its root."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted(Path(name) for name in set(names) if name and (root / name).is_file())


def modules_by_folder(modules: Iterable[Path]) -> Counter[str]:
    return Counter(module.parent.as_posix() for module in modules)


def module_lengths(root: Path, modules: Iterable[Path]) -> dict[str, int]:
    return {module.as_posix(): len((root / module).read_text().splitlines()) for module in modules}


def function_lengths(root: Path, modules: Iterable[Path]) -> dict[str, int]:
    """Lines of every function and method, by `path::name`; of two with one name in one module the longer."""
    lengths: dict[str, int] = {}
    for module in modules:
        for node in ast.walk(ast.parse((root / module).read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                key = f"{module.as_posix()}::{node.name}"
                lengths[key] = max(lengths.get(key, 0), (node.end_lineno or node.lineno) - node.lineno + 1)
    return lengths


def calls(root: Path, module: Path) -> Iterator[str]:
    """The names that a module calls: `commit` for `db.session.commit()`."""
    for node in ast.walk(ast.parse((root / module).read_text())):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


def committing_modules(root: Path, modules: Iterable[Path]) -> list[str]:
    return [(root / module).relative_to(root).as_posix() for module in modules if "commit" in calls(root, module)]


def import_circle(*packages: str) -> list[str]:
    """Modules of which each imports the next and the last is the first again; empty where there is no such circle."""
    graph = grimp.build_graph(*packages, cache_dir=None)
    try:
        TopologicalSorter({each: graph.find_modules_directly_imported_by(each) for each in graph.modules}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def numbers_used_twice(decisions: Iterable[Path]) -> list[str]:
    """Numbers that more than one decision bears: `0014` for `0014-one.md` beside `0014-other.md`."""
    counts = Counter(decision.name.split("-")[0] for decision in decisions)
    return sorted(number for number, count in counts.items() if count > 1)


def files_naming_the_association(root: Path, files: Iterable[Path]) -> list[str]:
    """Files, other than the starter profile, that hold the association's name, street address or company number."""
    known = _identity_of(starter_profile())
    return [
        file.as_posix()
        for file in files
        if file.suffix not in NO_TEXT
        and root / file != STARTER
        and known.search((root / file).read_text("utf-8", errors="replace"))
    ]


def _identity_of(profile: AssociationProfile) -> re.Pattern[str]:
    streets = "|".join(re.escape(street) for street in profile.street.values())
    number = re.escape(profile.number)
    alternatives = [re.escape(name) for name in profile.name.values()]
    alternatives += [re.escape(text.split()[-1]) for text in profile.company_number.values()]
    alternatives += [rf"(?:{streets})\W+(?:n\W+)?{number}\b", rf"\b{number}\W+(?:{streets})"]
    return re.compile("|".join(alternatives), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SuiteRun:
    tests: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.tests} tests in {self.seconds:.0f} s"


def last_suite_run(report: Path) -> SuiteRun | None:
    """What `make test` noted about its last run on this machine, if there was one."""
    if not report.is_file():
        return None
    suite = ElementTree.parse(report).getroot().find("testsuite")
    return None if suite is None else SuiteRun(int(suite.attrib["tests"]), float(suite.attrib["time"]))
