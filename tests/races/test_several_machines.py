"""Two web servers and three workers on one PostgreSQL, in processes of their own; one of each is killed under load."""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from orders.commands import mail_batches
from orders.commands.worker import CHORES, do_chore
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from orders.staff import accounts
from orders.staff.journal import Actor
from orders.staff.models import StaffRole
from tests.factories import NOW, make_edition
from tests.public.test_ordering import TYPED
from tests.races import only
from tests.races.mail_server import Postbox, serving
from tests.races.processes import Process, Sender, send_mails_later
from tests.timeouts import PATIENCE

pytestmark = [pytest.mark.races, pytest.mark.slow]

VISITORS, ORDERS = 3, 4
HIDDEN = ("csrf_token", "submission")
EMAIL, PASSWORD = "coordinator@example.org", "Sept cigognes sur un toit bleu"


def serve(app: Flask, sender: Sender) -> None:
    """A web server until it is killed; sends its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sender.send(f"http://127.0.0.1:{server.port}")
    server.serve_forever()


def work(app: Flask, _sender: Sender, *, port: int) -> None:
    """A worker until it is killed: mails and chores, without its rests."""
    _send_to(app, port)
    while True:
        for chore in CHORES:
            do_chore(chore)
        if not mail_batches.send_batch():
            time.sleep(0.02)


def send_the_rest(app: Flask, sender: Sender, *, port: int) -> None:
    """What a killed worker had claimed is free after a minute. Sends nothing."""
    _send_to(app, port)
    send_mails_later(app, sender, minutes=1)


def _send_to(app: Flask, port: int) -> None:
    app.config["MAIL_SERVER"] = app.extensions["mail"].server = "127.0.0.1"
    app.extensions["mail"].port = port


class Browser:
    """Somebody's browser, which keeps its cookies whichever server answers."""

    def __init__(self) -> None:
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open

    def open(self, url: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, page and the address at which it ended. Raises `OSError` when nobody answers."""
        data = urlencode(form).encode() if form else None
        try:
            answer = self._open(Request(url, data, {"Referer": url}), timeout=PATIENCE)  # noqa: S310
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read().decode(), answer.url

    def form(self, url: str) -> dict[str, str]:
        """The hidden fields of the page."""
        page = self.open(url)[1]
        return {name: re.findall(rf'name="{name}"[^>]* value="([^"]+)"', page)[0] for name in HIDDEN if name in page}


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    postbox = Postbox()
    with serving(postbox) as settings:
        yield postbox, settings["MAIL_PORT"]


@pytest.fixture
def machines(app: Flask) -> Iterator[list[Process]]:
    """Processes that a test starts; all are gone at its end."""
    started: list[Process] = []
    yield started
    for each in started:
        each.kill()
        each.end()


@only("postgresql")
def test_two_web_servers_and_three_workers_do_everything_once_although_one_of_each_is_killed(
    app: Flask, postbox: tuple[Postbox, int], machines: list[Process]
) -> None:
    with app.app_context():
        make_edition(shelf=200)
        transact(accounts.add_member, EMAIL, StaffRole.COORDINATOR, PASSWORD, at=NOW, by=Actor("command"))
    machines += [Process(app, serve), Process(app, serve)]
    machines += [Process(app, partial(work, port=postbox[1])) for _ in range(3)]
    servers = [machine.receive() for machine in machines[:2]]
    staff = Browser()
    signed_in = staff.open(f"{servers[0]}/staff/login", sign_in_form(staff, servers[0]))
    assert signed_in[2] == f"{servers[0]}/office/", signed_in[1]

    half_done = threading.Barrier(VISITORS, action=partial(kill, machines[0], machines[2]))
    with ThreadPoolExecutor(VISITORS) as visitors:
        placed = list(visitors.map(partial(visit, servers, half_done), range(VISITORS)))
    assert len({link for each in placed for link in each}) == VISITORS * ORDERS
    assert staff.open(f"{servers[1]}/office/")[2] == f"{servers[1]}/office/"

    rest = Process(app, partial(send_the_rest, port=postbox[1]))
    assert rest.everything_left() == []
    rest.end()
    with app.app_context():
        assert len(db.session.scalars(select(Order.id)).all()) == VISITORS * ORDERS
        posted = Counter(db.session.scalars(select(OutgoingMail.message_id)))
    arrived = Counter(postbox[0].arrived)
    assert max(arrived.values()) == 1
    assert arrived.keys() <= posted.keys()
    assert len(posted - arrived) <= 1  # the one whose last line was leaving counts as sent


def kill(*machines: Process) -> None:
    for each in machines:
        each.kill()


def sign_in_form(browser: Browser, server: str) -> dict[str, str]:
    return {**browser.form(f"{server}/staff/login"), "email": EMAIL, "password": PASSWORD}


def visit(servers: list[str], half_done: threading.Barrier, visitor: int) -> list[str]:
    """Orders, each opened at one server and then sent to both; the links of what was placed."""
    links = []
    for number in range(ORDERS):
        if number == ORDERS // 2:
            half_done.wait(PATIENCE)
        browser = Browser()
        form = next(filter(None, (hidden_fields(browser, server) for server in [servers[number % 2], *servers])))
        who = {"email": f"v{visitor}n{number}@example.org", "number": str(visitor * ORDERS + number + 1)}
        form |= TYPED | who | {"organisation": "", "audience": "family", "copies-MAN26": "1", "copies-LIV26": "0"}
        (link,) = filter(None, {send_order(browser, server, form) for server in servers})
        links.append(link)
    return links


def hidden_fields(browser: Browser, server: str) -> dict[str, str]:
    """Of the order form; nothing when the server is gone."""
    try:
        return browser.form(f"{server}/order")
    except (OSError, HTTPException):
        return {}


def send_order(browser: Browser, server: str, form: dict[str, str]) -> str:
    """The link of the order; empty when the server is gone."""
    try:
        status, page, url = browser.open(f"{server}/order", form)
    except (OSError, HTTPException):
        return ""
    assert "/o/" in url, (status, page[:3000])
    return url.partition("/o/")[2]
