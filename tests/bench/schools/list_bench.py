"""Taking a list of places over: `python -m tests.bench.schools.list_bench`. Exit status 1 when a bound is missed.

`PLI_SCHOOL_LIST` is the path of the list (see `name_bench`); without it 5,516 made-up places. `flask directory import`
runs as a process of its own, on both databases: for an empty directory, and once more to compare everything. Seconds
are those of CPU, memory is the largest that the process ever took.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from orders.schema.migrating import upgrade
from tests.bench.labels_bench import told
from tests.bench.order_bench import postgresql, sqlite
from tests.bench.schools.name_bench import LIST
from tests.conftest import make_app
from tests.directory import lists

PLACES = 5_516
MOST_MB, MOST_SECONDS = 150, 10
FLASK = """
import time
from pathlib import Path
from flask.cli import main
try:
    main()
finally:
    print(time.process_time(), Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


def _list(folder: Path) -> Path:
    if path := os.environ.get(LIST):
        return Path(path)
    rows = (lists.row(each, f"ECOLE COMMUNALE {each}", address=f"Rue Haute {each}") for each in range(PLACES))
    return lists.write(folder / "list.csv", *rows)


def _import(name: str, url: str, folder: Path) -> bool:
    command = [sys.executable, "-c", FLASK, "directory", "import", str(_list(folder))]
    settings = {"PLI_DATABASE_URL": url, "PLI_INSTANCE": str(folder), "PLI_SECRET_KEY": "s" * 48}
    done = subprocess.run(command, env=os.environ | settings, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603
    seconds, kilobytes = map(float, done.stdout.splitlines()[-1].split())
    return all(
        [
            told(f"{name}: memory of the command", kilobytes / 1000, MOST_MB, "MB", at_least=False),
            told(f"{name}: its time", seconds, MOST_SECONDS, "s of CPU", at_least=False),
        ]
    )


def main() -> int:
    good = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with tempfile.TemporaryDirectory() as folder, database() as (url, _spent):
            with make_app(url, Path(folder)).app_context():
                upgrade()
            good += [_import(f"{name}, {which}", url, Path(folder)) for which in ("new", "compared")]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
