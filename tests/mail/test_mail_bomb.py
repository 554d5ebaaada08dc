"""Nobody fills a stranger's letter box: changes are told by one mail, and an unconfirmed address gets few."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.database import db, transact
from orders.mail import claims
from orders.mail.models import HELD_BACK, MailState, OutgoingMail
from orders.ordering import email_confirmation
from orders.ordering.followup import mail_resend
from orders.ordering.lifecycle import cancellation, changing, order_links, placing
from orders.ordering.models import Order
from orders.ordering.notifications import News, notify_all
from orders.ordering.request.order_form_values import version
from orders.staff.journal import Actor
from tests.factories import BY, NOW, make_edition, make_order, make_request

STRANGER = "marie@example.org"
MINUTE = timedelta(minutes=1)
GMAIL = "marie@gmail.com"
MOST = 3


@pytest.fixture(autouse=True)
def few(app: Flask) -> None:
    app.config.update(UNCONFIRMED_MAILS=MOST)


def change(order: Order, copies: int, *, at: datetime) -> None:
    request = make_request(lines={"MAN26": copies}, email=STRANGER)
    transact(changing.change, order.reference, request, version=version(order), at=at, by=Actor("web"))


def order_from_outside(*, email: str = STRANGER, minutes: int = 0) -> Order:
    request = make_request(email=email, confirmed=frozenset({"repeat"}), reason="Pour une autre classe")
    return transact(placing.place, request, at=NOW + minutes * MINUTE, by=Actor("web"))


def dotted(number: int) -> str:
    """The same letter box, written in one of the many ways that Gmail takes."""
    domain = "gmail.com" if number % 2 else "googlemail.com"
    return f"{'marie'[: number % 4 + 1]}.{'marie'[number % 4 + 1 :]}@{domain}"


def mails(kind: str | None = None) -> list[OutgoingMail]:
    query = select(OutgoingMail).order_by(OutgoingMail.id)
    return list(db.session.scalars(query.where(OutgoingMail.kind == kind) if kind else query))


def sendable(*, at: datetime) -> list[str]:
    """The kinds of the mails that a worker takes now; it is rolled back."""
    taken = claims.claim(100, at=at).mail_ids
    kinds = [db.session.get_one(OutgoingMail, mail_id).kind for mail_id in taken]
    db.session.rollback()
    return kinds


def states() -> list[MailState]:
    return [mail.state for mail in mails()]


def test_twelve_changes_in_ten_minutes_are_one_mail_that_tells_the_last(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 1}, email=STRANGER)
    for number in range(12):
        change(order, number + 2, at=NOW + number * MINUTE / 2)
    assert [mail.kind for mail in mails()] == ["order_confirmed", "order_changed"]
    (changed,) = mails("order_changed")
    assert "13" in changed.text
    assert sendable(at=NOW + 9 * MINUTE) == ["order_confirmed"]
    assert sendable(at=NOW + 10 * MINUTE) == ["order_confirmed", "order_changed"]


def test_who_changes_for_hours_is_told_every_ten_minutes(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 1}, email=STRANGER)
    change(order, 2, at=NOW)
    change(order, 3, at=NOW + 9 * MINUTE)
    assert sendable(at=NOW + 10 * MINUTE)[-1] == "order_changed"


def test_a_mail_that_a_worker_has_taken_is_not_taken_from_it(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 1}, email=STRANGER)
    change(order, 2, at=NOW)
    transact(claims.claim, 100, at=NOW + 10 * MINUTE)
    change(order, 3, at=NOW + 10 * MINUTE)
    assert len(mails("order_changed")) == 2


def test_what_settles_goes_before_whatever_else_is_told(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 1}, email=STRANGER)
    change(order, 2, at=NOW)
    transact(cancellation.cancel, order.reference, at=NOW + MINUTE, by=Actor("web"))
    assert sendable(at=NOW + MINUTE) == ["order_confirmed", "order_changed", "order_cancelled"]


def test_changes_of_two_orders_are_two_mails(app_context: Flask) -> None:
    make_edition()
    for _ in range(2):
        change(make_order(lines={"MAN26": 1}, email=STRANGER), 2, at=NOW)
    assert len({mail.order_id for mail in mails("order_changed")}) == 2


@pytest.mark.parametrize("address", [STRANGER, "Marie@Example.org", "marie+{}@example.org", GMAIL])
def test_an_address_that_nobody_confirmed_gets_so_many_a_day_and_the_office_sees_the_rest(
    app_context: Flask, address: str
) -> None:
    make_edition()
    for number in range(MOST + 2):
        order_from_outside(email=address.format(number) if address != GMAIL else dotted(number), minutes=number)
    assert states() == [MailState.WAITING] * MOST + [MailState.GIVEN_UP] * 2
    assert {mail.last_error for mail in mails()[MOST:]} == {HELD_BACK}
    order_from_outside(email="jean@example.org")
    order_from_outside(minutes=25 * 60)
    assert states()[MOST + 2 :] == [MailState.WAITING] * 2


def test_links_that_are_asked_for_count_too(app_context: Flask) -> None:
    make_edition()
    order_from_outside()
    for number in range(4):
        transact(order_links.mail_links, STRANGER, at=NOW + number * 6 * MINUTE, language="fr")
    assert states() == [MailState.WAITING] * MOST + [MailState.GIVEN_UP] * 2


def test_one_click_on_a_link_in_a_mail_confirms_the_address_for_all_its_orders(app_context: Flask) -> None:
    make_edition()
    first = order_from_outside()
    transact(email_confirmation.confirm, first.id, at=NOW)
    transact(email_confirmation.confirm, first.id, at=NOW + MINUTE)
    for _ in range(MOST + 1):
        order_from_outside()
    assert set(states()) == {MailState.WAITING}


def test_of_many_who_are_told_at_once_each_mail_counts_for_the_next(app_context: Flask) -> None:
    make_edition()
    orders = [order_from_outside(email=f"marie+{number}@example.org") for number in range(MOST + 2)]
    orders.append(order_from_outside(email="jean@example.org"))
    tomorrow = NOW + timedelta(hours=25)
    told = [News(order, "order_tracking", {"numbers": ["1"]}) for order in orders]
    transact(notify_all, told, at=tomorrow)
    assert [mail.state for mail in mails("order_tracking")] == [
        *[MailState.WAITING] * MOST,
        *[MailState.GIVEN_UP] * 2,
        MailState.WAITING,
    ]
    transact(notify_all, told[:1], at=tomorrow)
    assert mails("order_tracking")[-1].is_held_back
    transact(email_confirmation.confirm, orders[3].id, at=tomorrow)
    transact(notify_all, told, at=tomorrow)
    assert not any(mail.is_held_back for mail in mails("order_tracking")[-len(told) :])


def test_what_settles_goes_before_what_many_are_told(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 1}, email=STRANGER)
    change(order, 2, at=NOW)
    transact(notify_all, [News(order, "order_tracking", {"numbers": ["1"]})], at=NOW + MINUTE)
    assert sendable(at=NOW + MINUTE) == ["order_confirmed", "order_changed", "order_tracking"]


def test_what_the_office_types_in_is_never_held_back(app_context: Flask) -> None:
    make_edition()
    for _ in range(MOST + 1):
        make_order(email=STRANGER)
    assert set(states()) == {MailState.WAITING}


def test_the_office_sends_what_was_held_back_if_it_wants(app_context: Flask) -> None:
    make_edition()
    for _ in range(MOST + 1):
        order_from_outside()
    held = mails()[-1]
    transact(mail_resend.send_again, held.id, at=NOW, by=BY)
    assert (held.state, held.last_error) == (MailState.WAITING, "")
    assert db.session.scalar(select(func.count()).where(claims.is_due(NOW))) == MOST + 1
