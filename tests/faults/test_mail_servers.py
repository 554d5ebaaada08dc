"""Mail servers that hang, are away for hours, or put every stranger off: each mail goes once when they relent."""

import socket
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select

from orders.commands.mail_batches import send_batch
from orders.database import db
from orders.mail import claims, smtp
from orders.mail.models import OutgoingMail
from tests.factories import NOW, make_edition, make_order
from tests.races.mail_server import OnAnyPort


class Greylisting:
    """A mail server that puts each receiver off at first, as many do with strangers."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.received: Counter[str] = Counter()

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address not in self.known:
            self.known.add(address)
            return "451 4.7.1 greylisted, come again in five minutes"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.update(envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture
def greylisting(app_context: Flask) -> Iterator[Greylisting]:
    server = Greylisting()
    controller: Any = OnAnyPort(server, hostname="127.0.0.1", port=0)
    controller.start()
    send_to(app_context, controller.port)
    yield server
    controller.stop()


def send_to(app: Flask, port: int) -> None:
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port)
    app.extensions["mail"].server, app.extensions["mail"].port = "127.0.0.1", port


def mails() -> list[OutgoingMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail)))


def order(count: int) -> None:
    make_edition()
    for _ in range(count):
        make_order()


def test_a_server_that_puts_strangers_off_gets_each_mail_once_a_little_later(greylisting: Greylisting) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        order(3)
        while send_batch():
            pass
        assert greylisting.received == Counter()
        clock.move_to(NOW + claims.FIRST_PAUSE)
        while send_batch():
            pass
    assert sorted(greylisting.received.values()) == [1, 1, 1]
    assert all(each.sent_at for each in mails())


def test_a_server_that_hangs_stops_nobody_and_is_away_for_as_many_hours_as_it_likes(
    app_context: Flask, greylisting: Greylisting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes the connection and says nothing. After two days the mails go: no attempt was counted."""
    monkeypatch.setattr(smtp, "PATIENCE", 0.05)
    good = app_context.config["MAIL_PORT"]
    with time_machine.travel(NOW, tick=False) as clock, socket.create_server(("127.0.0.1", 0)) as silent:
        order(2)
        send_to(app_context, silent.getsockname()[1])
        for hours in range(0, 48, 6):
            clock.move_to(NOW + timedelta(hours=hours))
            with pytest.raises(smtp.Unreachable):
                send_batch()
        assert [each.attempts for each in mails()] == [0, 0]
        send_to(app_context, good)
        greylisting.known = {each.address for each in mails()}
        while send_batch():
            pass
    assert sorted(greylisting.received.values()) == [1, 1]
