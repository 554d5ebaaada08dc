"""`docs/architecture.md` shows the floors that are enforced, and names functions that exist."""

import ast
import re
import tomllib

import pytest

from tests import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)))


def functions(module: str) -> set[str]:
    """Names of all functions and methods of a module."""
    tree = ast.parse((ROOT / module).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def floors_in_the_picture() -> list[set[str]]:
    picture = PAGE.split("```")[1].strip()
    return [set(line.split("  ")[0].split(" | ")) for line in picture.splitlines()]


def floors_in_the_contract() -> list[set[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == ["orders"])
    return [set(re.findall(r"\w+", layer)) for layer in layers]


def test_the_picture_shows_the_floors_that_are_enforced() -> None:
    assert floors_in_the_picture() == floors_in_the_contract()


def test_every_room_has_its_line() -> None:
    rooms = {name for floor in floors_in_the_contract()[:-1] for name in floor}
    described = set(re.findall(r"^\| `orders/(\w+)", PAGE, re.MULTILINE))
    assert rooms - described == set()


def test_the_three_walks_name_functions() -> None:
    walks = re.findall(r"^### (?:An order|A delivery|A mail)$.*?(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
    assert [len(re.findall(r"\.py::", walk)) > 5 for walk in walks] == [True, True, True]


@pytest.mark.parametrize(("module", "function"), NAMED)
def test_a_named_function_exists(module: str, function: str) -> None:
    assert function in functions(module)
