"""Mutates the rules of a room with cosmic-ray, and tells how many of the changes its tests notice.

    python -m tests.mutants stock [--sample 40] [--seed 1] [--again]

A copy of the repository is mutated, never the repository itself. Only the tests of the room and of the office's pages
about it run, on SQLite, without those that take seconds, with hypothesis' examples drawn the same way each time.
`--again` tries only what survived last time.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import ROOT
from tests.house.measures import repository_files
from tests.mutants import session

ROOMS = {
    "ordering": "tests/ordering tests/office/ordering",
    "stock": "tests/stock tests/office/stock tests/reports/test_integrity.py",
    "packing": "tests/packing",
    "shipping": "tests/shipping tests/office/shipping tests/office/test_scanning.py tests/office/test_tracking.py",
}
"""The rooms, and where the tests of each lie."""
FOLDER = ROOT / "instance/mutants"
CPU_SECONDS = 300  # of one run of the tests; a mutation that needs more never ends
MARKS = "not slow and not races and not browser"
CONFIG = """[cosmic-ray]
module-path = ["orders/{room}"]
timeout = 7200
excluded-modules = []
test-command = "prlimit --cpu={cpu} {python} -m pytest -x --tb=no -m '{marks}' {tests}"
[cosmic-ray.distributor]
name = "local"
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", help=f"some of {', '.join(ROOMS)}; all without any")
    parser.add_argument("--sample", type=int, default=40, help="mutations of each room")
    parser.add_argument("--seed", type=int, default=1, help="that draws them")
    parser.add_argument("--again", action="store_true", help="only what survived the last run")
    chosen = parser.parse_args()
    if unknown := set(chosen.rooms) - ROOMS.keys():
        parser.error(f"no such room: {', '.join(unknown)}")
    for room in chosen.rooms or ROOMS:
        _try(room, chosen.sample, chosen.seed, again=chosen.again)
    return 0


def _try(room: str, sample: int, seed: int, *, again: bool) -> None:
    copy, results = FOLDER / room, FOLDER / f"{room}.sqlite"
    _copy_repository(copy)
    config = FOLDER / f"{room}.toml"
    config.write_text(CONFIG.format(room=room, tests=ROOMS[room], cpu=CPU_SECONDS, marks=MARKS, python=sys.executable))
    if again:
        session.forget_survivors(results)
    else:
        results.unlink(missing_ok=True)
        _cosmic_ray("init", config, results, copy)
        print(f"{room}: %d mutations of rules, %d of them tried" % session.keep_sample(results, copy, sample, seed))
    _cosmic_ray("exec", config, results, copy)
    tried = list(session.outcomes(results))
    for each in tried:
        if not each.noticed:
            print(f"{each.module}:{each.row}\n{each.diff}")
    noticed = sum(each.noticed for each in tried)
    print(f"{room}: {noticed} of {len(tried)} noticed ({noticed / max(1, len(tried)):.0%})", flush=True)


def _copy_repository(copy: Path) -> None:
    shutil.rmtree(copy, ignore_errors=True)
    for file in repository_files(ROOT):
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, copy / file)


def _cosmic_ray(task: str, config: Path, results: Path, copy: Path) -> None:
    program = FOLDER / "venv/bin/cosmic-ray"
    environment = {**os.environ, "PLI_TEST_DATABASES": "sqlite", "CI": "1"}
    subprocess.run([program, task, config, results], cwd=copy, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
