"""A failing receiver, a broken mail or a wrong clock does not delay other mails."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select, update

from orders.clock import now
from orders.commands.mail_batches import MOST_BREAKS, send_batch
from orders.database import db, transact
from orders.mail import claims, delivery, outbox, smtp
from orders.mail.models import MailState, OutgoingMail
from tests.factories import NOW
from tests.races.mail_server import OnAnyPort

DROPS = "drops@example.org"


class Moody:
    """A mail server that closes the line at a stage: `MAIL`, `RCPT`, `DATA`, or `TAKEN`, right after its last answer.

    `only`: for this receiver. `says`: what it answers to MAIL FROM.
    """

    def __init__(self) -> None:
        self.drops_at = ""
        self.only = ""
        self.says = "250 OK"
        self.received: list[str] = []

    def _drop(self, server: SMTP, stage: str, address: str) -> bool:
        drops = self.drops_at == stage and self.only in ("", address)
        if drops and server.transport is not None:
            server.transport.abort()  # type: ignore[attr-defined]
        return drops

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self._drop(server, "MAIL", "")
        envelope.mail_from = address
        return self.says

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self._drop(server, "RCPT", address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self._drop(server, "DATA", envelope.rcpt_tos[0]):
            return "451 nobody hears this"
        self.received += envelope.rcpt_tos
        if self.drops_at == "TAKEN" and server.transport is not None:
            await server.push("250 OK")
            server.transport.close()
        return "250 OK"


@pytest.fixture
def server(app_context: Flask) -> Iterator[Moody]:
    """The application is told to send through it."""
    moody = Moody()
    controller = OnAnyPort(moody, hostname="127.0.0.1", port=0)
    controller.start()
    app_context.config["MAIL_SERVER"], app_context.config["MAIL_PORT"] = "127.0.0.1", controller.port
    delivery.init_app(app_context)
    yield moody
    controller.stop()


def post(*addresses: str, at: datetime = NOW) -> None:
    def write() -> None:
        for address in addresses:
            told: dict[str, Any] = {"orders": []}
            outbox.post(address, "order_links", language="fr", at=at, **told)

    transact(write)


def mail_to(address: str) -> OutgoingMail:
    db.session.rollback()
    return db.session.scalars(select(OutgoingMail).where(OutgoingMail.address == address)).one()


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_receiver_at_whose_mail_the_line_breaks_counts_an_attempt_and_the_others_go(
    server: Moody, stage: str
) -> None:
    server.drops_at, server.only = stage, DROPS
    others = [f"other{number}@example.org" for number in range(4)]
    post(others[0], DROPS, *others[1:])
    assert send_batch() == 5
    assert server.received == others
    mail = mail_to(DROPS)
    assert (mail.attempts, mail.sent_at, mail.given_up_at, mail.claimed_until) == (1, None, None, None)
    assert mail.due_at > now()
    assert "the line broke" in mail.last_error


def test_a_mail_that_cannot_be_rendered_is_given_up_and_the_others_go(server: Moody) -> None:
    post("broken@example.org", "other@example.org")
    broken = mail_to("broken@example.org")
    broken.told = {"orders": [{"placed_at": "no moment"}]}
    db.session.commit()
    assert send_batch() == 2
    assert server.received == ["other@example.org"]
    broken = mail_to("broken@example.org")
    assert broken.state is MailState.GIVEN_UP
    assert broken.last_error.startswith("cannot be rendered: ")


def test_it_is_given_up_after_all_its_attempts(server: Moody) -> None:
    server.drops_at, server.only = "RCPT", DROPS
    post(DROPS)
    for _ in range(claims.MOST_ATTEMPTS):
        db.session.execute(update(OutgoingMail).values(due_at=NOW))
        db.session.commit()
        send_batch()
    assert mail_to(DROPS).given_up_at is not None
    assert send_batch() == 0


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_drops_every_line_is_left_alone_for_a_while(server: Moody, stage: str) -> None:
    server.drops_at = stage
    post(*(f"other{number}@example.org" for number in range(8)))
    with pytest.raises(smtp.Unreachable):
        send_batch()
    db.session.rollback()
    assert sum(db.session.scalars(select(OutgoingMail.attempts))) == MOST_BREAKS
    server.drops_at = ""
    assert send_batch() == 8 - MOST_BREAKS


def test_a_server_that_closes_after_each_mail_gets_all_of_them_and_none_counts_an_attempt_more(server: Moody) -> None:
    server.drops_at = "TAKEN"
    post(*(f"other{number}@example.org" for number in range(3)))
    send_batch()
    db.session.rollback()
    assert len(server.received) == 3
    assert set(db.session.scalars(select(OutgoingMail.attempts))) == {1}


def test_a_server_that_refuses_our_own_address_is_no_reason_to_give_a_mail_up(server: Moody) -> None:
    server.says = "550 sender unknown"
    post("other@example.org")
    send_batch()
    mail = mail_to("other@example.org")
    assert (mail.attempts, mail.given_up_at, mail.last_error) == (1, None, "sender refused: 550")


@pytest.mark.parametrize("address", [f"x@{'é' * 80}.be", "é@exemple.be", "no address at all", "x@y@z..be"])
def test_a_mail_that_cannot_be_written_or_addressed_holds_up_no_other(server: Moody, address: str) -> None:
    post(address, "other@example.org")
    assert send_batch() == 2
    assert "other@example.org" in server.received
    assert mail_to(address).attempts == 1


def test_a_mail_that_a_clock_far_ahead_wrote_goes_now(server: Moody) -> None:
    post("other@example.org", at=now() + timedelta(days=1))
    assert send_batch() == 1


def test_an_attempt_that_a_clock_far_ahead_put_off_is_made_now(server: Moody) -> None:
    post("other@example.org")
    ahead = now() + timedelta(days=1)
    transact(claims.record_outcome, claims.Outcome(mail_to("other@example.org").id, "later"), "", at=ahead)
    assert send_batch() == 1


def test_an_attempt_that_was_put_off_just_now_waits(server: Moody) -> None:
    post("other@example.org")
    transact(claims.record_outcome, claims.Outcome(mail_to("other@example.org").id, "later"), "", at=now())
    assert send_batch() == 0


def test_a_claim_that_a_clock_far_ahead_wrote_holds_nothing(server: Moody) -> None:
    post("other@example.org")
    assert len(transact(claims.claim, 5, at=now() + timedelta(days=1)).mail_ids) == 1
    assert send_batch() == 1


def test_who_lost_a_mail_to_another_worker_does_not_say_what_became_of_it(server: Moody) -> None:
    post("other@example.org")
    late = transact(claims.claim, 5, at=NOW)
    other = transact(claims.claim, 5, at=NOW + claims.CLAIM)
    transact(claims.begin_handing_over, other.mail_ids[0], other.holder, 0, at=NOW)
    with pytest.raises(claims.TakenOver):
        transact(claims.begin_handing_over, late.mail_ids[0], late.holder, 0, at=NOW)
    transact(claims.record_outcome, claims.Outcome(late.mail_ids[0], "refused", for_good=True), late.holder, at=NOW)
    assert mail_to("other@example.org").given_up_at is None
    transact(claims.record_outcome, claims.Outcome(other.mail_ids[0]), other.holder, at=NOW)
    assert mail_to("other@example.org").sent_at == NOW
