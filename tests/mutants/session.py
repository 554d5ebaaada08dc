"""A session of cosmic-ray: the file that lists its mutations and what came of each."""

import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.mutants.places import Places

_TABLES = ("work_results", "mutation_specs", "work_items")


class Outcome(NamedTuple):
    """One mutation: where it was, whether a test failed, and the changed lines."""

    module: str
    row: int
    noticed: bool
    diff: str


def keep_sample(session: Path, root: Path, size: int, seed: int) -> tuple[int, int]:
    """Leave `size` mutations of rules in a session, drawn by `seed`; how many there were, and how many are left."""
    with _opened(session) as database:
        listed = database.execute(
            "SELECT job_id, module_path, operator_name, start_pos_row, start_pos_col FROM mutation_specs"
            " ORDER BY module_path, start_pos_row, start_pos_col, operator_name, occurrence"
        ).fetchall()
        places = {module: Places((root / module).read_text()) for module in {module for _, module, *_ in listed}}
        rules = [
            job
            for job, module, operator, row, column in listed
            if places[module].has_rule(operator.removeprefix("core/"), row, column)
        ]
        kept = random.Random(seed).sample(rules, min(size, len(rules)))
        _delete(database, _TABLES, {job for job, *_ in listed} - set(kept))
    return len(rules), len(kept)


def forget_survivors(session: Path) -> None:
    """Those that no test noticed are to be tried again."""
    with _opened(session) as database:
        survivors = database.execute("SELECT job_id FROM work_results WHERE test_outcome = 'SURVIVED'").fetchall()
        _delete(database, _TABLES[:1], (job for (job,) in survivors))


def outcomes(session: Path) -> Iterator[Outcome]:
    """What has been tried so far."""
    with _opened(session) as database:
        rows = database.execute(
            "SELECT module_path, start_pos_row, test_outcome != 'SURVIVED', diff FROM work_results"
            " JOIN mutation_specs USING (job_id) ORDER BY module_path, start_pos_row"
        ).fetchall()
    for module, row, noticed, diff in rows:
        yield Outcome(module, row, bool(noticed), _changed_lines(diff or ""))


def _changed_lines(diff: str) -> str:
    lines = diff.splitlines()
    return "\n".join(line for line in lines if line[:1] in "+-" and line[:3] not in ("---", "+++"))


def _delete(database: sqlite3.Connection, tables: Iterable[str], jobs: Iterable[str]) -> None:
    named = [(job,) for job in jobs]
    for table in tables:
        database.executemany(f"DELETE FROM {table} WHERE job_id = ?", named)


@contextmanager
def _opened(session: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(session)) as database, database:
        yield database
