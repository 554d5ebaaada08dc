"""A web server and a worker that are killed under load: each order that was confirmed is there once, and each mail goes
once, when others take their place."""

import http.cookiejar
import re
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.serving import make_server

from orders.commands.mail_batches import send_batch
from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from tests.factories import make_edition
from tests.faults import LONG
from tests.races.processes import Process, Sender
from tests.races.threads import Job, start
from tests.timeouts import PATIENCE

pytestmark = pytest.mark.races

TIMES = 50 if LONG else 2
ORDER = {
    "audience": "family",
    "street": "Rue de la Senne",
    "number": "32",
    "postcode": "1000",
    "town": "Bruxelles",
    "copies-MAN26": "2",
}


def serve(app: Flask, _sender: Sender, *, port: int) -> None:
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


def send_mails(_app: Flask, _sender: Sender) -> None:
    while True:
        if not send_batch():
            time.sleep(0.01)
        db.session.remove()


class Orderer:
    """Somebody with a browser, who opens the form and sends it until an answer comes."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(cookies)

    def order(self, name: str) -> str:
        """The address of the order's page."""
        hidden = dict(re.findall(r'name="(csrf_token|submission)"[^>]*value="([^"]+)"', self.answer("/order")[1]))
        return self.answer("/order", {**ORDER, **hidden, "name": name, "email": "marie@example.org"})[0]

    def answer(self, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """Where an answer came from, and what it says; asked for again until one comes."""
        data = urllib.parse.urlencode(form).encode() if form else None
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with self.browser.open(self.address + path, data, timeout=PATIENCE) as found:
                    return found.geturl(), found.read().decode()
            except urllib.error.HTTPError as error:
                raise AssertionError(f"{path}: {error.code}") from error
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < until, "the server does not come back"
                time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_web_server_and_a_worker_are_killed_while_people_order(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf=1_000_000)
    port, is_over = free_port(), threading.Event()
    confirmed: list[str] = []

    def order_for_ever(who: str) -> None:
        orderer = Orderer(port)
        while not is_over.is_set():
            confirmed.append(orderer.order(f"{who} {len(confirmed)}"))

    settings = {"UNUSUAL_ORDERS": 1_000_000, "MOST_ORDERS": 1_000_000}
    web = partial(Process, app, partial(serve, port=port), **settings)
    worker = partial(Process, app, send_mails, **settings)
    running = [web(), worker()]
    people: list[Job[None]] = [start(app, partial(order_for_ever, who)) for who in ("Anne", "Jean")]
    for _ in range(TIMES):
        goal, until = len(confirmed) + 4, time.monotonic() + PATIENCE
        while len(confirmed) < goal:
            assert time.monotonic() < until, "nobody can order any more"
            time.sleep(0.005)
        for process in running:
            process.kill()
            process.process.join(PATIENCE)
        running = [web(), worker()]
    is_over.set()
    for each in people:
        each.result()
    for process in running:
        process.kill()
        process.process.join(PATIENCE)
    with app.app_context():
        assert len(set(confirmed)) == len(confirmed) == db.session.scalar(select(func.count()).select_from(Order))
        mails = Counter(db.session.scalars(select(OutgoingMail.order_id)))
        assert set(mails.values()) == {1}
        assert len(mails) == len(confirmed)
    sent = [each.name for each in (Path(app.instance_path) / "mail").glob("*.eml")]
    assert len(sent) <= len(confirmed)
