"""Finding mails: those of one order, and all by what became of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from orders.database import db
from orders.mail.models import MailState, OutgoingMail, UnknownMail

PER_PAGE = 50


def get_mail(mail_id: int) -> OutgoingMail:
    mail = db.session.get(OutgoingMail, mail_id)
    if mail is None:
        raise UnknownMail(mail_id)
    return mail


def mails_of(order_id: int) -> Sequence[OutgoingMail]:
    """All that an order's orderer was told, the latest first."""
    mails = select(OutgoingMail).where(OutgoingMail.order_id == order_id).order_by(OutgoingMail.id.desc())
    return db.session.scalars(mails).all()


def find(state: MailState, page: int) -> Sequence[OutgoingMail]:
    """One page of the mails in a state, the latest first; pages count from 1."""
    mails = select(OutgoingMail).where(_is(state)).order_by(OutgoingMail.id.desc())
    return db.session.scalars(mails.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()


def count(state: MailState) -> int:
    return db.session.scalar(select(func.count()).select_from(OutgoingMail).where(_is(state))) or 0


def _is(state: MailState) -> ColumnElement[bool]:
    if state is MailState.SENT:
        return OutgoingMail.sent_at.is_not(None)
    if state is MailState.GIVEN_UP:
        return OutgoingMail.given_up_at.is_not(None)
    return OutgoingMail.sent_at.is_(None) & OutgoingMail.given_up_at.is_(None)
