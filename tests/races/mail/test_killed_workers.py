"""A worker that is killed while it sends: within a minute another one goes on, and no mail goes twice."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db
from orders.mail.claims import NOT_HEARD
from orders.mail.models import OutgoingMail
from tests.conftest import make_app
from tests.factories import make_edition, make_order
from tests.races.mail_server import Postbox, serving
from tests.races.processes import Process, send_mails_later

pytestmark = pytest.mark.races


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def settings(postbox: Postbox) -> Iterator[dict[str, Any]]:
    with serving(postbox) as settings:
        yield settings


@pytest.fixture
def mailing(database_url: str, tmp_path: Path, settings: dict[str, Any]) -> Iterator[Flask]:
    app = make_app(database_url, tmp_path, **settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def post_mails(count: int) -> Counter[str]:
    """So many mails, each of an order that was placed; each Message-ID once."""
    make_edition(shelf=count)
    for _ in range(count):
        make_order()
    return Counter(db.session.scalars(select(OutgoingMail.message_id)))


def send(app: Flask, settings: dict[str, Any], *, minutes: int) -> Process:
    return Process(app, partial(send_mails_later, minutes=minutes), **settings)


def kill_at(number: int, victim: Callable[[], Process]) -> Callable[[], None]:
    """Kills the sender when it is called for the `number`-th time."""
    calls = iter(range(1, 10_000))

    def count() -> None:
        if next(calls) == number:
            victim().kill()

    return count


@pytest.mark.parametrize("stage", ["at_recipient", "meanwhile"])
def test_the_next_worker_goes_on_within_a_minute(
    mailing: Flask, postbox: Postbox, settings: dict[str, Any], stage: str
) -> None:
    posted = post_mails(7)
    running: list[Process] = []
    setattr(postbox, stage, kill_at(3, lambda: running[0]))
    running.append(send(mailing, settings, minutes=0))
    assert running[0].everything_left() == []
    assert len(postbox.arrived) in (2, 3)
    send(mailing, settings, minutes=1).end()
    assert Counter(postbox.arrived) == posted


def test_a_mail_whose_answer_was_not_heard_counts_as_sent_and_says_so(
    mailing: Flask, postbox: Postbox, settings: dict[str, Any]
) -> None:
    post_mails(1)
    running: list[Process] = []
    postbox.meanwhile = kill_at(1, lambda: running[0])
    running.append(send(mailing, settings, minutes=0))
    running[0].everything_left()
    send(mailing, settings, minutes=1).end()
    db.session.rollback()
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.sent_at is not None, mail.last_error) == (True, NOT_HEARD)


def test_workers_killed_at_any_moment_send_nothing_twice_and_what_may_not_have_left_says_so(
    mailing: Flask, postbox: Postbox, settings: dict[str, Any]
) -> None:
    """Killed between the commit and the dot, a worker leaves a mail that nobody can know about (decision 0040)."""
    posted = post_mails(25)
    chance = random.Random(5)
    for round_ in range(3):
        workers = [send(mailing, settings, minutes=round_) for _ in range(2)]
        target = len(postbox.arrived) + chance.randrange(1, 6)
        while len(postbox.arrived) < min(target, len(posted)):
            time.sleep(0.001)
        time.sleep(chance.random() / 100)
        for worker in workers:
            worker.kill()
            worker.process.join()
    send(mailing, settings, minutes=10).end()
    db.session.rollback()
    unsure = Counter(
        db.session.scalars(select(OutgoingMail.message_id).where(OutgoingMail.last_error == NOT_HEARD)).all()
    )
    arrived = Counter(postbox.arrived)
    assert max(arrived.values()) == 1
    assert arrived <= posted
    assert posted - arrived <= unsure
