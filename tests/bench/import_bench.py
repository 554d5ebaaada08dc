"""How fast orders are imported: `python -m tests.bench.import_bench`. Exit status 1 when a bound is missed.

A file of so many different orders is read, checked and placed, as `flask orders import` does. Counted is the processor
time of the application and of the database. Memory is what an orders' import in a process of its own takes at most, of
a large file compared with a small one: `--rows` says how large. A hundred thousand take a quarter of an hour.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from orders import spreadsheets
from orders.addresses import postcodes
from orders.clock import now
from orders.database import db, transact
from orders.ordering.files import import_batches, importing
from orders.schema.migrating import upgrade
from orders.staff.journal import Actor
from tests.bench.labels_bench import addresses, told
from tests.bench.order_bench import Spent, postgresql, sqlite
from tests.conftest import make_app
from tests.factories import AUDIENCES, allow, make_edition

ROWS, MANY = 2_000, 20_000
ORDERS_A_SECOND = 300
GROWTH_MB = 20  # of the memory, from a small file to a large one
HEADER = ("audience", "name", "street", "number", "postcode", "town", "email", "organisation", "delivery", "language")
BY = Actor("command")
IN_A_PROCESS = "import sys; from tests.bench import import_bench; import_bench.import_alone(*sys.argv[1:])"


def write_file(path: Path, rows: int) -> None:
    """Families and schools all over the country, each at an address of their own, with an e-mail address or without."""
    towns = [(code, postcodes.places(code)[0]) for code in postcodes.listed()]
    people = [each[0] for each in addresses(500)]

    def row(n: int) -> list[str]:
        is_school = n % 4 == 0
        house = ["Rue de la Senne", str(n // len(towns) + 1), *towns[n % len(towns)]]
        email = f"orderer{n}@example.org" if n % 3 else ""
        school = f"École communale n° {n}" if is_school else ""
        copies = [str(n % 5 + 1), str(n % 3)]
        return ["school" if is_school else "family", people[n % 500], *house, email, school, "post", "fr", *copies]

    year = now().year % 100
    spreadsheets.write(path, [*HEADER, f"MAN{year}", f"LIV{year}"], map(row, range(rows)))


def place_file(path: Path) -> None:
    checked = importing.check_file(path, at=now())
    assert not checked.problems, checked.problems[:3]
    import_batches.place_all(checked.digest, checked.good, transact, clock=now, by=BY)


def prepare(url: str, folder: Path) -> None:
    app = make_app(url, folder)
    with app.app_context():
        upgrade()
        make_edition(shelf=1_000_000, year=now().year)
        for audience in AUDIENCES:
            allow(audience.code, review_above=50, maximum=500)
        db.session.remove()
        db.engine.dispose()


def orders_a_second(url: str, folder: Path, database_spent: Spent) -> float:
    def spent() -> float:
        return time.process_time() + database_spent() / 1000

    prepare(url, folder)
    app = make_app(url, folder)
    with app.app_context():
        write_file(folder / "first.csv", 10)  # compiles templates and statements
        place_file(folder / "first.csv")
        write_file(folder / "orders.csv", ROWS)
        before = spent()
        place_file(folder / "orders.csv")
        seconds = spent() - before
        db.session.remove()
        db.engine.dispose()
    return ROWS / seconds


def import_alone(url: str, folder: str, file: str) -> None:
    """Import a file, and say how many MB that took at most."""
    with make_app(url, Path(folder)).app_context():
        place_file(Path(file))
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}\n")


def memory(rows: int) -> float:
    """MB that importing so many rows takes at most, on SQLite."""
    with sqlite() as (url, _), tempfile.TemporaryDirectory() as folder:
        prepare(url, Path(folder))
        file = Path(folder) / "orders.csv"
        write_file(file, rows)
        command = [sys.executable, "-c", IN_A_PROCESS, url, folder, str(file)]
        said = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 our own command
    return float(said.stdout.splitlines()[-1])


def main(arguments: list[str] | None = None) -> int:
    """Measure both databases; the exit status."""
    parser = argparse.ArgumentParser(prog="import_bench")
    parser.add_argument("--rows", type=int, default=MANY)
    many = parser.parse_args(arguments or []).rows
    holds = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with database() as (url, spent), tempfile.TemporaryDirectory() as folder:
            speed = orders_a_second(url, Path(folder), spent)
        holds.append(told(f"{name}, importing orders", speed, ORDERS_A_SECOND, "a second of CPU", at_least=True))
    few_mb, many_mb = memory(ROWS), memory(many)
    sys.stdout.write(f"     importing {ROWS:,} rows: {few_mb:.0f} MB, {many:,}: {many_mb:.0f} MB\n")
    holds.append(told("memory that a large file takes more", many_mb - few_mb, GROWTH_MB, "MB", at_least=False))
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
