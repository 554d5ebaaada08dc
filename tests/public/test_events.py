"""Anybody proposes an event without an account; everybody finds those that are published, and none that is over."""

import logging
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.events import deciding, proposing
from orders.events.models import Event, EventState
from tests.events.events import propose, publish, typed
from tests.factories import BY
from tests.page import Page

PROPOSE = "/events/propose"


def sent(client: FlaskClient, status: int = 200, **fields: str) -> Page:
    shown = Page.open(client, PROPOSE).fields(PROPOSE)
    proposal = {**typed(), "name": "Zoé Exemple", "email": "zoe@example.org"}
    return Page.of(client.post(PROPOSE, data={**shown, **proposal, **fields}), status=status)


def states(app: Flask) -> list[EventState]:
    with app.app_context():
        return [event.state for event in db.session.scalars(select(Event).order_by(Event.id))]


def test_an_event_is_proposed_and_confirmed_by_the_button_behind_a_link(app: Flask, client: FlaskClient) -> None:
    assert "zoe@example.org" in sent(client).words()
    with app.app_context():
        address = f"/events/mine/{proposing.token(db.session.scalars(select(Event)).one())}"
    page = Page.open(client, address)
    assert states(app) == [EventState.UNCONFIRMED]
    token = page.fields(address)["csrf_token"]
    client.post(address, data={"csrf_token": token})
    assert states(app) == [EventState.PROPOSED]
    assert "Soirée" not in Page.open(client, "/events").words()
    client.post(f"{address}/withdraw", data={"csrf_token": token})
    assert states(app) == []
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": "10/12/2099"}, "trop loin"),
        ({"day": "2020-01-01"}, "est passé"),
        ({"begins": "22:00", "ends": "19:00"}, "avant le début"),
        ({"begins": ""}, "De : Remplissez cette case."),
        ({"title": "x" * 10_000}, "100 caractères au plus"),
        ({"title": "<script>alert(1)</script>"}, "du code"),
        ({"title": "=HYPERLINK(1)"}, "du code"),
        ({"postcode": "99999"}, "quatre chiffres"),
        ({"email": "zoe"}, "adresse e-mail complète"),
        ({"name": ""}, "seule l’équipe le voit"),
        ({"website": "http://spam.example"}, "reconnaître les robots"),
        ({"opened": "forged"}, ""),
        ({"csrf_token": "forged"}, "Rien n’est perdu"),
        ({"csrf_token": ""}, "Rien n’est perdu"),
    ],
)
def test_what_is_wrong_is_told_and_kept_in_the_form(
    app: Flask, client: FlaskClient, fields: dict[str, str], said: str
) -> None:
    app.config["FORM_MINIMUM_SECONDS"] = 3 if "opened" in fields else 0
    page = sent(client, 422, **fields)
    assert said in page.words()
    assert page.fields(PROPOSE)["venue"] == "Bibliothèque"
    assert states(app) == []


def test_published_events_are_listed_drawn_and_found_by_distance(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        publish(title="À Liège", postcode="4000", town="Liège")
        publish(title="À Jambes", postcode="5100", town="Jambes")
    page = Page.open(client, "/events", query_string={"postcode": "5000"})
    assert [link.text for link in page.tree.iter("a") if (link.text or "").startswith("À ")] == ["À Jambes", "À Liège"]
    assert page.text.count('href="#event-') == 2
    assert "zoe@example.org" not in page.text
    assert "Rue Haute 12" in page.words()


def test_of_an_event_by_invitation_only_day_and_town_are_told(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        publish(is_public=False, description="sonnez deux fois")
    for address in ("/events", "/events/1", "/events/1.ics", "/events/feed.atom"):
        answer = client.get(address).get_data(as_text=True)
        assert "Namur" in answer
        for private in ("Rue Haute", "Bibliothèque", "sonnez", "zoe@example.org", "Exemple"):
            assert private not in answer, (address, private)


def test_a_calendar_file_tells_the_hours_as_utc(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        event = publish()
        begins, ends = event.begins_at, event.ends_at
    answer = client.get("/events/1.ics")
    assert answer.mimetype == "text/calendar"
    [entry] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (begins, ends)
    assert entry["summary"] == "Soirée d’écriture"
    assert str(entry["url"]) == "http://pli.test/events/1"


def test_an_event_without_hours_takes_the_whole_day(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        day = publish(begins="", ends="").day
    [entry] = Calendar.from_ical(client.get("/events/1.ics").data).walk("VEVENT")
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (day, day + timedelta(days=1))


def test_the_feed_is_atom(app: Flask, client: FlaskClient) -> None:
    assert ElementTree.fromstring(client.get("/events/feed.atom").data).tag == "{http://www.w3.org/2005/Atom}feed"
    with app.app_context():
        publish(title="Lettres & thé")
    answer = client.get("/events/feed.atom?lang=nl")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    name = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("a:entry/a:title", namespaces=name) == "Lettres & thé"
    assert datetime.fromisoformat(feed.findtext("a:entry/a:updated", "", name)).tzinfo == UTC


def test_what_is_over_or_refused_leaves_by_itself(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        publish()
        propose()
        over = publish()
        over.day -= timedelta(days=8)
        db.session.commit()
        mine = f"/events/mine/{proposing.token(over)}"
        transact(deciding.refuse, 1, "complet", at=now(), by=BY)
    assert "Aucun événement" in Page.open(client, "/events").words()
    assert [client.get(f"/events/{number}").status_code for number in (1, 2, 3, 99)] == [404] * 4
    page = Page.open(client, mine)
    assert "est passé" in page.words()
    assert "voir sa page" not in page.words()


def test_a_position_is_not_logged(app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with app.app_context():
        publish()
    token = Page.open(client, "/events").fields("/events", "post")["csrf_token"]
    answer = client.post("/events", data={"csrf_token": token, "latitude": "50.41", "longitude": "4.44"})
    assert "km" in Page.of(answer).words()
    assert "50.41" not in caplog.text + answer.get_data(as_text=True)
