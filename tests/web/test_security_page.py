"""Every promise of docs/security.md names tests, and they are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    line
    for line in (ROOT / "docs" / "security.md").read_text().splitlines()
    if line.startswith("| ") and line != "| promise | test |"
]


def test_every_promise_names_a_test() -> None:
    assert len(ROWS) > 20
    assert [row for row in ROWS if "`tests/" not in row.split(" | ")[-1]] == []


def test_every_test_that_is_named_is_there() -> None:
    named = [name for row in ROWS for name in re.findall(r"`(tests/[^`]+)`", row)]
    assert [name for name in named if not is_there(*name.split("::"))] == []


def is_there(path: str, beginning: str = "") -> bool:
    file = ROOT / path
    return file.exists() and (not beginning or f"\ndef {beginning}" in file.read_text())
