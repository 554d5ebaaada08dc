"""What one order costs: `python -m tests.bench.order_bench`. Exit status 1 when a bound is missed.

An order is the form (GET) and what it sends (POST), with all rules on, in CPU time of the web process and of the
database's, divided by the same of a plain form (`plain_form`) on the same database in the same run. Both take turns.
`BENCH_ORDERS` is how many orders are there already.
"""

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from orders.catalogue.models import Audience
from orders.database import db, engine_options
from tests import postgres
from tests.bench import plain_form
from tests.bench.labels_bench import told
from tests.bench.season import fill
from tests.conftest import make_app

STORED = int(os.environ.get("BENCH_ORDERS", "2000"))
ROUNDS = 9
ORDERS = 12  # of each kind in a round
A_TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds
NUMBERS = iter(range(10**9))


class Measured:
    """An application and the processor time that its requests take."""

    def __init__(self, app: Flask, backends: Callable[[], list[int]]) -> None:
        self.client = app.test_client()
        self.backends = backends
        self.milliseconds: list[float] = []

    def measure(self, order: Callable[[FlaskClient], None]) -> None:
        begun = self._cpu()
        for _ in range(ORDERS):
            order(self.client)
        self.milliseconds.append((self._cpu() - begun) / ORDERS)

    def _cpu(self) -> float:
        ticks = sum(_ticks(pid) for pid in self.backends())
        return time.process_time() * 1000 + ticks * A_TICK


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def order_ours(client: FlaskClient) -> None:
    page = client.get("/order").get_data(as_text=True)
    answer = client.post("/order", data=_filled_in(page) | {"copies-MAN26": "2", "copies-LIV26": "1", "opened": ""})
    assert answer.status_code == 303, answer.status_code


def order_plain(client: FlaskClient) -> None:
    page = client.get("/order").get_data(as_text=True)
    answer = client.post("/order", data=_filled_in(page) | {"MAN": "2", "LIV": "1"})
    assert answer.status_code == 303, answer.status_code
