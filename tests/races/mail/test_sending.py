"""Several workers send at once: every mail arrives, and arrives once."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Select, select

from orders.clock import now
from orders.commands import mail_batches
from orders.database import db, transact
from orders.mail import claims
from orders.mail.models import OutgoingMail
from tests.conftest import make_app
from tests.factories import NOW, make_edition, make_order
from tests.races import only
from tests.races.mail_server import Postbox, serving
from tests.races.processes import in_processes, send_all_mails
from tests.races.threads import complaints, held_open, is_over_or_held_up, run_at_once, start

pytestmark = pytest.mark.races


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def mailing(database_url: str, tmp_path: Path, postbox: Postbox) -> Iterator[Flask]:
    """An application that sends to the postbox."""
    with serving(postbox) as settings:
        app = make_app(database_url, tmp_path, **settings)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def post_mails(app: Flask, count: int) -> Counter[str]:
    """So many mails, each of an order that was placed; each Message-ID once."""
    with app.app_context():
        make_edition(shelf=count)
        for _ in range(count):
            make_order()
        return Counter(db.session.scalars(select(OutgoingMail.message_id)))


def drain() -> None:
    while mail_batches.send_batch():
        pass


def test_workers_in_threads_send_every_mail_once(
    mailing: Flask, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_batches, "BATCH", 3)
    with complaints(mailing) as heard:
        posted = post_mails(mailing, 40)
        run_at_once(mailing, [drain] * 4)
    assert Counter(postbox.arrived) == posted
    assert heard == []


def test_workers_in_processes_send_every_mail_once(mailing: Flask, postbox: Postbox) -> None:
    posted = post_mails(mailing, 50)
    server = {name: mailing.config[name] for name in ("MAIL_SERVER", "MAIL_PORT")}
    assert in_processes(mailing, [send_all_mails] * 3, **server) == [[]] * 3
    assert Counter(postbox.arrived) == posted


def claim(limit: int) -> list[int]:
    return list(claims.claim(limit, at=now()).mail_ids)


def claim_beside_a_claim(app: Flask) -> tuple[list[int], list[int], bool]:
    """What two workers claim, the second while the first has not yet committed, and whether it had to wait."""
    first: list[int] = []
    with held_open(app, lambda: first.extend(claim(2))):
        second = start(app, lambda: transact(partial(claim, 5)))
        at_once = is_over_or_held_up(app, second)
    return first, second.result(), not at_once


def test_a_worker_passes_by_what_another_is_claiming(mailing: Flask) -> None:
    post_mails(mailing, 4)
    first, second, _ = claim_beside_a_claim(mailing)
    assert (len(first), len(second)) == (2, 2)
    assert set(first).isdisjoint(second)


@only("postgresql")
def test_and_it_does_not_wait_for_it(mailing: Flask) -> None:
    post_mails(mailing, 4)
    *_, waited = claim_beside_a_claim(mailing)
    assert not waited


@only("postgresql")
def test_without_skipping_locked_rows_it_would_wait(mailing: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Select.with_for_update
    monkeypatch.setattr(Select, "with_for_update", lambda self, **_: real(self))
    post_mails(mailing, 4)
    *_, waited = claim_beside_a_claim(mailing)
    assert waited


@only("postgresql")
def test_without_locking_rows_both_would_send_the_same(mailing: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Select, "with_for_update", lambda self, **_: self)
    post_mails(mailing, 4)
    first, second, _ = claim_beside_a_claim(mailing)
    assert set(first) < set(second)


def send_slowly(app: Flask, postbox: Postbox) -> None:
    """The server takes three minutes for the first mail and for the second; during the second another worker comes."""
    with time_machine.travel(NOW + timedelta(hours=1)) as clock:

        def take_three_minutes() -> None:
            clock.shift(timedelta(minutes=3))
            if len(postbox.arrived) == 2:
                postbox.meanwhile = lambda: None
                start(app, drain).result()

        postbox.meanwhile = take_three_minutes
        with app.app_context():
            drain()


def test_a_slow_server_gets_no_mail_twice(mailing: Flask, postbox: Postbox) -> None:
    posted = post_mails(mailing, 5)
    send_slowly(mailing, postbox)
    assert Counter(postbox.arrived) == posted


def test_without_writing_down_that_the_last_line_leaves_a_slow_server_would_get_mails_twice(
    mailing: Flask, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "begin_handing_over", lambda *_, **__: None)
    posted = post_mails(mailing, 5)
    send_slowly(mailing, postbox)
    assert set(Counter(postbox.arrived) - posted)
