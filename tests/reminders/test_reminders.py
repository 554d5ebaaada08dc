"""Who asks for it is written to once when the next edition opens, and forgotten at once, or by themselves."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.catalogue.models import Edition
from orders.clock import local_day, now
from orders.database import db, transact, transaction
from orders.events.models import Event, EventState
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order
from orders.privacy import data_subject_rights
from orders.public import order_wishes as wishes
from orders.public.order_wishes import Wishes
from orders.reminders import reminder_mails, subscriptions
from orders.reminders.models import Reminder, UnknownReminder
from tests.factories import BY, make_edition, make_order
from tests.page import Page

ASKED = Wishes(remember_text="Gardez mon adresse")


def ordered(**fields: Any) -> Order:
    """An order whose orderer ticked the box."""
    order = make_order(email="Zoe@Example.org", lines={"MAN26": 24}, **fields)
    transact(wishes.fulfil, order, ASKED, at=now())
    return order


def open_only(year: int) -> None:
    """Close every edition and open this one."""
    today = local_day(now())
    with transaction():
        for edition in db.session.scalars(select(Edition)):
            is_open = edition.year == year
            edition.opens_on = date(2020, 1, 1) if is_open else date(2019, 1, 1)
            edition.closes_on = today + timedelta(days=60) if is_open else date(2019, 12, 31)


def do_chore(at: datetime | None = None) -> list[str]:
    """Do what is due; returns the kinds of all mails about it so far."""
    at = at or now()
    for part in reminder_mails.look(at=at):
        transact(reminder_mails.ask_or_forget, part, at=at)
    return list(db.session.scalars(select(OutgoingMail.kind).where(OutgoingMail.kind == "order_again")))


def kept() -> int:
    return db.session.scalar(select(func.count()).select_from(Reminder)) or 0


@pytest.mark.usefixtures("app_context")
def test_one_mail_goes_when_the_next_edition_opens_and_none_before() -> None:
    make_edition()
    ordered()
    assert do_chore() == []
    make_edition(year=2027)
    open_only(2027)
    assert do_chore() == ["order_again"]
    assert do_chore() == ["order_again"]
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_again")).one()
    assert mail.address == "zoe@example.org"
    assert "/order/again/" in mail.text
    assert "/order/forget/" in mail.text


@pytest.mark.usefixtures("app_context")
def test_without_an_answer_for_two_editions_it_is_forgotten_by_itself() -> None:
    make_edition()
    ordered()
    for year in (2027, 2028):
        make_edition(year=year)
        open_only(year)
        do_chore()
    assert (len(do_chore()), kept()) == (2, 1)
    make_edition(year=2029)
    open_only(2029)
    assert (len(do_chore()), kept()) == (2, 0)


@pytest.mark.usefixtures("app_context")
def test_an_order_is_an_answer_that_the_form_is_filled_in_with_when_the_next_edition_asks_again() -> None:
    make_edition()
    ordered()
    make_edition(year=2027)
    open_only(2027)
    do_chore()
    again = make_order(email="zoe@example.org", lines={"MAN27": 2, "LIV27": 3}, street="Rue Basse")
    transact(cancellation.cancel, make_order(email="zoe@example.org", lines={"MAN27": 1}).reference, at=now(), by=BY)
    assert do_chore() == ["order_again"]
    reminder = db.session.scalars(select(Reminder)).one()
    assert (reminder.asked, reminder.edition_id, reminder.wording) == (0, again.edition_id, "Gardez mon adresse")
    assert (reminder.copies, reminder.street) == ({"manual": 2, "booklet": 3}, "Rue Basse")
    open_only(make_edition(year=2028).year)
    assert do_chore() == ["order_again"] * 2


@pytest.mark.usefixtures("app_context")
def test_nothing_is_kept_of_who_did_not_ask_and_the_words_of_the_box_of_who_did() -> None:
    make_edition()
    transact(wishes.fulfil, make_order(), Wishes(), at=now())
    assert kept() == 0
    ordered()
    ordered(street="Rue Haute")
    reminder = db.session.scalars(select(Reminder)).one()
    assert (reminder.street, reminder.wording, reminder.kept_at.date()) == (
        "Rue Haute",
        "Gardez mon adresse",
        now().date(),
    )


def link(app: Flask) -> str:
    with app.app_context():
        make_edition()
        ordered(organisation="École du Parc", audience="school")
        make_edition(year=2027)
        open_only(2027)
        return subscriptions.token(db.session.scalars(select(Reminder)).one())


def test_the_link_opens_the_form_as_last_time_and_one_press_sends_it(app: Flask, client: FlaskClient) -> None:
    address = f"/order/again/{link(app)}"
    page = Page.open(client, address)
    form = page.fields("/order", "post")
    assert (form["organisation"], form["copies-MAN27"], form["street"]) == ("École du Parc", "24", "Rue de la Senne")
    assert "remember" not in form
    answer = client.post("/order", data=form)
    assert answer.status_code == 303, Page.of(answer, status=answer.status_code).words()


def test_what_a_parcel_asks_stands_on_the_form_that_the_link_opens(app: Flask, client: FlaskClient) -> None:
    address = f"/order/again/{link(app)}"
    with app.app_context(), transaction():
        db.session.scalars(select(Reminder)).one().copies = {"manual": 60}
    form = Page.open(client, address).fields("/order", "post")
    assert client.post("/order", data={**form, "confirm": "postage"}).status_code == 303


def test_ne_plus_m_ecrire_is_one_press_and_forgets_at_once(app: Flask, client: FlaskClient) -> None:
    token = link(app)
    address = f"/order/forget/{token}"
    form = Page.open(client, address).fields(address)
    with app.app_context():
        assert kept() == 1
    client.post(address, data=form)
    with app.app_context():
        assert kept() == 0
        with pytest.raises(UnknownReminder):
            subscriptions.find_by_token(token)
    assert client.get(f"/order/again/{token}").status_code == 404
    assert client.get("/order/again/x.y").status_code == 404


def test_the_box_is_unticked_and_keeps_its_words(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
    form = Page.open(client, "/order").fields("/order", "post")
    assert {"remember", "list_event", "news"}.isdisjoint(form)
    typed = {"audience": "family", "name": "Zoé Exemple", "street": "Rue Haute", "number": "3", "postcode": "1000"}
    typed |= {"town": "Bruxelles", "email": "zoe@example.org", "copies-MAN26": "1", "remember": "y"}
    assert client.post("/order", data={**form, **typed}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Reminder.wording)).one().startswith("Gardez mon adresse pour l’an prochain")


def test_ones_own_marathon_becomes_a_proposed_event_with_one_tick(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
    form = Page.open(client, "/order").fields("/order", "post")
    day = (local_day(now()) + timedelta(days=9)).isoformat()
    typed = {"audience": "organiser", "name": "Zoé Exemple", "street": "Rue Haute", "number": "3", "postcode": "5000"}
    typed |= {"town": "Namur", "email": "zoe@example.org", "copies-MAN26": "2", "needed_by": day, "list_event": "y"}
    for _ in range(2):
        assert client.post("/order", data={**form, **typed}).status_code == 303
    with app.app_context():
        event = db.session.scalars(select(Event)).one()
        assert (event.state, event.day.isoformat(), event.town) == (EventState.PROPOSED, day, "Namur")
        assert (event.is_public, event.address, event.contact_email) == (False, "", "zoe@example.org")


@pytest.mark.usefixtures("app_context")
def test_nobody_whose_data_are_restricted_is_written_to_until_that_is_lifted() -> None:
    make_edition()
    order = ordered()
    transact(cancellation.cancel, order.reference, at=now(), by=BY)
    transact(data_subject_rights.restrict, order.reference, at=now(), by=BY)
    make_edition(year=2027)
    open_only(2027)
    assert (do_chore(), kept()) == ([], 1)
    transact(data_subject_rights.lift, order.reference, at=now(), by=BY)
    assert do_chore() == ["order_again"]


@pytest.mark.usefixtures("app_context")
def test_a_person_who_is_corrected_is_written_to_at_the_right_address_once() -> None:
    make_edition()
    order = ordered()
    transact(wishes.fulfil, make_order(email="zoé@example.org"), ASKED, at=now())
    right = data_subject_rights.Corrected("Zoé Dupont", "École du Moulin", "Zoé@example.org", "+32475123456")
    transact(data_subject_rights.correct, order.reference, right, at=now(), by=BY)
    rows = db.session.execute(select(Reminder.name, Reminder.organisation, Reminder.email, Reminder.phone)).all()
    assert [tuple(row) for row in rows] == [("Zoé Dupont", "École du Moulin", "zoé@example.org", "+32475123456")]
