"""Mails leave once, through a real server on this machine; a server that is down costs nothing but time."""

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select

from orders.association.profile_cache import current_profile
from orders.clock import now
from orders.commands.mail_batches import send_batch
from orders.database import db, transact
from orders.mail import claims, delivery, outbox, smtp
from orders.mail.models import OutgoingMail
from tests.conftest import make_app
from tests.factories import NOW, make_edition, make_order


class Postbox:
    """A mail server that keeps what it gets; `answer` is what it says to a recipient."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[Controller]:
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def mailing(app_context: Flask, server: Controller) -> Flask:
    """The application, told to send through the server."""
    use_server(app_context, server)
    return app_context


def use_server(app: Flask, server: Controller) -> None:
    app.config["MAIL_SERVER"] = "127.0.0.1"
    app.config["MAIL_PORT"] = server.port
    delivery.init_app(app)


def the_mail() -> OutgoingMail:
    db.session.expire_all()
    return db.session.scalars(select(OutgoingMail)).one()


def claimed(*, at: datetime) -> int:
    """How many mails a worker gets at that moment."""
    return len(transact(claims.claim, 10, at=at).mail_ids)


def test_a_mail_arrives_as_text_and_html_with_what_mail_programs_need(mailing: Flask, postbox: Postbox) -> None:
    make_edition()
    order = make_order()
    assert send_batch() == 1
    (message,) = postbox.received
    assert message["To"] == order.email
    assert order.shown_reference in str(message["Subject"])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == the_mail().message_id
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        assert "http://pli.test/o/" in part.get_content()


def test_an_answer_to_a_mail_reaches_the_association(mailing: Flask, postbox: Postbox) -> None:
    make_edition()
    make_order()
    send_batch()
    (message,) = postbox.received
    assert message["Reply-To"] == message["From"]
    assert message["From"] == (mailing.config["MAIL_DEFAULT_SENDER"] or current_profile().mail_sender)


def test_the_longest_address_arrives_as_it_was_typed(mailing: Flask, postbox: Postbox) -> None:
    longest = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 57}.be"
    make_edition()
    make_order(email=longest)
    assert send_batch() == 1
    (message,) = postbox.received
    assert message["To"] == longest


def test_a_mail_is_sent_once(mailing: Flask, postbox: Postbox) -> None:
    make_edition()
    make_order()
    assert [send_batch(), send_batch()] == [1, 0]
    assert len(postbox.received) == 1
    assert the_mail().sent_at is not None


def test_while_the_server_is_down_nothing_is_lost_and_afterwards_it_goes_once(
    app_context: Flask, postbox: Postbox
) -> None:
    make_edition()
    back = Controller(postbox, hostname="127.0.0.1", port=free_port())
    use_server(app_context, back)
    make_order()
    for _ in range(3):
        with pytest.raises(smtp.Unreachable):
            send_batch()
    assert (the_mail().attempts, the_mail().claimed_until, the_mail().sent_at) == (0, None, None)
    back.start()
    try:
        assert [send_batch(), send_batch()] == [1, 0]
    finally:
        back.stop()
    assert len(postbox.received) == 1


def test_a_mail_that_the_server_puts_off_is_tried_again_after_growing_pauses(mailing: Flask, postbox: Postbox) -> None:
    make_edition()
    make_order()
    postbox.answer = "451 try again later"
    send_batch()
    first = the_mail().due_at
    assert (the_mail().attempts, the_mail().last_error) == (1, "recipient refused: [451]")
    assert send_batch() == 0
    transact(claims.record_outcome, claims.Outcome(the_mail().id, "again"), "", at=first)
    assert the_mail().due_at - first == 2 * claims.FIRST_PAUSE


def test_a_mail_that_never_goes_is_given_up_where_staff_can_see_it(mailing: Flask) -> None:
    make_edition()
    make_order()
    for _ in range(claims.MOST_ATTEMPTS):
        transact(claims.record_outcome, claims.Outcome(the_mail().id, "busy"), "", at=now())
    assert the_mail().given_up_at is not None
    assert claims.claim(10, at=now() + timedelta(days=30)).mail_ids == []


def test_a_refused_recipient_is_given_up_at_once_and_does_not_hold_up_the_next(
    mailing: Flask, postbox: Postbox
) -> None:
    make_edition()
    make_order()
    postbox.answer = "550 no such user"
    send_batch()
    assert the_mail().given_up_at is not None
    postbox.answer = "250 OK"
    make_order()
    send_batch()
    assert len(postbox.received) == 1


def test_a_claim_of_a_worker_that_died_runs_out(app_context: Flask) -> None:
    make_edition()
    make_order()
    moment = now()
    assert claimed(at=moment) == 1
    assert claimed(at=moment + timedelta(seconds=30)) == 0
    assert claimed(at=moment + timedelta(minutes=1)) == 1


def test_without_a_server_mails_become_files_that_a_mail_program_opens(
    app_context: Flask, instance_folder: Path
) -> None:
    make_edition()
    order = make_order()
    send_batch()
    (file,) = (instance_folder / "mail").glob("*.eml")
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert message["To"] == order.email


@pytest.mark.parametrize("address", ["marie@example.org\nBcc: x@example.org", "marie@example.org\0"])
def test_nothing_with_a_control_character_reaches_a_header(app_context: Flask, address: str) -> None:
    with pytest.raises(ValueError, match="control characters"):
        outbox.post(address, "order_links", language="fr", at=NOW, orders=[])


def test_links_in_mails_come_from_the_setting_and_never_from_the_request(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    public: dict[str, Any] = {"PUBLIC_URL": "https://commandes.example.org"}
    elsewhere = make_app(database_url, tmp_path / "other", **public)
    with elsewhere.test_request_context("/", base_url="http://evil.example"):
        make_edition()
        make_order()
        assert "https://commandes.example.org/o/" in the_mail().text
        assert "evil" not in the_mail().text + the_mail().html
        db.session.remove()
        db.engine.dispose()
