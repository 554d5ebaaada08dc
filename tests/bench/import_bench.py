"""How fast orders are imported: `python -m tests.bench.import_bench`. Exit status 1 when a bound is missed.

A file of so many different orders is read, checked and placed, as `flask orders import` does. Counted is the processor
time of the application and of the database; memory is what the process takes at most, of a small file and of a large
one.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade

from orders import spreadsheets
from orders.clock import now
from orders.database import db, transact
from orders.ordering.files import import_batches, importing
from orders.staff.journal import Actor
from tests.bench.labels_bench import addresses, told
from tests.bench.order_bench import Spent, postgresql, sqlite
from tests.conftest import make_app
from tests.factories import AUDIENCES, allow, make_edition

ROWS = 3_000
ORDERS_A_SECOND = 300
HEADER = ("audience", "name", "street", "number", "postcode", "town", "email", "organisation", "delivery", "language")


def write_file(path: Path, rows: int) -> None:
    """Families and schools, each at an address of their own, with an e-mail address or without."""
    towns = (("5590", "Ciney"), ("1050", "Ixelles"), ("4300", "Waremme"), ("1000", "Bruxelles"), ("5000", "Namur"))
    people = [each[0] for each in addresses(500)]

    def row(n: int) -> list[str]:
        is_school = n % 4 == 0
        who = ["school" if is_school else "family", people[n % 500], f"Rue de la Senne{n // 300}", str(n % 300 + 1)]
        mail = f"orderer{n}@example.org" if n % 3 else ""
        school = f"École communale n° {n}" if is_school else ""
        return [*who, *towns[n % 5], mail, school, "post", "fr", str(n % 5 + 1), str(n % 3)]

    spreadsheets.write(path, [*HEADER, f"MAN{now().year % 100}", f"LIV{now().year % 100}"], map(row, range(rows)))


def place_file(path: Path) -> float:
    import os
    import cProfile
    b=time.process_time()
    pr=cProfile.Profile()
    if os.environ.get("PROF"): pr.enable()
    checked = importing.check_file(path, at=now())
    pr.disable(); 
    if os.environ.get("PROF"): pr.dump_stats("/tmp/scale/check.prof")
    assert not checked.problems, checked.problems[:3]
    import os
    t=time.process_time()
    if os.environ.get("PROF"):
        import cProfile
        pr=cProfile.Profile(); pr.enable()
    import_batches.place_all(checked.digest, checked.good, transact, clock=now, by=Actor("command"))
    if os.environ.get("PROF"):
        pr.disable(); pr.dump_stats("/tmp/scale/import.prof")
    return t-b


def measure(name: str, url: str, folder: Path, database_spent: Spent, rows: int) -> bool:
    def spent() -> float:
        return time.process_time() + database_spent() / 1000

    app = make_app(url, folder)
    with app.app_context():
        upgrade()
        make_edition(shelf=100_000, year=now().year)
        for audience in AUDIENCES:
            allow(audience.code, review_above=50, maximum=500)
        write_file(folder / "warm.csv", 10)
        place_file(folder / "warm.csv")
        write_file(folder / "orders.csv", rows + 1)
        before = spent()
        t = place_file(folder / "orders.csv")
        seconds = spent() - before
        print("check", t)
        db.session.remove()
    return told(f"{name}, importing {rows:,} orders", rows / seconds, ORDERS_A_SECOND, "a second", at_least=True)


if __name__ == "__main__":
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql))[int(sys.argv[1])-1:]:
        with database() as (url, s), tempfile.TemporaryDirectory() as folder:
            print(name, measure(name, url, Path(folder), s, int(sys.argv[2])))
