"""The first page: what there is to do, and what is late."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import BRUSSELS, now
from orders.database import db, transact
from orders.mail import outbox
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Delivery, OrderStatus, WhenShort
from orders.shared_state import worker_heartbeats
from orders.shipping.dispatches import lifecycle
from orders.staff.models import StaffRole
from orders.wording import clock_or_moment
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 100})
        allow("family", review_above=5, maximum=10)


def next_step(office: Office, role: StaffRole = StaffRole.COORDINATOR) -> str:
    page = Page.open(office(role), "/office/")
    assert page.text.count("btn-primary") <= 1
    return " ".join(re.findall(r'id="next-title">(.*?)<', page.text))


def test_there_is_one_thing_to_do_next(app: Flask, office: Office) -> None:
    assert "Rien à emballer" in next_step(office)
    with app.app_context():
        make_order(delivery=Delivery.PICKUP)
    assert "attend d’être retirée" in next_step(office)
    with app.app_context():
        make_order(lines={"MAN26": 8})
    assert "attend une décision" in next_step(office)
    assert "attend d’être retirée" in next_step(office, StaffRole.OFFICE)
    with app.app_context():
        dispatched = make_order().reference
    assert "attend d’être emballée" in next_step(office)
    with app.app_context():
        make_dispatch(repository.get_order(dispatched))
    assert "Continuez l’envoi 1" in next_step(office)


def test_the_numbers_of_the_day_are_there(app: Flask, office: Office) -> None:
    with app.app_context():
        for _ in range(3):
            make_order()
        for _ in range(2):
            make_order(lines={"LIV26": 1})
        make_order(delivery=Delivery.PICKUP)
        make_order(lines={"MAN26": 8})
        db.session.scalars(select(OutgoingMail)).first().given_up_at = NOW  # type: ignore[union-attr]
        db.session.commit()
    words = Page.open(office(StaffRole.OFFICE), "/office/").words()
    for said in ("1 à décider", "3 prêtes pour la poste", "2 en attente", "1 à retirer", "1 courriel qui n’est pas"):
        assert said in words


def test_late_orders_stand_on_the_first_page_until_they_go(app: Flask, office: Office) -> None:
    days = {
        "Passed": date(2026, 11, 18),
        "Near": date(2026, 11, 25),
        "Far": date(2026, 12, 24),
        "Sent": date(2026, 11, 18),
    }
    with app.app_context():
        orders = {name: make_order(name=name, needed_by=day, lines={"MAN26": 1}) for name, day in days.items()}
        make_order(name="Ended", needed_by=date(2026, 11, 18))
        transact(lifecycle.close, make_dispatch(orders["Sent"]).id, at=NOW, by=BY, everything=True)
    with time_machine.travel(NOW, tick=False):
        client = office(StaffRole.OFFICE)
        words = Page.open(client, "/office/").words()
        assert words.index("en retard") < words.index("Passed") < words.index("Near")
        assert "Far" not in words
        assert "Sent" not in words
        listed = Page.open(client, "/office/ordering/?needed_until=2026-11-26").words()
    assert listed.index("Passed") < listed.index("Near")
    assert "Far" not in listed


def test_ready_orders_stand_in_the_order_in_which_they_should_go(app: Flask, office: Office) -> None:
    with app.app_context():
        make_order(name="Someday")
        make_order(name="Soon", needed_by=date(2026, 11, 30), minutes=1)
        make_order(name="Sooner", needed_by=date(2026, 11, 20), minutes=2)
    listed = Page.open(office(StaffRole.OFFICE), "/office/ordering/?status=ready").words()
    assert listed.index("Sooner") < listed.index("Soon ") < listed.index("Someday")
    newest = Page.open(office(StaffRole.OFFICE), "/office/ordering/").words()
    assert newest.index("Sooner") < newest.index("Soon ")


def test_a_volunteer_sees_numbers_and_no_names(app: Flask, office: Office) -> None:
    with app.app_context():
        make_order(name="Late Person", needed_by=NOW.date() - timedelta(days=3))
    page = Page.open(office(StaffRole.VOLUNTEER), "/office/")
    assert "Late Person" not in page.words()
    assert "/office/ordering/" not in page.text


def test_a_volunteer_reads_why_there_is_nothing_to_pack_and_what_comes(app: Flask, office: Office) -> None:
    client = office(StaffRole.VOLUNTEER)
    assert "Aucune commande n’attend d’être emballée." in Page.open(client, "/office/").words()
    with app.app_context():
        make_order(lines={"LIV26": 1})
    said = "Rien n’est prêt à emballer : 1 commande attend des exemplaires"
    assert said in Page.open(client, "/office/").words()
    with app.app_context():
        make_order()
    said = "1 commande est prête à emballer, mais le bureau n’a pas encore préparé d’envoi."
    page = Page.open(client, "/office/")
    assert said in page.words()
    assert "Rien à emballer" not in page.words()
    assert page.text.count("btn-primary") == 1
    assert len(re.findall("<li>", page.text[page.text.index("next-title") : page.text.index("btn-primary")])) == 5
    with app.app_context():
        make_dispatch(make_order())
    assert "Aucun envoi n’est ouvert" not in Page.open(client, "/office/").words()


def test_the_message_for_the_team_is_on_screens_and_on_no_paper_and_in_no_mail(app: Flask, office: Office) -> None:
    said = "Sonnez deux fois"
    with app.app_context():
        order = make_order(message=said, lines={"MAN26": 2, "LIV26": 1}, when_short=WhenShort.SEND)
        reference, dispatch_id = order.reference, make_dispatch(order).id
    client = office(StaffRole.OFFICE)
    assert said in Page.open(client, f"/office/ordering/{reference}").words()
    assert said in Page.open(client, f"/office/shipping/{dispatch_id}?step=pack").words()
    with app.app_context():
        transact(lifecycle.close, dispatch_id, at=NOW, by=BY, everything=True)
        transact(cancellation.cancel, make_order(message=said).reference, at=NOW, by=BY)
        mails = db.session.scalars(select(OutgoingMail)).all()
        assert len(mails) == 4
        assert not any(said in mail.text + mail.html + mail.subject for mail in mails)


@pytest.mark.parametrize(("minutes", "stuck"), [(59, False), (61, True)])
def test_the_first_page_says_since_when_mails_wait_and_is_alarmed_after_an_hour(
    app: Flask, office: Office, minutes: int, stuck: bool
) -> None:
    with app.app_context():
        make_order()
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        page = Page.open(office(StaffRole.OFFICE), "/office/")
    assert "Le plus ancien attend depuis le 20/11/2026 10:00" in page.words()
    assert ("Des courriels ne partent plus" in page.words()) == stuck


def test_the_first_page_does_not_speak_of_mails_that_went(app: Flask, office: Office) -> None:
    with app.app_context():
        make_order()
        transact(outbox.count_as_sent)
    words = Page.open(office(StaffRole.OFFICE), "/office/").words()
    assert "Tout est parti" in words
    assert "attend depuis" not in words


def test_the_first_page_says_since_when_the_mail_server_is_silent(app: Flask, office: Office) -> None:
    client = office(StaffRole.OFFICE)
    with app.app_context():
        make_order()
        transact(worker_heartbeats.beat, "here:1", at=now())
        for minutes in (20, 10):
            at = now() - timedelta(minutes=minutes)
            transact(worker_heartbeats.note_mail_server, "here:1", "Connection refused", at=at)
        silence = worker_heartbeats.mail_silence(at=now())
        assert silence is not None
        since = clock_or_moment(silence.since)
    words = Page.open(client, "/office/").words().replace("\u00a0", " ")
    assert f"ne répond pas depuis {since} : 1 courriel attend." in words
    assert "Connection refused" in words
    with app.app_context():
        transact(worker_heartbeats.note_mail_server, "here:1", "", at=now())
    assert "ne répond pas" not in Page.open(client, "/office/").words()


def test_what_must_leave_today_becomes_a_dispatch_by_one_button(app: Flask, office: Office) -> None:
    with app.app_context():
        make_order(needed_by=date(2026, 12, 24))
        references = [make_order(needed_by=date(2026, 11, 24)).reference for _ in range(2)]
    with time_machine.travel(datetime(2026, 11, 20, 14, 0, tzinfo=BRUSSELS), tick=False):
        client = office(StaffRole.OFFICE)
        page = Page.open(client, "/office/")
        for said in (
            "aujourd’hui à 16:30",
            "environ 3 plis",
            "rythme n’est pas encore connu",
            "2 commandes prêtes doivent partir",
        ):
            assert said in page.words()
        form = page.fields("/office/shipping/new")
        client.post("/office/shipping/new", data=form)
        with app.app_context():
            orders = [repository.get_order(each) for each in references]
            assert [each.status for each in orders] == [OrderStatus.DISPATCHING] * 2
        assert client.post("/office/shipping/new", data={**form, "submission": "another"}).status_code == 409
        assert "doivent partir" not in Page.open(client, "/office/").words()
    with time_machine.travel(datetime(2026, 11, 20, 17, 0, tzinfo=BRUSSELS), tick=False):
        words = Page.open(office(StaffRole.OFFICE), "/office/").words()
        assert "16:30) est passé" in words
        assert "part le lundi 23 novembre" in words
