"""Posts mails: writes them as rows, in the same transaction as what they tell about."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, union, update

from orders.database import db
from orders.mail import claims, rendering
from orders.mail.models import HELD_BACK, WITHDRAWN, OutgoingMail
from orders.mail.told import as_stored
from orders.rows import quick_rows
from orders.rows.bulk_rows import among

A_DAY = timedelta(days=1)
SETTLING = timedelta(minutes=10)


def post(
    address: str,
    kind: str,
    *,
    language: str,
    at: datetime,
    due_at: datetime | None = None,
    order_id: int | None = None,
    **told: Any,
) -> OutgoingMail:
    """Write a mail (`draw`), to leave at once or when it is due."""
    mail = draw(address, kind, language=language, at=at, due_at=due_at, order_id=order_id, **told)
    quick_rows.insert(mail)
    return mail


def draw(
    address: str,
    kind: str,
    *,
    language: str,
    at: datetime,
    due_at: datetime | None = None,
    order_id: int | None = None,
    **told: Any,
) -> OutgoingMail:
    """A mail that `templates/mail/<kind>.txt` (its first line is the subject) and `<kind>.html` say, not written yet.

    `told` is what the templates know: plain values, days and moments. It must not hold free text of an orderer: anybody
    could then send any text to any address.
    """
    stored = as_stored(told)
    return quick_rows.new(
        OutgoingMail,
        **_letterhead(address, kind, language, rendering.subject(kind, language, stored)),
        told=stored,
        order_id=order_id,
        posted_at=at,
        due_at=due_at or at,
    )


def post_rendered(address: str, kind: str, *, language: str, at: datetime, **known: Any) -> OutgoingMail:
    """Post a mail whose templates need more than plain values: it is rendered now and keeps what it says."""
    subject = rendering.subject(kind, language, known)
    mail = OutgoingMail(
        **_letterhead(address, kind, language, subject),
        kept_text=rendering.text(kind, language, known),
        kept_html=rendering.html(kind, language, subject, known),
        posted_at=at,
        due_at=at,
    )
    quick_rows.insert(mail)
    return mail


def _letterhead(address: str, kind: str, language: str, subject: str) -> dict[str, str]:
    if any(ord(letter) < 32 for letter in address + subject):
        raise ValueError("a mail's address and subject must not contain control characters")
    return {
        "address": address,
        "kind": kind,
        "language": language,
        "subject": subject,
        "message_id": _new_message_id(kind),
    }


def post_soon(address: str, kind: str, *, language: str, at: datetime, order_id: int, **told: Any) -> OutgoingMail:
    """Like `post`, for what may be so otherwise again in a moment: all of `SETTLING` is told by one mail, the last.

    It leaves `SETTLING` after the first, or before whatever else is told about the order (`release`).
    """
    earlier = db.session.scalars(_settling([order_id]).where(OutgoingMail.kind == kind).with_for_update()).all()
    due_at = min([each.due_at for each in earlier], default=at + SETTLING)
    mail = post(address, kind, language=language, at=at, due_at=due_at, order_id=order_id, **told)
    for each in earlier:
        db.session.delete(each)
    return mail


def release(order_ids: Sequence[int], *, at: datetime) -> None:
    """What still settles about these orders goes now, because something else is told about them."""
    for mail in db.session.scalars(_settling(order_ids).where(OutgoingMail.due_at > at).with_for_update()):
        mail.due_at = at


def withdraw(order_id: int, *, at: datetime) -> None:
    """Drop the mails about an order that have not left, or were given up: their address was wrong.

    One that a worker has taken is marked instead; if its last line leaves just now, it goes.
    """
    unsent = select(OutgoingMail).where(
        OutgoingMail.order_id == order_id, OutgoingMail.sent_at.is_(None), OutgoingMail.handed_at.is_(None)
    )
    for mail in db.session.scalars(unsent.with_for_update()):
        if mail.claimed_by:
            mail.given_up_at, mail.last_error = at, WITHDRAWN
        else:
            db.session.delete(mail)


def has_left(order_id: int, address: str) -> bool:
    """Whether any mail about an order was sent to this address, or is being handed over."""
    left = or_(OutgoingMail.sent_at.is_not(None), OutgoingMail.handed_at.is_not(None))
    of_order = select(OutgoingMail.id).where(OutgoingMail.order_id == order_id, OutgoingMail.address == address)
    return db.session.scalar(of_order.where(left).limit(1)) is not None


def _settling(order_ids: Sequence[int]) -> Select[OutgoingMail]:
    """Mails about these orders that nobody has tried to send, nor begins to."""
    return select(OutgoingMail).where(
        among(OutgoingMail.order_id, order_ids),
        claims.is_waiting(),
        OutgoingMail.attempts == 0,
        OutgoingMail.claimed_until.is_(None),
        OutgoingMail.handed_at.is_(None),
    )


def hold_back(mail: OutgoingMail, *, at: datetime) -> None:
    """Do not send a mail unless somebody of the office says so: it stands among those that were given up."""
    mail.given_up_at, mail.last_error = at, HELD_BACK


def has_had_its_number(posted: Select[int], address: str, *, at: datetime, **about: str) -> bool:
    """Whether as many mails were `posted` (`count_posted`) in a day as go to an address that nobody confirmed."""
    found = quick_rows.execute(posted, {"address": address, "since": at - A_DAY, **about}).scalar_one()
    return bool(found >= most_unconfirmed())


def most_unconfirmed() -> int:
    """How many mails a day go to an address that nobody confirmed."""
    return int(current_app.config["UNCONFIRMED_MAILS"])


def is_of_last_day(*, at: datetime) -> ColumnElement[bool]:
    """Whether a mail counts among those of a day: it was not held back."""
    return (OutgoingMail.posted_at > at - A_DAY) & OutgoingMail.given_up_at.is_(None)


def count_posted(order_ids: Select[int]) -> Select[int]:
    """How many mails were posted after `since`, to an `address` or about these orders, without those held back.

    A UNION, because for an OR PostgreSQL reads every mail there is, where two indexes have the answer at once.
    """
    lately = OutgoingMail.posted_at > bindparam("since"), OutgoingMail.given_up_at.is_(None)
    to_it = select(OutgoingMail.id).where(OutgoingMail.address == bindparam("address"), *lately)
    about = select(OutgoingMail.id).where(OutgoingMail.order_id.in_(order_ids), *lately)
    return select(func.count()).select_from(union(to_it, about).subquery())


def was_posted(address: str, kind: str, *, since: datetime) -> bool:
    """Whether a mail of this kind was posted to an address since then."""
    posted = select(OutgoingMail.id).where(
        OutgoingMail.kind == kind, OutgoingMail.address == address, OutgoingMail.posted_at >= since
    )
    return db.session.scalar(posted.limit(1)) is not None


def post_again(mail: OutgoingMail, *, at: datetime) -> OutgoingMail:
    """Post a mail that was sent once more, word for word, as a mail of its own."""
    copied = ("kind", "address", "language", "subject", "told", "kept_text", "kept_html", "order_id")
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
