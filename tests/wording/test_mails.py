"""Every kind of mail to an orderer, in every language. Those to the staff are in French."""

import re
from typing import Any

import pytest
from flask import Flask

from orders.association.profile import LANGUAGES
from orders.database import db, transact, transaction
from orders.mail import outbox, signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.mail_facts import copies_facts, line_facts, order_facts
from orders.ordering.models import Delivery, Order, WhenShort
from orders.privacy.confirmation import Act
from tests import ROOT
from tests.factories import NOW, make_edition, make_order
from tests.wording.french_detection import french_in

TO_STAFF = {"order_surge", "staff_invitation", "staff_password_changed", "staff_password_link", "stock_alerts"}
TO_PROPOSERS = {"event_proposed", "event_published", "event_refused"}
KINDS = sorted({path.stem for path in (ROOT / "templates/mail").glob("[a-z]*.txt")} - TO_STAFF)


def told(order: Order, kind: str, language: str) -> OutgoingMail:
    """A mail of that kind, with all that any of them tells."""
    page = signed_links.order_page(order.reference, order.link_nonce)
    copies = copies_facts(order, {line.publication_id: line.copies for line in order.lines})
    days = {order.lines[0].publication_id: NOW.date()}
    more: dict[str, Any] = {
        "order": order_facts(order, days),
        "lines": [line_facts(line, days, {line.publication_id: NOW.date()}) for line in order.lines],
        "reference": order.shown_reference,
        "numbers": ["323212345678901234567890"],
        "page": page,
        "forget": page,
        "closes_on": NOW.date(),
        "day": NOW.date(),
        "answer": f"{page}/letters",
        "orders": [{"shown_reference": order.shown_reference, "placed_at": NOW, "page": page}],
        "sent": copies,
        "back": copies,
        "reason": "„Straße“ & <Größe>",
        "why": "damaged",
        "act": Act.ERASE,
        "next": {
            "arrival": {
                "there_on": NOW.date(),
                "needed": NOW.date(),
                "is_pickup": order.delivery is Delivery.PICKUP,
                "is_in_time": order.delivery is Delivery.PICKUP,
                "is_late": order.delivery is Delivery.POST,
            },
            "parcels": {"letters": 1, "boxes": 2},
            "readable": [{"title": order.lines[0].publication.title(language), "code": "MAN26"}],
            "has_persons": True,
        },
    }
    return transact(outbox.post, order.email, kind, language=language, at=NOW, **more)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_is_in_one_language_from_its_subject_to_its_last_line(
    app_context: Flask, kind: str, language: str
) -> None:
    make_edition(shelf={"MAN26": 2, "LIV26": 500})
    for delivery, when_short in ((Delivery.POST, WhenShort.SEND), (Delivery.PICKUP, WhenShort.WAIT)):
        order = make_order(
            lines={"MAN26": 4, "LIV26": 2},
            language=language,
            delivery=delivery,
            when_short=when_short,
            name="Jürgen Groß",
        )
        mail = told(order, kind, language)
        assert f'<html lang="{language}">' in mail.html
        assert mail.subject
        if language != "fr":
            for text in (mail.subject, mail.text, re.sub("<[^>]+>", " ", mail.html)):
                assert french_in(text) == []


@pytest.mark.parametrize(("language", "title"), [("nl", "Handleiding"), ("de", "Handbuch"), ("en", "Manual")])
def test_copies_are_named_in_the_language_of_the_mail(app_context: Flask, language: str, title: str) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 1}, language=language)
    mail = told(order, "order_confirmed", language)
    assert title in mail.text
    assert title in mail.html


def test_a_title_that_is_only_in_french_says_so_in_a_mail(app_context: Flask) -> None:
    edition = make_edition()
    with transaction():
        db.session.merge(edition).publications[0].titles = {"fr": "Manuel"}
    order = make_order(lines={"MAN26": 1}, language="de")
    assert '<span lang="fr">Manuel</span>' in told(order, "order_confirmed", "de").html
