"""What is drawn from a session of cosmic-ray, and what is read of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.mutants import session

TABLES = """
CREATE TABLE work_items (job_id);
CREATE TABLE mutation_specs (
    job_id, module_path, operator_name, occurrence, start_pos_row, start_pos_col, end_pos_row, end_pos_col);
CREATE TABLE work_results (job_id, test_outcome, diff);
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Ten numbers of a module, each changed once, and one annotation."""
    (tmp_path / "rules.py").write_text("".join(f"n{row} = {row}\n" for row in range(1, 11)) + "here: 5 = 6\n")
    path = tmp_path / "session.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(TABLES)
        for row in range(1, 12):
            column = 6 if row > 9 else 5
            database.execute("INSERT INTO work_items VALUES (?)", (f"job {row}",))
            spec = (f"job {row}", "rules.py", "core/NumberReplacer", 0, row, column, row, column + 1)
            database.execute("INSERT INTO mutation_specs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", spec)
    return path


def jobs(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [job for (job,) in database.execute("SELECT job_id FROM work_items ORDER BY job_id")]


def test_one_seed_draws_the_same_mutations_and_only_of_rules(listed: Path) -> None:
    copy = listed.with_name("copy.sqlite")
    copy.write_bytes(listed.read_bytes())
    for path in (listed, copy):
        assert session.keep_sample(path, listed.parent, 4, seed=1) == (10, 4)
    assert jobs(listed) == jobs(copy)
    assert "job 11" not in jobs(listed)


def test_what_survived_is_told_with_its_lines_and_tried_again(listed: Path) -> None:
    diff = "--- mutation diff ---\n--- a/rules.py\n+++ b/rules.py\n@@ -1 +1 @@\n-n1 = 1\n+n1 = 2\n n2 = 2"
    with closing(sqlite3.connect(listed)) as database, database:
        database.execute("INSERT INTO work_results VALUES ('job 1', 'SURVIVED', ?)", (diff,))
        database.execute("INSERT INTO work_results VALUES ('job 2', 'KILLED', ?)", (diff,))
    assert [(each.row, each.noticed, each.diff) for each in session.outcomes(listed)] == [
        (1, False, "-n1 = 1\n+n1 = 2"),
        (2, True, "-n1 = 1\n+n1 = 2"),
    ]
    session.forget_survivors(listed)
    assert [each.row for each in session.outcomes(listed)] == [2]
