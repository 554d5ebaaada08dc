"""`flask worker`: sends the mails that are due and does the day's chores."""

import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from time import monotonic
from types import FrameType
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from orders import daily_jobs
from orders.backups import daily
from orders.clock import BRUSSELS, now
from orders.commands import privacy
from orders.commands.console import refuse
from orders.commands.mail_batches import send_batch
from orders.counts import sums
from orders.daily_jobs import Chore
from orders.database import db, snapshot, transact
from orders.events import deciding
from orders.mail import smtp
from orders.ordering.followup import announced_days, letter_counts
from orders.reminders import reminder_mails
from orders.reports import alerts
from orders.shared_state import worker_heartbeats

REST = 2.0  # seconds between looks when there was nothing to do
FIRST_HOUR = 7  # in Brussels: nobody is woken by a digest
CHORES: tuple[Chore[Any], ...] = (
    alerts.CHORE,
    announced_days.CHORE,
    letter_counts.CHORE,
    privacy.CHORE,
    deciding.CHORE,
    reminder_mails.CHORE,
    daily.CHORE,
    daily_jobs.STATISTICS,
)
LONGEST_PAUSE = 300.0  # seconds, when the mail server does not answer


@click.command("worker")
@click.option("--once", is_flag=True, help="Send what is due now, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Do due chores and send due mails until stopped (Ctrl-C or SIGTERM). Several may run at once on PostgreSQL."""
    if once:
        do_chores()
        roll_up_counts()
        try:
            while send_batch():
                pass
        except smtp.Unreachable as error:
            refuse(f"the mail server does not answer ({error}); every mail waits for the next time")
        return
    work_until_stopped()


def work_until_stopped() -> None:
    """Do due chores and send due mails until SIGTERM or SIGINT."""
    try:
        _work(_stopped_by_signal())
    except Exception:  # its text may quote a mail or an order: whoever starts workers starts the next one
        current_app.logger.exception("the worker ended by an error of its own")
        raise SystemExit(1) from None


def _stopped_by_signal() -> threading.Event:
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopped


def _work(stopped: threading.Event) -> None:
    pause, heart = REST, _Heart()
    while not stopped.is_set():
        try:
            heart.beat()
            sent = send_batch()
            if sent:
                heart.tell_of_mail_server("")
            if sent or do_chores() or roll_up_counts():
                pause = REST
                continue
            pause = REST
        except smtp.Unreachable as error:
            pause = min(pause * 2, LONGEST_PAUSE)
            heart.tell_of_mail_server(str(error) or type(error).__name__)
            _say("the mail server does not answer (%s); next try in %.0f s", error, pause)
        except OperationalError as error:
            pause = min(pause * 2, LONGEST_PAUSE)
            _say("the database does not answer (%s); next try in %.0f s", type(error.orig).__name__, pause)
        finally:
            db.session.remove()
        stopped.wait(pause)
    heart.end()


class _Heart:
    """Says now and then that this worker is there."""

    def __init__(self) -> None:
        self.worker = f"{socket.gethostname()[:60]}:{os.getpid()}"
        self._next = 0.0
        self._mail_error = ""

    def beat(self) -> None:
        if monotonic() >= self._next:
            transact(worker_heartbeats.beat, self.worker, at=now())
            self._next = monotonic() + worker_heartbeats.EVERY.total_seconds()

    def tell_of_mail_server(self, error: str) -> None:
        """Say that the mail server is silent, or answers again; once each."""
        if bool(error) != bool(self._mail_error):
            transact(worker_heartbeats.note_mail_server, self.worker, error, at=now())
        self._mail_error = error

    def end(self) -> None:
        with suppress(OperationalError):  # a database that is away will find it silent
            transact(worker_heartbeats.end, self.worker)


def _say(message: str, *about: object) -> None:
    current_app.logger.warning(message, *about)


def do_chores() -> bool:
    """Do all that is due today and not done yet, from seven in the morning. Returns whether anything was left to do."""
    moment = now()
    if moment.astimezone(BRUSSELS).hour < FIRST_HOUR:
        return False
    return any([do_chore(chore) for chore in CHORES])


def roll_up_counts() -> bool:
    """Put together the changes of the numbers that are kept, where there are many. Returns whether there were."""
    if not sums.are_many():
        return False
    transact(sums.roll_up)
    return True


def do_chore(chore: Chore[Any], clock: Callable[[], datetime] = now) -> bool:
    """A chore to its end, a transaction for each part of it; most looks find it done and take no lock."""
    if daily_jobs.is_done(chore, at=clock()):
        return False
    with snapshot():
        parts = list(chore.look(at=clock()))
    if all(transact(daily_jobs.do, chore, part, at=clock()) for part in parts):
        if chore.afterwards is not None:
            chore.afterwards(parts, at=clock())
        transact(daily_jobs.finish, chore, at=clock())
    return True
