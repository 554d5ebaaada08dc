"""Names of modules and functions in docstrings, comments and documents exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests import ROOT

MODULES = [path for folder in ("orders", "labels", "tests") for path in (ROOT / folder).rglob("*.py")]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]
PACKAGES = {path.parent.name for path in MODULES} | {"orders", "labels", "tests"}
DOTTED = re.compile(r"`([a-z_]+(?:\.[A-Za-z_]+)+)(?<!\.py)(?<!\.po)`")
FILE = re.compile(r"`((?:orders|labels|tests|docs|templates|migrations)/[\w./-]+\.\w+)")


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def names_by_module() -> dict[str, set[str]]:
    """What each module defines or imports, by its name without the package that it lies in as well."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        defined: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                defined.add(node.name)
            elif isinstance(node, ast.Name):
                defined.add(node.id)
            elif isinstance(node, ast.alias):
                defined.add(node.name.rpartition(".")[2])
        parts = dotted(path).split(".")
        for start in range(len(parts)):
            found.setdefault(".".join(parts[start:]), set()).update(defined)
    return found


def exists(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    known = names_by_module()
    return name in known or attribute in known.get(module, ())


@pytest.mark.parametrize("path", [*MODULES, *DOCUMENTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_text_names_exists(path: Path) -> None:
    text = path.read_text()
    names = [name for name in DOTTED.findall(text) if name.split(".")[0] in PACKAGES]
    missing = [name for name in names if not exists(name)]
    missing += [file for file in FILE.findall(text) if not (ROOT / file).exists()]
    assert missing == []
