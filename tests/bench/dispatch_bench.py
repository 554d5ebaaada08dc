"""What a dispatch of a thousand orders costs: `python -m tests.bench.dispatch_bench`. Exit status 1 when a bound is
missed.

Counted is the processor time of the application and of the database, and the statements that are run.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from orders.clock import now
from orders.database import db, transact
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import READY_TO_POST
from orders.ordering.request.offer import current_offer
from orders.schema.migrating import upgrade
from orders.shipping.dispatches import creation
from orders.shipping.printing import paper_check
from orders.staff.journal import Actor
from tests.bench.labels_bench import told
from tests.bench.order_bench import Spent, postgresql, sqlite
from tests.bench.scale_bench import coordinator
from tests.bench.season import fill
from tests.conftest import make_app

ORDERS, STORED = 1_000, 32_000
MAKING_S, CLOSING_S, PAGE_S, SLIPS_S = 1.5, 1.5, 0.3, 0.5
STATEMENTS = 24  # of each
BY = Actor("office")


class Meter:
    """Seconds of the processor and statements that something takes."""

    def __init__(self, app: Flask, database_spent: Spent) -> None:
        self._database_spent = database_spent
        self._statements = 0
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._count)

    def _count(self, *given: Any) -> None:
        self._statements += not given[2].startswith("BEGIN")

    def of(self, what: Callable[[], Any]) -> tuple[float, int]:
        before, begun = self._statements, self._spent()
        what()
        return self._spent() - begun, self._statements - before

    def _spent(self) -> float:
        return time.process_time() + self._database_spent() / 1000


def measure(name: str, url: str, folder: Path, database_spent: Spent) -> bool:
    app = make_app(url, folder, DATABASE_SECONDS=6_000)
    with app.app_context():
        upgrade()
        fill(STORED)
        db.session.execute(db.text("ANALYZE"))
        db.session.commit()
        ready = list(search.references(READY_TO_POST, ORDERS))
        assert len(ready) == ORDERS
        current_offer()
        meter = Meter(app, database_spent)
        making = meter.of(lambda: transact(creation.make, ready, at=now(), by=BY))
        db.session.remove()
        client = coordinator(app)
    client.get("/office/shipping/")  # compiles templates
    page = meter.of(lambda: client.get(_page(app)))
    client.get(f"{_page(app)}/slips.pdf?to=1")  # reads the fonts
    gc.freeze()  # as the web server does
    slips = meter.of(lambda: client.get(f"{_page(app)}/slips.pdf"))
    with app.app_context():
        closing = meter.of(lambda: transact(paper_check.close, _number(), at=now(), by=BY, everything=True))
        db.session.remove()
    return all(
        [
            told(f"{name}, making a dispatch of 1,000", making[0], MAKING_S, "s of CPU", at_least=False),
            told(f"{name}, statements for that", making[1], STATEMENTS, "", at_least=False),
            told(f"{name}, its page", page[0], PAGE_S, "s of CPU", at_least=False),
            told(f"{name}, its slips", slips[0], SLIPS_S, "s of CPU", at_least=False),
            told(f"{name}, closing it", closing[0], CLOSING_S, "s of CPU", at_least=False),
            told(f"{name}, statements for that", closing[1], STATEMENTS, "", at_least=False),
        ]
    )


def _number() -> int:
    return int(db.session.execute(db.text("SELECT max(id) FROM dispatch")).scalar_one())


def _page(app: Flask) -> str:
    with app.app_context():
        return f"/office/shipping/{_number()}"


def main() -> int:
    """Measure both databases; the exit status."""
    holds = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with database() as (url, spent), tempfile.TemporaryDirectory() as folder:
            holds.append(measure(name, url, Path(folder), spent))
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
