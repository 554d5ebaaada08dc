"""The measures see what they are for, and every bound can be broken."""

from collections import Counter
from pathlib import Path

import pytest

from orders.association.profile_cache import starter_profile
from tests.house import measures
from tests.house.bounds import Bounds, broken_bounds

BOUNDS = Bounds(
    modules_in_a_folder=2,
    lines_of_a_module=10,
    lines_of_a_test_module=20,
    lines_of_a_function=5,
    exceptions={"orders/long.py": 12, "orders/long.py::rule": 7},
)
KEPT = ({"orders": 2}, {"orders/long.py": 12, "tests/test_it.py": 20}, {"orders/long.py::rule": 7})


def test_what_is_within_its_bound_or_its_exception_breaks_nothing() -> None:
    assert [*broken_bounds(BOUNDS, *KEPT)] == []


@pytest.mark.parametrize(
    ("folders", "modules", "functions", "broken"),
    [
        ({"orders": 3}, {}, {}, "orders has 3 modules; 2 are allowed"),
        ({}, {"orders/new.py": 11}, {}, "orders/new.py has 11 lines; 10 are allowed"),
        ({}, {"orders/long.py": 13}, {}, "orders/long.py has 13 lines; 12 are allowed"),
        ({}, {"tests/test_it.py": 21}, {}, "tests/test_it.py has 21 lines; 20 are allowed"),
        ({}, {}, {"orders/new.py::rule": 6}, "orders/new.py::rule has 6 lines; 5 are allowed"),
        ({}, {}, {"orders/long.py::rule": 8}, "orders/long.py::rule has 8 lines; 7 are allowed"),
        ({}, {"orders/long.py": 10}, {}, "orders/long.py needs its exception in pyproject.toml no more: take it out"),
    ],
)
def test_what_outgrows_its_bound_is_told_with_the_bound(
    folders: dict[str, int], modules: dict[str, int], functions: dict[str, int], broken: str
) -> None:
    base_folders, base_modules, base_functions = KEPT
    found = broken_bounds(BOUNDS, base_folders | folders, base_modules | modules, base_functions | functions)
    assert [*found] == [broken]


def test_modules_and_functions_are_counted(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room/one.py").write_text(
        "def short():\n    pass\n\n\nclass A:\n    def long(self):\n        x = 1\n        return x\n"
    )
    modules = [Path("room/one.py")]
    assert measures.modules_by_folder(modules) == Counter({"room": 1})
    assert measures.module_lengths(tmp_path, modules) == {"room/one.py": 8}
    assert measures.function_lengths(tmp_path, modules) == {"room/one.py::short": 2, "room/one.py::long": 3}


def test_a_module_that_commits_is_found(tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text("def do(db):\n    db.session.commit()\n")
    (tmp_path / "other.py").write_text('"""Says commit() without calling it."""\n')
    assert measures.committing_modules(tmp_path, [Path("other.py"), Path("rule.py")]) == ["rule.py"]


def test_a_circle_of_imports_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "a_made_up_package"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "one.py").write_text("from a_made_up_package import two\n")
    (package / "two.py").write_text("from a_made_up_package import one\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert set(measures.import_circle("a_made_up_package")) == {"a_made_up_package.one", "a_made_up_package.two"}


def test_two_decisions_with_one_number_are_found() -> None:
    decisions = [Path("0001-a.md"), Path("0002-b.md"), Path("0002-c.md")]
    assert measures.numbers_used_twice(decisions) == ["0002"]


@pytest.mark.parametrize("template", ["{street} {number}", "{number}, {street}", "{street}, n° {number}", "{name}"])
def test_a_file_that_names_the_association_is_found(tmp_path: Path, template: str) -> None:
    profile = starter_profile()
    said = template.format(street=profile.street["fr"], number=profile.number, name=profile.name["fr"]).upper()
    (tmp_path / "page.html").write_text(f"<p>{said}</p>", "utf-8")
    (tmp_path / "other.html").write_text(f"<p>{profile.street['fr']} {profile.number}0</p>", "utf-8")
    files = [Path("other.html"), Path("page.html")]
    assert measures.files_naming_the_association(tmp_path, files) == ["page.html"]


def test_the_seconds_of_the_suite_are_read_from_what_the_last_run_left(tmp_path: Path) -> None:
    report = tmp_path / "suite.xml"
    assert measures.last_suite_run(report) is None
    report.write_text('<testsuites><testsuite name="pytest" tests="12" time="3.5"></testsuite></testsuites>')
    assert measures.last_suite_run(report) == measures.SuiteRun(12, 3.5)
    assert str(measures.SuiteRun(12, 3.5)) == "12 tests in 4 s"
