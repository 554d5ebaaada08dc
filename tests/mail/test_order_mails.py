"""Every mail that Pli writes about an order: whole, in its language, and of the orderer's words only the address."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from orders.addresses import PostalAddress
from orders.catalogue.models import Publication
from orders.database import db, transact
from orders.mail import outbox
from orders.mail.models import OutgoingMail
from orders.ordering import email_confirmation, mail_words
from orders.ordering.allocation import estimates
from orders.ordering.allocation.sharing_rules import SharingRule
from orders.ordering.followup import announced_days, letter_counts, returned_orders
from orders.ordering.lifecycle import approval, cancellation, email_change, order_links
from orders.ordering.models import Delivery, Order
from orders.ordering.queue import deallocation, rationing
from orders.ordering.season import closing
from orders.privacy import confirmation
from orders.shipping import returns
from orders.shipping.carrier import tracking
from orders.shipping.dispatches import lifecycle
from orders.stock import print_runs
from orders.stock.models import Reason
from orders.stock.print_runs import PlannedRun
from tests import ROOT
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order, receive
from tests.ordering.test_changing import change
from tests.test_architecture import TEMPLATES
from tests.wording.test_mails import KINDS, TO_PROPOSERS

LATER = NOW + timedelta(days=1)
FREE_TEXT = {
    "name": "FREE1 name",
    "department": "FREE2 department",
    "organisation": "FREE3 organisation",
    "building": "FREE4 building",
    "street": "FREE5 street",
    "number": "FREE6",
    "box": "FREE7",
    "town": "FREE8 town",
    "message": "FREE9 message http://spam.example",
    "reason": "FREE10 reason",
    "billing_name": "FREE11 billing",
    "billing_address": "FREE12 billing",
    "purchase_order": "FREE13 order",
    "phone": "FREE14",
}

PRINTED = ("name", "department", "organisation", "building", "street", "number", "box", "town")
TELL_THE_ADDRESS = ("order_confirmed", "order_pending", "order_accepted")

_written: dict[str, list[OutgoingMail]] = {}  # by the URL of the database


def change_send_and_cancel(order: Order) -> None:
    change(order, lines={"MAN26": 3})  # changed
    transact(order_links.renew_link, order.reference, at=LATER, by=BY)
    dispatch = make_dispatch(order)
    transact(lifecycle.close, dispatch.id, at=LATER, by=BY, everything=True)  # sent
    transact(returns.recall, dispatch.id, at=LATER, by=BY)  # not sent
    posted = make_dispatch(order).id
    transact(lifecycle.close, posted, at=LATER, by=BY, everything=True)
    transact(tracking.note, posted, {1: "323212345678901234567890"}, at=LATER, by=BY)
    transact(letter_counts.ask, [order.id], at=LATER)
    transact(returned_orders.send_again, order.reference, at=LATER, by=BY)
    transact(lifecycle.close, make_dispatch(order).id, at=LATER, by=BY, everything=True)
    transact(returned_orders.take_back, order.reference, at=LATER, by=BY)  # returned
    transact(cancellation.cancel, order.reference, at=LATER, by=BY)


def change_email(order: Order) -> None:
    """Of an address whose owner read a mail."""
    transact(email_confirmation.confirm, order.id, at=NOW)
    transact(email_change.ask, order.reference, "another@example.org", at=NOW)
    transact(outbox.count_as_sent)  # what has not left would never leave
    transact(email_change.confirm, email_change.token(order, "another@example.org", at=NOW), at=NOW, by=BY)


def write_every_kind(language: str) -> None:
    """Have each thing happen that an orderer is told."""
    edition = make_edition(shelf=6)

    def ordered(**fields: Any) -> Order:
        return make_order(**{**FREE_TEXT, "language": language, **fields})

    order = ordered(lines={"MAN26": 2})  # confirmed
    change_send_and_cancel(order)
    ordered(lines={"LIV26": 6}, organisation="", number="6")
    ordered(lines={"LIV26": 2}, organisation="", number="7")
    booklet = edition.publications[1]
    seen = rationing.read_demand(booklet).mark
    transact(rationing.apply, booklet, SharingRule.PROPORTIONAL, minimum=1, seen=seen, at=NOW, by=BY)  # shared
    ordered(lines={"LIV26": 2}, organisation="", number="8", delivery=Delivery.PICKUP)
    ordered(lines={"LIV26": 2}, organisation="", number="9")
    receive("LIV26", 99, minutes=5)  # arrived, to fetch
    transact(deallocation.correct, booklet, -94, reason=Reason.DAMAGED, confirmed=1, at=LATER, by=BY)  # set back
    manual, soon = edition.publications[0], PlannedRun(99, LATER.date())
    run = transact(print_runs.commission, manual, soon, at=NOW, by=BY)
    delayed = ordered(lines={"MAN26": 50}, organisation="", number="10")
    transact(print_runs.cancel, manual, run.id, at=NOW, by=BY)
    transact(announced_days.tell_once, delayed.reference, at=NOW)  # delayed
    allow("school", review_above=1, maximum=9)
    for rule, more in ((approval.accept, ()), (approval.reject, ("Plus assez.",))):
        pending = ordered(lines={"MAN26": 2}, audience="school", confirmed=frozenset({"repeat"}))
        transact(rule, pending.reference, *more, at=LATER, by=BY)  # type: ignore[arg-type]
    transact(order_links.mail_links, order.email, at=LATER, language=language)
    transact(confirmation.ask, order.reference, confirmation.Act.RECEIVE, at=LATER)  # own data
    change_email(delayed)
    still_open = closing.open_orders(edition).total
    cancelling = closing.Decision(closing.WhatBecomes.CANCEL, still_open)
    transact(closing.archive_edition, 2026, decision=cancelling, at=LATER, by=BY)  # ended


@pytest.fixture
def mails(app_context: Flask, database_url: str) -> list[OutgoingMail]:
    """All that orderers are told, in French; written once for the tests that read it."""
    if database_url not in _written:
        write_every_kind("fr")
        _written[database_url] = list(db.session.scalars(select(OutgoingMail)))
        db.session.expunge_all()
    return _written[database_url]


def test_each_thing_that_happens_is_told_in_a_mail_of_its_own(mails: list[OutgoingMail]) -> None:
    assert {mail.kind for mail in mails} == set(KINDS) - TO_PROPOSERS - {"order_again"}


def test_no_template_of_a_mail_knows_what_an_orderer_wrote() -> None:
    theirs = "|".join({*FREE_TEXT, "postcode", "repeat_reason", "address", "search"})  # by `mail_words` only
    written = re.compile(rf"order\.({theirs})\b")
    for template in (path for path in TEMPLATES if path.parent == ROOT / "templates/mail"):
        assert not written.search(template.read_text()), template.name


def test_no_word_of_the_orderer_but_the_address_stands_in_any_mail(mails: list[OutgoingMail]) -> None:
    for mail in mails:
        said = mail.subject + mail.text + mail.html
        if mail.kind in TELL_THE_ADDRESS:
            said = re.sub("|".join(FREE_TEXT[name] for name in PRINTED), "", said, flags=re.IGNORECASE)
        assert "FREE" not in said, mail.kind
        assert "spam.example" not in said, mail.kind


@pytest.mark.parametrize("name", PRINTED)
@pytest.mark.parametrize("words", ["gagnez.example", "https://x", "a@b", "0900 12 34 56"])
def test_an_address_that_leads_elsewhere_stands_in_no_mail(name: str, words: str) -> None:
    fields = {"name": "Zoé", "street": "Rue Haute", "number": "3", "postcode": "1000", "town": "Bruxelles"}
    assert mail_words.postal_lines(PostalAddress(**{**fields, "town": "Sint-Pieters-Leeuw"}))
    assert mail_words.postal_lines(PostalAddress(**{**fields, name: f"Allez {words}"})) == []


def test_every_mail_leads_to_data_and_rights(mails: list[OutgoingMail]) -> None:
    for mail in mails:
        assert "/privacy" in mail.text, mail.kind
        assert "/privacy" in mail.html, mail.kind


def test_each_says_the_same_as_text_and_as_html_and_names_the_order(mails: list[OutgoingMail]) -> None:
    for mail in mails:
        if mail.kind != letter_counts.MAIL:  # it asks about letters, and leads to the order's page
            assert re.search(r"[A-Z]{4}-[A-Z]{4}", mail.subject + mail.text), mail.kind
        assert "None" not in mail.text + mail.html, mail.kind
        links = [set(re.findall(r"http://pli\.test/o/[\w.-]+", body)) for body in (mail.text, mail.html)]
        assert links[0] == links[1], mail.kind
        assert "http://pli.test/privacy" in mail.text, mail.kind
        assert len(mail.text.splitlines()) == len(re.sub(r"\n{4,}", "\n", mail.text).splitlines()), mail.kind


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_each_is_written_in_the_language_of_the_orderer(app_context: Flask, language: str) -> None:
    write_every_kind(language)
    for mail in db.session.scalars(select(OutgoingMail)):
        assert mail.language == language
        assert f'<html lang="{language}">' in mail.html


def reprint(copies: int, day: date) -> None:
    """Manuals ordered from the printer."""
    manual = db.session.query(Publication).filter_by(code="MAN26").one()
    transact(print_runs.commission, manual, PlannedRun(copies, day), at=NOW, by=BY)


def last_mail() -> OutgoingMail:
    return db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(1)).one()


@pytest.mark.parametrize("kind", ["order_confirmed", "order_changed", "order_sent", "order_accepted"])
def test_who_waits_is_told_when_the_reprint_is_expected(app_context: Flask, kind: str) -> None:
    make_edition(shelf={"MAN26": 12})
    reprint(500, date(2026, 12, 2))
    allow("school", review_above=1, maximum=99)
    audience = "school" if kind == "order_accepted" else "family"
    order = make_order(lines={"MAN26": 30}, audience=audience)
    if kind == "order_accepted":
        assert "2 décembre" not in last_mail().text  # a coordinator has not even looked at it
        transact(approval.accept, order.reference, at=NOW, by=BY)
    elif kind == "order_changed":
        change(order, lines={"MAN26": 29})
    elif kind == "order_sent":
        transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    mail = last_mail()
    assert mail.kind == kind
    assert "attendus le 2 décembre 2026" in mail.text
    assert "attendus le 2 décembre 2026" in mail.html


def test_a_day_is_named_only_for_copies_that_are_really_on_their_way(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 0})
    reprint(30, date(2026, 12, 2))
    reprint(10, date(2026, 12, 16))
    for copies, told in ((20, "2 décembre"), (10, "2 décembre"), (5, "16 décembre"), (10, "")):
        order = make_order(lines={"MAN26": copies})
        mail = last_mail()
        assert re.findall(r"attendus le (\d+ décembre)", mail.text) == [told] * bool(told)
        assert estimates.promised_on(order, NOW.date()).keys() == ({order.lines[0].publication_id} if told else set())
