"""What the order's page says after ordering and later: thanks, days, what to do meanwhile, a notice, a calendar."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from orders.association.profile_cache import starter_profile
from orders.catalogue import association_editing
from orders.catalogue.models import DefendedPerson
from orders.clock import local_day, now
from orders.database import db, transact, transaction
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.followup import letter_counts
from orders.ordering.models import Delivery, Order
from orders.shipping.carrier import tracking
from orders.shipping.dispatches import lifecycle
from orders.workdays import days_after
from tests.dropoff.points import make_point
from tests.factories import BY, allow, make_dispatch, make_edition, make_order
from tests.page import Page


def own(order: Order) -> str:
    return f"/o/{signed_links.token(order.reference, order.link_nonce)}"


@pytest.fixture
def school(app: Flask) -> str:
    """The page of a school that ordered today for the marathon of the year 2090."""
    with app.app_context():
        edition = make_edition(letters_back_by=date(2091, 2, 28))
        with transaction():
            db.session.merge(edition).publications[0].read_online_url = "https://example.org/manual"
            about = {"countries": {"fr": "Turquie"}, "links": {"fr": "https://example.org/s"}}
            db.session.add(DefendedPerson(edition_id=edition.id, position=0, name="Şebnem Korur Fincancı", **about))
        day = date(2090, 12, 8)
        who = {"name": "Émilie Dupont", "organisation": "École <du Phare>", "audience": "school"}
        return own(make_order(needed_by=day, gathering_on=day, lines=None, minutes=0, **who))


def test_the_page_thanks_and_says_what_comes_when_and_what_to_do_meanwhile(client: FlaskClient, school: str) -> None:
    page = Page.open(client, school)
    for said in (
        "Merci, Émilie !",
        "à temps pour le 8 décembre",
        "Par la poste, en une lettre gratuite",
        "Nous vous écrivons à : marie",
        "Ce n’est pas la bonne adresse ?",
        "postée au plus tard le",
        "Lire en ligne : Manuel",
        "Şebnem Korur Fincancı",
        "Noter les jours dans votre agenda",
        "En parler à un·e collègue",
        "Renvoyez-les avant le 28 février 2091",
        "marathon@example.org",
    ):
        assert said in page.words(), said
    (forwarded,) = re.findall(r'href="(mailto:\?[^"]+)"', page.text)
    assert "http%3A//pli.test/" in forwarded
    assert "/o/" not in forwarded  # whoever is told reads no address


def test_days_for_the_calendar_lead_to_no_order(client: FlaskClient, school: str) -> None:
    answer = client.get(f"{school}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    file: Any = Calendar.from_ical(answer.data)
    writing, back = file.walk("VEVENT")
    assert (writing["dtstart"].dt, back["dtstart"].dt) == (date(2090, 12, 8), date(2091, 2, 28))
    assert "169, 1050 Ixelles" in back["location"]
    assert b"/o/" not in answer.data
    assert "Émilie".encode() not in answer.data
    assert client.get("/o/nonsense/calendar.ics").status_code == 404


def test_the_notice_is_one_sheet_without_buttons_links_or_names(client: FlaskClient, school: str) -> None:
    page = Page.open(client, f"{school}/notice?lang=nl")
    assert "École <du Phare>" in page.words()
    assert "vrijdag 8 december" in page.words()
    assert "Şebnem Korur Fincancı" in page.words()
    body = page.text.partition("<main")[2]
    assert body.count("<svg") == 1
    for nothing in ("<a ", "<button", "<form", "Émilie", "/o/"):
        assert nothing not in body, nothing


def test_a_pickup_says_from_when_and_where_and_tells_nobody_to_come_at_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        hours, way = {"fr": "mardi et jeudi, 10-17 h"}, {"fr": "Sonnez <deux> fois"}
        told = replace(starter_profile(), pickup_hours=hours, pickup_way=way)
        transact(association_editing.change_association, told, at=now(), by=BY)
        page = own(make_order(delivery=Delivery.PICKUP))
        mail = db.session.scalars(select(OutgoingMail)).one().text
    shown, form = Page.open(client, page).words(), Page.open(client, "/order").words()
    assert "Prêt à retirer à partir du" in shown
    assert "1050 Ixelles" in shown
    for said in (shown, form, mail):
        assert "mardi et jeudi, 10-17 h" in said
        assert "Sonnez <deux> fois" in said
    ready = days_after(local_day(now()), app.config["OFFICE_DAYS"])
    assert re.search(rf"dès le {ready.day}(er)? ", form), "the form says from which day too"
    assert "Ou déposez-les" not in shown, "nowhere to drop letters off"
    with app.app_context():
        make_point()
    assert "Ou déposez-les près de chez vous" in Page.open(client, page).words()
    assert "Venez" not in shown + mail


def test_an_order_of_which_nobody_knows_the_day_promises_none(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition(shelf=0)
        waiting = own(make_order(name="Famille Dupont"))
        allow("family", review_above=1, maximum=9)
        pending = own(make_order(lines={"MAN26": 5}))
    for page in (waiting, pending):
        words = Page.open(client, page).words()
        assert "Merci" in words
        assert "Chez vous vers" not in words


def test_what_was_posted_is_followed_and_its_letters_are_told_and_counted(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        year = now().year - 2  # of an edition whose letters are being counted
        make_edition(year=year, letters_back_by=date(now().year + 1, 2, 28))
        code = f"MAN{year % 100:02}"
        order, other = (make_order(lines={code: 3}) for _ in range(2))
        dispatch = make_dispatch(order, other)
        transact(tracking.note, dispatch.id, {1: "323212345678901234567890"}, at=now(), by=BY)
        transact(lifecycle.close, dispatch.id, at=now(), by=BY, everything=True)
        transact(letter_counts.report_letters, other.reference, 1_200, at=now(), by=BY)
        page = own(order)
    shown = Page.open(client, page)
    assert "https://track.bpost.cloud/btr/web/#/search?itemCode=323212345678901234567890" in shown.text
    assert "Dire combien de lettres vous avez écrites" in shown.words()
    assert "Ensemble, nous avons écrit 1 200 lettres cette année." in shown.words()
    with app.app_context():
        transact(letter_counts.report_letters, order.reference, 1, at=now(), by=BY)
        transact(letter_counts.count_letters, order.reference, 2, at=now(), by=BY)
    words = Page.open(client, page).words()
    assert "Vous nous avez dit : 1 lettre." in words
    assert "Nous avons reçu et compté 2 lettres de vous." in words
    assert "1 202 lettres" in words
