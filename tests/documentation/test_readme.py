"""What the README and its neighbours name is there: settings with their defaults, commands, files."""

import re
from datetime import time
from typing import Any

import pytest
from flask import Flask

from orders.config import SETTINGS
from tests import ROOT

README = (ROOT / "README.md").read_text()
PAGES = {
    path.name: path.read_text()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"))
}
MADE = {
    "DATABASE_URL",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "WEB_PROCESSES",
    "METRICS_TOKEN",
    "BACKUP_FOLDER",
    "BACKUP_RECIPIENTS",
    "TWO_STEP_REQUIRED",
}  # without one the start makes it, or does without
SHOWN = {True: "true", False: "false"}


def settings_table() -> dict[str, str]:
    """The default that the README gives for each setting; those that share a row share it."""
    rows = re.findall(r"^\| (`PLI_.*?) \|.*\| (.*?) \|$", README, re.MULTILINE)
    found: dict[str, str] = {}
    for names, default in rows:
        named = re.findall(r"`(?:PLI)?_(\w+)`", names)
        defaults = re.findall(r"`([^`]*)`", default)
        prefix = named[0].split("_")[0]
        for place, name in enumerate(named):
            full = name if place == 0 or f"`PLI_{name}`" in names else f"{prefix}_{name}"
            found[full] = defaults[place] if len(defaults) == len(named) else default
    return found


def shown(default: Any) -> str:
    if isinstance(default, dict):
        return ",".join(f"{role}={number}" for role, number in default.items())
    if isinstance(default, time):
        return f"{default:%H:%M}"
    return SHOWN[default] if isinstance(default, bool) else str(default)


def test_the_table_of_settings_is_that_of_the_program() -> None:
    table = settings_table()
    assert set(table) == {each.name for each in SETTINGS}
    assert {name: table[name] for name in table if not _is_free(name)} == {
        each.name: shown(each.default) for each in SETTINGS if not _is_free(each.name)
    }


def _is_free(name: str) -> bool:
    return name in MADE or name.startswith("MAIL_")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_named_exists(app: Flask, page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", PAGES[page], re.MULTILINE)) <= targets
    for command in re.findall(r"(?:`|/)flask ([a-z]+(?: [a-z]+)?)", PAGES[page]):
        group, *rest = command.split()
        assert group in app.cli.commands, command
        inner = getattr(app.cli.commands[group], "commands", None)
        assert not rest or inner is None or rest[0] in inner, command


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_linked_exists(page: str) -> None:
    place = ROOT if (ROOT / page).exists() else ROOT / "docs"
    linked = [link.split("#")[0] for link in re.findall(r"\]\(([^):]+)\)", PAGES[page])]
    assert [link for link in linked if link and not (place / link).exists()] == []
