"""Sending: the worker claims mails that are due, hands each to the server and writes down what came of it.

A claim is a short transaction of its own, so that a worker that dies holds nothing for ever, and so that no
database lock waits for a mail server. A server that cannot be reached is not the mail's fault: the mail stays due
and the worker pauses. A server that puts off or refuses one mail is: it is tried again after growing pauses, then
given up where staff can see it.
"""

import smtplib
import ssl
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import flask_mail
from flask import Flask, current_app
from flask_mail import Mail, Message
from sqlalchemy import or_, select

from orders.database import db
from orders.mail.models import OutgoingMail

CLAIM = timedelta(hours=1)  # longer than a whole batch, each of 20 mails with five answers that need all of PATIENCE
PATIENCE = 30.0  # seconds that the mail server may take for one answer
FIRST_PAUSE = timedelta(minutes=1)
MOST_ATTEMPTS = 12  # pauses double from one minute: the last attempt comes some 34 hours after the first
TRANSPORT_FAILED = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError)

mailer = Mail()


def init_app(app: Flask) -> None:
    app.config["MAIL_SUPPRESS_SEND"] = False
    mailer.init_app(app)


class SmtpConnection(flask_mail.Connection):
    """Flask-Mail's connection, with a limit to how long it waits and with the server's certificate checked."""

    def configure_host(self) -> smtplib.SMTP:
        host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=PATIENCE)
        if self.mail.use_tls:
            host.starttls(context=ssl.create_default_context())
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host


class Unreachable(Exception):
    """The mail server does not answer, or not to us; every mail waits."""


class Connection(Protocol):
    def send(self, message: Message) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt: `error` is empty when it was sent; `for_good` when trying again is useless."""

    mail_id: int
    error: str = ""
    for_good: bool = False


class Folder:
    """Stands in for a mail server when none is set: each mail becomes a file that a mail program can open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: Message) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = str(message.msgId).strip("<>").split("@")[0]
        (self.folder / f"{name}.eml").write_bytes(message.as_bytes())


def connect() -> AbstractContextManager[Connection]:
    """The mail server, or the folder that stands in for it. Raises `Unreachable` when entered."""
    if not current_app.config["MAIL_SERVER"]:
        return nullcontext(Folder(Path(current_app.instance_path) / "mail"))
    return _Server()


class _Server:
    """One SMTP connection, kept for a whole batch."""

    def __enter__(self) -> Connection:
        self._connection = SmtpConnection(current_app.extensions["mail"])
        try:
            self._connection.__enter__()
        except (*TRANSPORT_FAILED, smtplib.SMTPException) as error:
            raise Unreachable(str(error)) from error
        return self._connection

    def __exit__(self, *_: object) -> None:
        try:
            if self._connection.host is not None:
                self._connection.host.quit()
        except TRANSPORT_FAILED as error:
            current_app.logger.info("the mail server closed first: %s", type(error).__name__)


def claim(limit: int, *, at: datetime) -> Sequence[OutgoingMail]:
    """Take up to `limit` due mails for this worker until `CLAIM` has passed; other workers pass them by."""
    mails = db.session.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None), OutgoingMail.due_at <= at)
        .where(or_(OutgoingMail.claimed_until.is_(None), OutgoingMail.claimed_until <= at))
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for mail in mails:
        mail.claimed_until = at + CLAIM
    return mails


def release(mail_ids: Sequence[int]) -> None:
    """Give back mails that were claimed and not tried: the server was not to be reached."""
    for mail in db.session.scalars(select(OutgoingMail).where(OutgoingMail.id.in_(mail_ids))):
        mail.claimed_until = None


def settle(outcome: Outcome, *, at: datetime) -> None:
    """Write down what came of one attempt."""
    mail = db.session.get_one(OutgoingMail, outcome.mail_id)
    mail.attempts += 1
    mail.claimed_until = None
    mail.last_error = outcome.error[:300]
    if not outcome.error:
        mail.sent_at = at
    elif outcome.for_good or mail.attempts >= MOST_ATTEMPTS:
        mail.given_up_at = at
    else:
        mail.due_at = at + FIRST_PAUSE * 2 ** (mail.attempts - 1)


def try_again(mail: OutgoingMail, *, at: datetime) -> None:
    """Make a mail that was given up due once more, with as many attempts as a new one."""
    mail.given_up_at = None
    mail.attempts = 0
    mail.due_at = at


def hand_over(mail_id: int, connection: Connection) -> Outcome:
    """Hand one mail to the server. Raises `Unreachable` when the connection broke."""
    mail = db.session.get_one(OutgoingMail, mail_id)
    try:
        connection.send(message_of(mail))
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return Outcome(mail.id, f"recipient refused: {codes}", for_good=all(code >= 500 for code in codes))
    except smtplib.SMTPResponseException as error:
        if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError) or error.smtp_code == 421:
            raise Unreachable(str(error)) from error
        return Outcome(mail.id, f"server answered {error.smtp_code}", for_good=error.smtp_code >= 500)
    except TRANSPORT_FAILED as error:
        raise Unreachable(str(error)) from error
    return Outcome(mail.id)


def message_of(mail: OutgoingMail) -> Message:
    """The mail as it leaves: text and HTML, a Message-ID that stays the same when it is tried again."""
    message = Message(
        subject=mail.subject,
        recipients=[mail.address],
        body=mail.text,
        html=mail.html,
        sender=current_app.config["MAIL_DEFAULT_SENDER"],
        reply_to=current_app.config["MAIL_DEFAULT_SENDER"],
        date=mail.posted_at.timestamp(),
        extra_headers={"Auto-Submitted": "auto-generated", "Content-Language": mail.language},
    )
    message.msgId = mail.message_id
    return message
