"""Mails that were posted before an upgrade leave after it."""

import json
from typing import Any

import pytest
from flask import Flask
from jinja2 import make_logging_undefined

from orders.database import db, transaction
from orders.mail.delivery import message_of
from orders.mail.models import OutgoingMail
from tests import ROOT
from tests.factories import NOW
from tests.wording.test_mails import KINDS

STORED: dict[str, Any] = json.loads((ROOT / "tests/mail/stored_mails.json").read_text())
"""By kind, what a mail of the first version that keeps it told. Never changed: only kinds may be added."""
MAY_BE_MISSING = ("granted_fewer", "drop_off", "postage_due", "caller", "first_name", "postal_lines")


class Missing:
    """A log of the names that templates know and a mail does not tell."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def warning(self, _message: str, said: str) -> None:
        self.names.append(said)

    error = warning


def a_mail(kind: str, **more: Any) -> OutgoingMail:
    fields = {"address": "marie@example.org", "language": "fr", "subject": "Merci", "message_id": "<one@pli.test>"}
    return OutgoingMail(kind=kind, posted_at=NOW, due_at=NOW, **fields, **more)


def test_each_kind_of_mail_to_an_orderer_is_among_them() -> None:
    assert set(STORED) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(STORED))
def test_a_mail_of_each_kind_that_an_earlier_version_posted_is_still_written_whole(
    app_context: Flask, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = Missing()
    monkeypatch.setattr(app_context.jinja_env, "undefined", make_logging_undefined(missing))  # type: ignore[arg-type]
    mail = a_mail(kind, told=STORED[kind])
    assert mail.text.startswith("Bonjour,\n")
    assert "/privacy" in mail.html
    assert [said for said in missing.names if not any(name in said for name in MAY_BE_MISSING)] == []


def test_a_mail_that_was_rendered_when_it_was_posted_leaves_word_for_word(app_context: Flask) -> None:
    with transaction():
        db.session.add(a_mail("order_confirmed", kept_text="Merci, Zoé\n", kept_html="<p>Merci, Zoé</p>"))
    message = message_of(db.session.query(OutgoingMail).one())
    assert (message.subject, message.body, message.html) == ("Merci", "Merci, Zoé\n", "<p>Merci, Zoé</p>")
