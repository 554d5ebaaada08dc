"""What one order costs: `python -m tests.bench.order_bench`. Exit status 1 when a bound is missed.

An order is the form (GET) and what it sends (POST), with all rules on, in CPU time of the web process and of the
database's processes, divided by the same of `plain_order_form` on the same database in the same run. Both take
turns, so that a busy machine is as busy for the one as for the other. The same order is also sent where a thousand lie
and where many more do: `--orders` says how many; a million, which the bound is meant for, takes half an hour to write.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from orders.database import db, engine_options
from orders.schema.migrating import upgrade
from tests import postgres
from tests.bench.baselines import plain_order_form
from tests.bench.labels_bench import told
from tests.bench.season import fill, tidy_up
from tests.conftest import make_app
from tests.factories import AUDIENCES, allow, make_edition

ROUNDS = 9
ORDERS = 25  # of each kind in a round
FORM_SECONDS = 1
BOUND = 1.0  # times plain
FEW, MANY = 1_000, 50_000  # orders that are stored
STORED_BOUND = 1.1  # times with few
NUMBERS = count(1)
STREETS = ("Rue Haute", "Avenue Louise", "Place Verte", "Rue de la Loi", "Quai au Bois")
LEFT_EMPTY = (
    *("organisation", "department", "building", "box", "phone", "needed_by"),
    *("billing_name", "billing_address", "purchase_order"),
)

ALL_RULES = {
    "RATELIMIT_ENABLED": True,
    "RATELIMIT_STORAGE_URI": "database://",  # as it is unless somebody sets it
    "FORM_MINIMUM_SECONDS": FORM_SECONDS,
    "FORM_KEPT_SECONDS": 2,
    "UNCONFIRMED_MAILS": 10,
    "UNUSUAL_ORDERS": 1_000_000,  # they are counted, but nobody is told to wait
    "MOST_ORDERS": 1_000_000,
}

Spent = Callable[[], float]
FillIn = Callable[[str], dict[str, str]]
Database = Callable[[], AbstractContextManager[tuple[str, Spent]]]


class Measured:
    """An application, and the milliseconds of processor time that each order through it takes."""

    def __init__(self, app: Flask, fill_in: FillIn, spent: Spent) -> None:
        self._client = app.test_client()
        self._fill_in = fill_in
        self._spent = spent
        self.rounds: list[float] = []

    def measure(self) -> None:
        """Everybody opens the form, reads it for as long as it takes to be no robot, and sends it."""
        before = self._spent()
        forms = [self._fill_in(self._client.get("/order").get_data(as_text=True)) for _ in range(ORDERS)]
        opened = self._spent()
        time.sleep(FORM_SECONDS)
        waited = self._spent()
        for form in forms:
            send(self._client, form)
        self.rounds.append((self._spent() - waited + opened - before) / ORDERS)

    @property
    def milliseconds(self) -> float:
        return median(self.rounds[1:])  # the first one compiles templates and statements


def fill_in_ours(page: str) -> dict[str, str]:
    hidden = {name: _value(page, name) for name in ("csrf_token", "submission", "opened")}
    return hidden | {"copies-MAN26": "2", "copies-LIV26": "1", "when_short": "send"}


def fill_in_manuals(page: str) -> dict[str, str]:
    """Two manuals: a season that was written has only these on the shelf."""
    hidden = {name: value for name, value in fill_in_ours(page).items() if not name.startswith("copies-")}
    code = re.search(r'name="(copies-MAN\d+)"', page)
    assert code
    return hidden | {code[1]: "2"}


def fill_in_plain(page: str) -> dict[str, str]:
    return {"csrf_token": _value(page, "csrf_token"), "MAN": "2", "LIV": "1"}


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found, name
    return found[1]


def send(client: FlaskClient, filled_in: dict[str, str]) -> None:
    """Somebody new, in Brussels, from an address of their own. What stays empty is sent too, as browsers do."""
    number = next(NUMBERS)
    answer = client.post(
        "/order",
        data={
            **dict.fromkeys(LEFT_EMPTY, ""),
            "audience": "family",
            "name": "Marie Dupont",
            "street": STREETS[number % len(STREETS)],
            "number": str(number // len(STREETS) + 1),
            "postcode": "1000",
            "town": "Bruxelles",
            "email": f"marie{number}@example.org",
            "delivery": "post",
            "message": "Merci !",
            **filled_in,
        },
        environ_base={"REMOTE_ADDR": f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}"},
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)


def times_plain(url: str, folder: Path, database_spent: Spent) -> tuple[float, float]:
    """Milliseconds of an order with us, and with the plain form."""

    def spent() -> float:
        return time.process_time() * 1000 + database_spent()

    app = make_app(url, folder, **ALL_RULES)
    with app.app_context():
        upgrade()
        make_edition(shelf=100_000)
        for audience in AUDIENCES:
            allow(audience.code, review_above=50, maximum=500)
        db.session.remove()
    ours = Measured(app, fill_in_ours, spent)
    plain = Measured(plain_order_form.create_app(url, engine_options(url, 12)), fill_in_plain, spent)
    for _ in range(ROUNDS):
        ours.measure()
        plain.measure()
    return ours.milliseconds, plain.milliseconds


def with_stored(url: str, folder: Path, orders: int, database_spent: Spent) -> Measured:
    """An application in which so many orders lie."""
    app = make_app(url, folder, **ALL_RULES, DATABASE_SECONDS=6_000)
    with app.app_context():
        upgrade()
        fill(orders)
        tidy_up()
        db.session.remove()
    return Measured(app, fill_in_manuals, lambda: time.process_time() * 1000 + database_spent())


def times_few(name: str, database: Database, orders: int) -> float:
    """What an order costs with so many stored, divided by its cost with few."""
    with database() as small, database() as large, tempfile.TemporaryDirectory() as folder:
        few = with_stored(small[0], Path(folder) / "few", FEW, small[1])
        many = with_stored(large[0], Path(folder) / "many", orders, large[1])
        for _ in range(ROUNDS):
            few.measure()
            many.measure()
    sys.stdout.write(f"     an order on {name}: {few.milliseconds:.1f} ms with few, {many.milliseconds:.1f} ms\n")
    return many.milliseconds / few.milliseconds


@contextmanager
def sqlite() -> Iterator[tuple[str, Spent]]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/pli.sqlite", lambda: 0.0


@contextmanager
def postgresql() -> Iterator[tuple[str, Spent]]:
    """A server of its own, that keeps nothing on a disk; what its processes have worked, those that ended too."""
    with postgres.server() as server:
        postgres.administer(server, "CREATE DATABASE bench")
        with postgres.connect(server, "postgres") as connection:
            row = connection.execute("SELECT pg_backend_pid()").fetchone()
            assert row
            parent = _status(row[0])[1]
            yield server % "bench", lambda: sum(map(_milliseconds, _children(int(parent))))


def _children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def _status(pid: int) -> list[str]:
    """The state of a process, its parent and so on, as `proc(5)` has them after its name; nothing of one that ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _milliseconds(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
    except OSError:
        return 0.0


def main(arguments: list[str] | None = None) -> int:
    """Measure both databases; the exit status."""
    parser = argparse.ArgumentParser(prog="order_bench")
    parser.add_argument("--orders", type=int, default=MANY)
    given = parser.parse_args(arguments)
    holds = []
    databases: tuple[tuple[str, Database], ...] = (("SQLite", sqlite), ("PostgreSQL", postgresql))
    for name, database in databases:
        with database() as (url, spent), tempfile.TemporaryDirectory() as folder:
            ours, plain = times_plain(url, Path(folder), spent)
        sys.stdout.write(f"     an order on {name}: {ours:.1f} ms of CPU, plain {plain:.1f} ms\n")
        holds.append(told(f"an order on {name}", ours / plain, BOUND, "times plain", at_least=False))
        ratio = times_few(name, database, given.orders)
        what = f"an order on {name}, {given.orders:,} stored"
        holds.append(told(what, ratio, STORED_BOUND, "times with few", at_least=False))
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
