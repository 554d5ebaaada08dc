"""The rules of the architecture: who commits, who opens transactions, which role opens a page."""

import ast
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from orders.office.access import role_needed
from orders.office.journal import words as journal_words
from orders.staff import journal_terms
from orders.staff.models import StaffRole
from tests import ROOT
from tests.house.measures import calls, committing_modules

MODULES = sorted((ROOT / "orders").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
WORDED = [
    *TEMPLATES,
    *(ROOT / "orders/wording").rglob("*.py"),
    *(ROOT / "orders/office").rglob("*.py"),
    *(ROOT / "orders/public").rglob("*.py"),
    ROOT / "orders/error_pages.py",
]
LATE = set(
    tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]["flake8-tidy-imports"][
        "banned-module-level-imports"
    ]
)
DOORS = ("public/", "office/", "signin/", "commands/")


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """A test adds a page to it."""
    return own_app


def name(module: Path) -> str:
    return module.relative_to(ROOT / "orders").as_posix()


def test_only_the_database_module_commits() -> None:
    assert committing_modules(ROOT, MODULES) == ["orders/database.py"]


def test_only_doors_open_transactions() -> None:
    openers = {name(module) for module in MODULES if {"transact", "transaction"} & set(calls(ROOT, module))}
    inside = {each for each in openers if not each.startswith(DOORS)}
    assert inside == {"database.py"}


def test_imports_stand_at_the_top_and_nobody_imports_the_one_who_puts_the_house_together() -> None:
    """Ruff refuses the libraries of `LATE` at the top; everything else is refused anywhere else."""
    for module in [*MODULES, *(ROOT / "labels").rglob("*.py")]:
        tree = ast.parse(module.read_text())
        inside = [
            node.lineno
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom) and not imported_packages(node) <= LATE
        ]
        assert inside == [], f"{module}: imports inside functions at {inside}"
        assert "create_app" not in module.read_text() or module.parent.name == "orders", module


def imported_packages(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
    return {each.partition(".")[0] for each in names}


def office_routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("office.")]


def address(rule: Rule) -> str:
    return re.sub(r"<(\w+:)?\w+>", "1", rule.rule)


def test_every_page_of_the_staff_names_a_role(app: Flask) -> None:
    with app.app_context():
        assert office_routes(app)
        assert [rule.endpoint for rule in office_routes(app) if role_needed(rule.endpoint) is None] == []


def test_a_page_that_names_no_role_is_closed_to_everyone(
    app: Flask, office: Callable[[StaffRole], FlaskClient]
) -> None:
    app.add_url_rule("/office/forgotten", "office.forgotten", lambda: "a page that names no role")
    assert office(StaffRole.ADMINISTRATOR).get("/office/forgotten").status_code == 403


def test_strangers_are_sent_to_sign_in_from_every_page_in_every_method(app: Flask, client: FlaskClient) -> None:
    for rule in office_routes(app):
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = client.open(address(rule), method=method)
            assert (answer.status_code, "/staff/login" in answer.location) == (302, True), (method, rule.rule)


def test_a_lower_role_is_refused_on_every_page_in_every_method(
    app: Flask, office: Callable[[StaffRole], FlaskClient]
) -> None:
    clients = {role: office(role) for role in StaffRole}
    for rule in office_routes(app):
        with app.app_context():
            needed = role_needed(rule.endpoint)
        for role, client in clients.items():
            for method in (rule.methods or set()) - {"OPTIONS"} if needed and not role.includes(needed) else ():
                assert client.open(address(rule), method=method).status_code == 403, (role, method, rule.rule)


def test_everything_that_the_journal_may_say_has_words() -> None:
    assert set(journal_words.ACTIONS) == set(get_args(journal_terms.Action))
    assert set(journal_words.DOORS) == set(get_args(journal_terms.Door))
    assert set(journal_words.KINDS) == set(journal_terms.KINDS)


def test_every_template_is_used() -> None:
    sources = "\n".join(path.read_text() for path in [*MODULES, *TEMPLATES])
    kinds = set(re.findall(r'"(\w+_\w+)"', sources))
    for template in TEMPLATES:
        used = template.relative_to(ROOT / "templates").as_posix()
        in_mail = template.parent.name == "mail" and template.stem in kinds
        assert in_mail or f'"{used}"' in sources or f"'{used}'" in sources, f"nobody uses {used}"


@pytest.mark.parametrize("path", WORDED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_title_is_shown_in_the_language_of_the_page(path: Path) -> None:
    """`{{ publication|titled }}` on a page, `|title_of` in an attribute, `title_of(publication)` in a view."""
    wrong = ".title(" if path.suffix == ".html" else ".title()"
    found = [line.strip() for line in path.read_text().splitlines() if wrong in line]
    assert found == []
