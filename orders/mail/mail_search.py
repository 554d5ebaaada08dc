"""Finding mails: those of one order, and all by what became of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from orders.database import db
from orders.mail.models import MailState, OutgoingMail, UnknownMail

PER_PAGE = 50
MOST_COUNTED = 10_000


def get_mail(mail_id: int) -> OutgoingMail:
    mail = db.session.get(OutgoingMail, mail_id)
    if mail is None:
        raise UnknownMail(mail_id)
    return mail


def mails_of(order_id: int) -> Sequence[OutgoingMail]:
    """All that an order's orderer was told, the latest first."""
    mails = select(OutgoingMail).where(OutgoingMail.order_id == order_id).order_by(OutgoingMail.id.desc())
    return db.session.scalars(mails).all()


def find(state: MailState, page: int, after: int | None = None) -> Sequence[OutgoingMail]:
    """One page of the mails in a state, the latest first; pages count from 1. `after`: the last mail of the page
    before, where somebody goes on from there."""
    mails = select(OutgoingMail).where(_is(state)).order_by(OutgoingMail.id.desc()).limit(PER_PAGE)
    if after is not None:
        return db.session.scalars(mails.where(OutgoingMail.id < after)).all()
    return db.session.scalars(mails.offset((page - 1) * PER_PAGE)).all()


def count(state: MailState) -> int:
    """How many mails are in a state; of those that were sent no more than `MOST_COUNTED` and one are counted."""
    mails = select(OutgoingMail.id).where(_is(state))
    some = (mails.limit(MOST_COUNTED + 1) if state is MailState.SENT else mails).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def _is(state: MailState) -> ColumnElement[bool]:
    """Written so that the index of unsent mails knows all that are not sent."""
    if state is MailState.SENT:
        return OutgoingMail.sent_at.is_not(None)
    is_given_up = OutgoingMail.given_up_at.is_not(None)
    return OutgoingMail.sent_at.is_(None) & (is_given_up if state is MailState.GIVEN_UP else ~is_given_up)
