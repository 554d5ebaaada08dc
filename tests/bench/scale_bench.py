"""What pages cost as orders grow: `python -m tests.bench.scale_bench`. Exit status 1 when a bound is missed.

Each page is opened with a thousand orders and with many more, on SQLite and on a PostgreSQL of its own. Counted is the
processor time of the database: of PostgreSQL's processes, and of SQLite inside its calls. `--orders` says how many
there are; a million, which the bounds are meant for, takes half an hour to write.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from orders.clock import now
from orders.database import db
from orders.schema.migrating import upgrade
from orders.staff.models import StaffRole
from tests.bench.labels_bench import told
from tests.bench.order_bench import postgresql, sqlite
from tests.bench.season import fill, tidy_up
from tests.conftest import make_app
from tests.factories import make_member, make_session

FEW, MANY = 1_000, 50_000  # orders
ROUNDS = 5
LIST_MS, FIGURES_MS = 5.0, 20.0  # of the database
PAGES = {
    "/office/": FIGURES_MS,
    "/office/stock/": FIGURES_MS,
    "/office/stock/{manual}": FIGURES_MS,
    "/office/stock/{manual}/forecast.svg": FIGURES_MS,
    "/office/reports/?by=audience": FIGURES_MS,
    "/office/reports/?by=day": FIGURES_MS,
    "/office/reports/?by=postcode": FIGURES_MS,
    "/office/reports/schools": FIGURES_MS,
    "/office/catalogue/{year}/close": FIGURES_MS,
    "/": FIGURES_MS,
    "/order": FIGURES_MS,
    "/office/ordering/": LIST_MS,
    "/office/ordering/?page={middle}": LIST_MS,
    "/office/ordering/?page={last}": LIST_MS,
    "/office/ordering/?status=ready": LIST_MS,
    "/office/ordering/?status=sent": LIST_MS,
    "/office/ordering/?audience=school": LIST_MS,
    "/office/ordering/?publication={manual}": LIST_MS,
    "/office/ordering/?province=Namur": LIST_MS,
    "/office/ordering/?needed_until=2090-01-01": LIST_MS,
    "/office/ordering/?q=orderer77@example.org": LIST_MS,
    "/office/ordering/?q=janssens": LIST_MS,
    "/office/ordering/?q=nobody": LIST_MS,
    "/office/shipping/": LIST_MS,
    "/office/mail/?state=sent": LIST_MS,
}

Spent = Callable[[], float]


class Meter:
    """Milliseconds that SQLite's calls take. (Its work is done in our own process.)"""

    def __init__(self, app: Flask) -> None:
        self.spent = 0.0
        self._begun = 0.0
        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", self._begin)
        event.listen(engine, "after_cursor_execute", self._end)

    def _begin(self, *_: Any) -> None:
        self._begun = time.thread_time()

    def _end(self, _connection: Any, cursor: sqlite3.Cursor, *_: Any) -> None:
        self.spent += (time.thread_time() - self._begun) * 1000


def cost_of_pages(app: Flask, orders: int, database_spent: Spent) -> dict[str, tuple[float, float]]:
    """Of each page the milliseconds of the database, and those of the page in all."""
    client = coordinator(app)
    year = now().year
    places = {"manual": f"MAN{year % 100}", "year": year, "middle": orders // 100, "last": orders // 50}
    found = {}
    for page in PAGES:
        url = page.format(**places)
        rounds = [_open(client, url, database_spent) for _ in range(ROUNDS)][1:]
        found[page] = (median(each[0] for each in rounds), median(each[1] for each in rounds))
    return found


def _open(client: FlaskClient, url: str, database_spent: Spent) -> tuple[float, float]:
    before, begun = database_spent(), time.process_time()
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status)
    return database_spent() - before, (time.process_time() - begun) * 1000


def coordinator(app: Flask) -> FlaskClient:
    with app.app_context():
        member = make_member(role=StaffRole.ADMINISTRATOR)
        signed_in = {"_user_id": member.fs_uniquifier, "session": make_session(member, at=now())}
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(signed_in, _fresh=True, fs_cc="set", fs_paa=now().timestamp())
    return client


@contextmanager
def filled(url: str, orders: int) -> Iterator[Flask]:
    """An application with a season of so many orders, written if the database is empty."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(url, Path(folder), FORM_KEPT_SECONDS=2, DATABASE_SECONDS=6_000)
        with app.app_context():
            upgrade()
            if not db.session.execute(db.text("SELECT 1 FROM edition")).first():
                fill(orders)
                tidy_up()
            db.session.remove()
        yield app
        with app.app_context():
            db.engine.dispose()


def measure(name: str, url: str, orders: int, spent: Spent) -> dict[str, tuple[float, float]]:
    with filled(url, orders) as app:
        meter = Meter(app)
        return cost_of_pages(app, orders, spent if name == "PostgreSQL" else lambda: meter.spent)


def holds(name: str, orders: int, few: dict[str, tuple[float, float]], many: dict[str, tuple[float, float]]) -> bool:
    """Say what each page costs, and whether all are within their bounds."""
    kept = []
    for page, bound in PAGES.items():
        sys.stdout.write(f"     {name} {page}: page {few[page][1]:.0f} ms with {FEW:,}, {many[page][1]:.0f} ms\n")
        what = f"{name} with {orders:,} orders, database, {page}"
        kept.append(told(what, many[page][0], bound, "ms", at_least=False))
    return all(kept)


def main(arguments: list[str] | None = None) -> int:
    """Measure both databases; the exit status."""
    parser = argparse.ArgumentParser(prog="scale_bench")
    parser.add_argument("--orders", type=int, default=MANY)
    given = parser.parse_args(arguments)
    kept = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        costs = []
        for orders in (FEW, given.orders):
            with database() as (url, spent):
                costs.append(measure(name, url, orders, spent))
        kept.append(holds(name, given.orders, *costs))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
