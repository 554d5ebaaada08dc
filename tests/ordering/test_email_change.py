"""Another e-mail address for one's own order counts once the link that went to it is followed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from orders.database import db, transact, transaction
from orders.errors import Refused
from orders.mail.models import HELD_BACK, OutgoingMail
from orders.ordering import email_confirmation
from orders.ordering.lifecycle import cancellation, email_change, order_links
from orders.ordering.lifecycle.email_change import (
    AlreadyConfirmed,
    LinkExpired,
    LinkReplaced,
    SameEmail,
    TooManyEmailChanges,
)
from orders.ordering.models import Order
from orders.ordering.refusals import AlreadyEnded, OrderErased, OrderRestricted, UnknownOrder
from orders.privacy import data_subject_rights
from orders.privacy.persons import person_of
from orders.staff.journal import Actor
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

WEB = Actor("web")
OLD, NEW, OTHER = "emlie@example.org", "emilie@example.org", "stranger@example.com"


@pytest.fixture
def order(app_context: Flask) -> Order:
    """One whose first mail left."""
    make_edition()
    placed = make_order(email=OLD)
    with transaction():
        db.session.execute(update(OutgoingMail).values(sent_at=NOW))
    return placed


def ask(order: Order, email: str = NEW, *, minutes: int = 0) -> str:
    """The signed part of the link that the mail has."""
    at = NOW + timedelta(minutes=minutes)
    transact(email_change.ask, order.reference, email, at=at)
    return email_change.token(order, email, at=at)


def confirm(link: str, *, minutes: int = 1) -> Order:
    return transact(email_change.confirm, link, at=NOW + timedelta(minutes=minutes), by=WEB)


def mails() -> list[tuple[str, str]]:
    """Kind and address of each that is to leave, the first first."""
    waiting = select(OutgoingMail).where(OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None))
    return [(mail.kind, mail.address) for mail in db.session.scalars(waiting.order_by(OutgoingMail.id))]


def test_the_old_address_stays_until_the_link_is_followed_and_then_opens_nothing(order: Order) -> None:
    nonce = order.link_nonce
    link = ask(order)
    assert mails() == [(email_change.MAIL, NEW)]
    assert link in db.session.scalars(select(OutgoingMail.told).where(OutgoingMail.address == NEW)).one()["page"]
    waiting = email_change.asked(order, at=NOW)
    assert waiting is not None
    assert waiting.email == NEW
    assert order.email == OLD
    confirm(link)
    assert (order.email, order.email_key, email_change.asked(order, at=NOW)) == (NEW, NEW, None)
    assert order.link_nonce != nonce
    assert mails() == [("order_confirmed", NEW)]  # the old address was never anybody's who read it
    assert email_confirmation.is_noted(order.id)


def test_an_old_address_whose_owner_read_its_mails_is_told(order: Order) -> None:
    transact(email_confirmation.confirm, order.id, at=NOW)
    confirm(ask(order))
    assert mails() == [("order_confirmed", NEW), (email_change.LEFT, OLD)]
    left = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == email_change.LEFT)).one()
    assert NEW not in left.text + left.html
    assert "/o/" not in left.text + left.html


def test_a_link_counts_once_and_only_the_last_one_for_three_days(order: Order) -> None:
    mistyped, right = ask(order, OTHER), ask(order, minutes=1)
    for link, minutes, refusal in (
        (mistyped, 2, LinkReplaced),
        (right, 3 * 24 * 60 + 2, LinkExpired),
        (right, 0, LinkExpired),  # a clock that was ahead
        (right[:-1] + ("A" if right[-1] != "A" else "B"), 2, UnknownOrder),
        ("nonsense", 2, UnknownOrder),
    ):
        with pytest.raises(refusal):
            confirm(link, minutes=minutes)
    assert order.email == OLD
    confirm(right, minutes=2)
    with pytest.raises(AlreadyConfirmed):
        confirm(right, minutes=3)
    with pytest.raises(LinkReplaced):
        confirm(mistyped, minutes=3)
    assert order.email == NEW


def test_a_link_that_was_asked_for_before_a_correction_by_the_office_opens_nothing(order: Order) -> None:
    link = ask(order, OTHER)
    transact(order_links.renew_link, order.reference, at=NOW, by=BY)
    assert email_change.asked(order, at=NOW) is None
    with pytest.raises(LinkReplaced):
        confirm(link)
    assert order.email == OLD


@pytest.mark.parametrize(
    ("end", "refusal"),
    [
        (cancellation.cancel, AlreadyEnded),
        (data_subject_rights.restrict, OrderRestricted),
        (data_subject_rights.erase, OrderErased),
    ],
)
def test_what_ended_meanwhile_keeps_its_address(
    order: Order, end: Callable[..., object], refusal: type[Refused]
) -> None:
    link = ask(order)
    if end is data_subject_rights.erase:
        transact(cancellation.cancel, order.reference, at=NOW, by=WEB)
    transact(end, order.reference, at=NOW, by=WEB)
    for act in (lambda: confirm(link), lambda: ask(order, OTHER, minutes=2)):
        with pytest.raises(refusal):
            act()
    assert order.email != NEW
    assert email_change.asked(order, at=NOW) is None


def test_nobody_is_flooded(order: Order) -> None:
    with pytest.raises(SameEmail):
        ask(order, OLD.upper())
    ask(order)
    ask(order, minutes=1)
    assert len(mails()) == 1  # pressed twice
    ask(order, minutes=9)
    ask(order, OTHER, minutes=10)
    with pytest.raises(TooManyEmailChanges):
        ask(order, "third@example.org", minutes=11)
    ask(order, "third@example.org", minutes=24 * 60 + 12)


def test_one_address_gets_few_such_mails_whoever_asks_and_the_answer_is_the_same(order: Order) -> None:
    orders = [order, *(make_order(email=f"{n}@example.org") for n in range(email_change.MOST_A_DAY))]
    for each in orders:
        ask(each, "Victim+1@example.net")
    held = db.session.scalars(select(OutgoingMail).where(OutgoingMail.last_error == HELD_BACK)).all()
    assert [mail.order_id for mail in held] == [orders[-1].id]


def test_an_order_with_somebody_elses_address_reads_nothing_of_theirs(order: Order) -> None:
    theirs = make_order(email=OTHER)
    link = ask(order, OTHER)
    assert [each.id for each in person_of(order).orders] == [order.id]
    assert not email_confirmation.is_noted(theirs.id)
    confirm(link)  # only who reads the mails of that address has it
    assert {each.id for each in person_of(order).orders} == {order.id, theirs.id}


def test_an_order_without_an_address_gets_one_and_keeps_the_link_that_is_on_paper(app_context: Flask) -> None:
    make_edition()
    order = make_order(email="")
    nonce = order.link_nonce
    confirm(ask(order))
    assert (order.email, order.link_nonce) == (NEW, nonce)
    packed = make_order(email="")
    make_dispatch(packed)
    assert not email_change.may_be_changed(packed)  # its slip says that no mail comes
