"""Posts mails: writes them as rows, in the same transaction as what they tell about."""

import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select, update

from orders.database import db
from orders.mail import signed_links
from orders.mail.models import OutgoingMail


def post(
    address: str, kind: str, *, language: str, at: datetime, order_id: int | None = None, **told: Any
) -> OutgoingMail:
    """Write a mail from `templates/mail/<kind>.txt` (its first line is the subject) and `<kind>.html`.

    `told` is what the templates know. It must not hold free text of an orderer: anybody could then send any text to any
    address.
    """
    with force_locale(language):
        subject, text = render_template(f"mail/{kind}.txt", links=signed_links, **told).split("\n", 1)
        html = render_template(f"mail/{kind}.html", links=signed_links, subject=subject, language=language, **told)
    if any(ord(letter) < 32 for letter in address + subject):
        raise ValueError("a mail's address and subject must not contain control characters")
    mail = OutgoingMail(
        kind=kind,
        address=address,
        language=language,
        subject=subject.strip(),
        text=text.strip() + "\n",
        html=html,
        message_id=_new_message_id(kind),
        order_id=order_id,
        posted_at=at,
        due_at=at,
    )
    db.session.add(mail)
    return mail


def was_posted(address: str, kind: str, *, since: datetime) -> bool:
    """Whether a mail of this kind was posted to an address since then."""
    posted = select(OutgoingMail.id).where(
        OutgoingMail.kind == kind, OutgoingMail.address == address, OutgoingMail.posted_at >= since
    )
    return db.session.scalar(posted.limit(1)) is not None


def post_again(mail: OutgoingMail, *, at: datetime) -> OutgoingMail:
    """Post a mail that was sent once more, word for word, as a mail of its own."""
    copied = ("kind", "address", "language", "subject", "text", "html", "order_id")
    again = OutgoingMail(
        **{name: getattr(mail, name) for name in copied},
        message_id=_new_message_id(mail.kind),
        posted_at=at,
        due_at=at,
    )
    db.session.add(again)
    db.session.flush()
    return again


def count_as_sent() -> None:
    """Mark waiting mails about orders as sent: their orderers are made up, so the mails must not leave."""
    db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.order_id.is_not(None), OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None))
        .values(sent_at=OutgoingMail.posted_at)
        .execution_options(synchronize_session=False)
    )


def _new_message_id(kind: str) -> str:
    """One that no other mail has; a mail keeps it however often it is tried."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return f"<{kind}.{secrets.token_hex(16)}@{host}>"
