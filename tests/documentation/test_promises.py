"""`docs/promises.md` names a test for each promise, and each of these tests exists."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests import ROOT

PAGE = (ROOT / "docs/promises.md").read_text()
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
PROMISES = [row for row in ROWS if row[0] != "promise"]
KEPT = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
NAMED = sorted(set(KEPT.findall(PAGE)))


@cache
def known_in(module: str) -> frozenset[str]:
    path = ROOT / module
    tree = ast.parse(path.read_text()) if path.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(("module", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_named_test_exists(module: str, name: str) -> None:
    assert name in known_in(module)


def test_each_promise_stands_once_with_where_it_is_said_and_what_keeps_it() -> None:
    assert len(PROMISES) >= 100
    assert [row[0] for row in PROMISES if len(row) != 3 or not row[1] or not KEPT.search(row[2])] == []
    assert [promise for promise, times in Counter(row[0] for row in PROMISES).items() if times > 1] == []
