"""What the order form says before it is sent: what goes now and what waits, how many one may have, what comes late."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue.models import Allowance, Publication
from orders.clock import local_day, now
from orders.database import db, transact
from orders.ordering.models import Order, OrderStatus
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from tests.factories import AUDIENCES, BY, NOW, make_edition, make_order, receive
from tests.page import Page
from tests.public.test_ordering import rows, send

TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
REPRINT = date(2026, 12, 2)
THIRTY = {"copies-MAN26": "30", "copies-LIV26": ""}


def season(app: Flask, shelf: int, reprint: date | None = REPRINT) -> None:
    """An edition with so many manuals, and perhaps a reprint of them on its way."""
    with app.app_context():
        make_edition(shelf={"MAN26": shelf, "LIV26": 100})
        if reprint:
            manual = db.session.query(Publication).filter_by(code="MAN26").one()
            transact(print_runs.commission, manual, PlannedRun(1_000, reprint), at=NOW, by=BY)


def outlook(client: FlaskClient, **query: object) -> Any:
    typed = {"copies-MAN26": 30, "audience": "school", **query}
    with time_machine.travel(TODAY, tick=False):
        found: Any = client.get("/order/postage", query_string=typed).json
    return found


def said(found: Any) -> str:
    return " ".join(found["promise"]).replace("\u00a0", " ")


def test_what_goes_now_and_what_waits_is_said_with_the_day_of_the_reprint(app: Flask, client: FlaskClient) -> None:
    season(app, 12)
    found = outlook(client)
    assert said(found) == "Manuel : 12 maintenant, 18 à la réimpression, attendue le 2 décembre 2026."
    assert found["choices"] == {
        "send": "12 maintenant, 18 à la réimpression, attendue le 2 décembre 2026",
        "wait": "Les 30 partent ensemble, à la réimpression, attendue le 2 décembre 2026.",
        "fewer": "12 maintenant, et pas les 18 autres",
    }


@pytest.mark.parametrize("reprint", [None, date(2026, 11, 20)])
def test_a_day_that_nobody_knows_or_that_is_over_is_not_promised(
    app: Flask, client: FlaskClient, reprint: date | None
) -> None:
    season(app, 12, reprint)
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        found: Any = client.get("/order/postage", query_string={"copies-MAN26": 30}).json
    assert said(found) == "Manuel : 12 maintenant, 18 dès qu’il y en a de nouveaux."


def test_what_is_there_goes_and_needs_no_choice(app: Flask, client: FlaskClient) -> None:
    season(app, 100)
    assert said(outlook(client)) == "Tout est là et part avec le prochain envoi."
    assert said(outlook(client, delivery="pickup")) == "Tout est là : nous le mettons de côté pour vous."
    assert outlook(client)["choices"] == {}


def test_who_waits_already_is_served_first(app: Flask, client: FlaskClient) -> None:
    season(app, 12)
    with app.app_context():
        make_order(lines={"MAN26": 20})
        order = make_order(lines={"MAN26": 5})
        assert order.lines[0].reserved == 0
    assert said(outlook(client)).startswith("Manuel : 30 à la réimpression")


@pytest.mark.parametrize(
    ("when_short", "promise"),
    [
        ("send", "Manuel : 12 maintenant, 18 à la réimpression, attendue le 2 décembre 2026."),
        ("wait", "Les 30 partent ensemble, à la réimpression, attendue le 2 décembre 2026."),
        ("fewer", "Manuel : 12 maintenant, et pas les 18 autres."),
        ("jamais", "Manuel : 12 maintenant, 18 à la réimpression, attendue le 2 décembre 2026."),
    ],
)
def test_the_choice_changes_what_is_promised_and_the_promise_is_kept(
    app: Flask, client: FlaskClient, when_short: str, promise: str
) -> None:
    season(app, 12)
    assert said(outlook(client, when_short=when_short)) == promise
    if when_short == "jamais":
        return
    assert send(client, when_short=when_short, confirm="postage", **THIRTY).status_code == 303
    with app.app_context():
        (line,) = db.session.query(Order).one().lines
        assert line.reserved == 12
        assert line.given_up == (18 if when_short == "fewer" else 0)


def test_who_takes_only_what_is_there_pays_for_no_more(app: Flask, client: FlaskClient) -> None:
    season(app, 12)
    assert outlook(client)["is_due"] is True
    assert outlook(client, when_short="fewer")["is_due"] is False
    assert send(client, when_short="fewer", **THIRTY).status_code == 303


def test_one_copy_is_spoken_of_as_one(app: Flask, client: FlaskClient) -> None:
    season(app, 0)
    assert outlook(client, **{"copies-MAN26": 1})["choices"]["wait"] == (
        "Il part à la réimpression, attendue le 2 décembre 2026."
    )
    with app.app_context():
        receive("MAN26", 2)
    assert outlook(client, **{"copies-MAN26": 3})["choices"]["fewer"] == "2 maintenant, et pas le dernier"


def test_fewer_of_nothing_is_said_before(app: Flask, client: FlaskClient) -> None:
    season(app, 0)
    assert "pas en ce moment" in said(outlook(client, when_short="fewer"))


def test_the_form_that_comes_back_says_the_same(app: Flask, client: FlaskClient) -> None:
    season(app, 12)
    with time_machine.travel(TODAY, tick=False):
        page = Page.of(send(client, email="", **THIRTY), status=422)
    words = page.words().replace("\u00a0", " ")
    for sentence in ("Manuel : 12 maintenant, 18 à la réimpression", "Les 30 partent ensemble", "pas les 18 autres"):
        assert sentence in words


# How many one may have.


def allow(app: Flask) -> None:
    with app.app_context():
        for publication in db.session.query(Publication):
            publication.allowances = [Allowance(audience="school", review_above=20, maximum=40)]
        db.session.commit()


def test_what_somebody_decides_about_is_said_at_the_field_and_then_done(app: Flask, client: FlaskClient) -> None:
    season(app, 100)
    allow(app)
    assert outlook(client, **{"copies-MAN26": 20})["limits"] == {}
    assert "À partir de 21" in outlook(client)["limits"]["MAN26"]
    assert said(outlook(client)).startswith("Dès que l’équipe a dit oui")
    assert outlook(client, audience="family")["limits"] == {}
    assert outlook(client, audience="martien")["limits"] == {}
    assert "Au plus 40 par personne" in outlook(client, **{"copies-MAN26": 41})["limits"]["MAN26"]
    page = Page.of(send(client, email="", **THIRTY), status=422)
    (field,) = [each for each in page.tree.iter("input") if each.get("name") == "copies-MAN26"]
    assert "limit-MAN26" in str(field.get("aria-describedby"))
    sent = send(client, confirm="postage", **THIRTY)
    assert "relit" in Page.open(client, sent.location).words()
    with app.app_context():
        assert db.session.query(Order).one().status is OrderStatus.PENDING


# In time.


@pytest.mark.parametrize(
    ("query", "warned"),
    [
        ({"needed_by": "2026-11-19"}, "est passé"),
        ({"needed_by": "2026-11-21"}, "trop tard"),
        ({"needed_by": "2026-12-31"}, ""),
        ({"needed_by": "31/12/2026"}, ""),
        ({"gathering_on": "2026-11-21"}, "trop tard"),
        ({"needed_by": "2026-12-31", "gathering_on": "2026-11-21"}, ""),
        ({"needed_by": "demain"}, ""),
        ({"needed_by": "9" * 400}, ""),
        ({"needed_by": "2026-11-25", "delivery": "pickup"}, ""),
        ({"needed_by": "2026-11-20", "delivery": "pickup"}, "trop tard"),
    ],
)
def test_a_day_that_cannot_be_met_is_warned_about(
    app: Flask, client: FlaskClient, query: dict[str, str], warned: str
) -> None:
    season(app, 100)
    found = outlook(client, **query)["needed_by"]
    assert warned in found
    assert bool(found) == bool(warned)


@pytest.mark.parametrize(
    ("reprint", "needed_by", "warned"),
    [
        (REPRINT, "2026-12-03", "réimpression"),
        (REPRINT, "2027-01-15", ""),
        (None, "2027-01-15", "nous n’en savons pas le jour"),
    ],
)
def test_copies_that_are_not_printed_yet_are_counted_with_the_way_there(
    app: Flask, client: FlaskClient, reprint: date | None, needed_by: str, warned: str
) -> None:
    season(app, 12, reprint)
    found = outlook(client, needed_by=needed_by)["needed_by"]
    assert warned in found
    assert bool(found) == bool(warned)
    assert outlook(client, needed_by=needed_by, when_short="fewer")["needed_by"] == ""


def test_a_warning_refuses_nothing(app: Flask, client: FlaskClient) -> None:
    season(app, 100)
    tomorrow = str(local_day(now()) + timedelta(days=1))
    assert send(client, needed_by=tomorrow).status_code == 303
    page = Page.of(send(client, email="", needed_by=tomorrow), status=422)
    (field,) = [each for each in page.tree.iter("input") if each.get("name") == "needed_by"]
    assert "late" in str(field.get("aria-describedby")).split()


def test_after_a_delivery_the_promise_changes(app: Flask, client: FlaskClient) -> None:
    season(app, 12)
    with app.app_context():
        receive("MAN26", 50)
    assert said(outlook(client)) == "Tout est là et part avec le prochain envoi."


# Starting values in the address.


def test_an_address_may_give_starting_values(app: Flask, client: FlaskClient) -> None:
    season(app, 12)
    page = Page.open(client, "/order?copies-MAN26=24&audience=school&delivery=pickup&message=Bonjour&people=30")
    fields = page.fields("/order")
    assert (fields["copies-MAN26"], fields["audience"], fields["delivery"]) == ("24", "school", "pickup")
    assert (fields["message"], fields["people"]) == ("Bonjour", "30")
    assert "12 maintenant" in page.words().replace("\u00a0", " ")


@pytest.mark.parametrize(
    "query",
    [
        "audience=martien",
        "delivery=pigeon",
        "copies-MAN26=beaucoup",
        "copies-XYZ=3",
        "news=y",
        "website=spam",
        "submission=mine",
        "opened=1",
        "csrf_token=x",
        "confirm=place",
        "postage_shown=0",
        "publications=1",
        "name=%3Cscript%3E",
        "name=%01",
        "message=" + "x" * 5_000,
    ],
)
def test_nonsense_in_the_address_does_no_harm(app: Flask, client: FlaskClient, query: str) -> None:
    season(app, 100)
    page = Page.open(client, f"/order?{query}")
    fields = page.fields("/order")
    assert fields["submission"] != "mine"
    assert fields["opened"] != "1"
    assert fields["delivery"] == "post"
    assert {"news", "confirm", "postage_shown"}.isdisjoint(fields)
    assert fields["website"] == ""
    assert "<script>" not in page.text
    assert rows(app) == (0, 0, 0)


# Without a script: what the form says before anything is typed, and the order's page after.


def form_words(client: FlaskClient) -> str:
    with time_machine.travel(TODAY, tick=False):
        return Page.open(client, "/order").words().replace("\u00a0", " ")


def test_the_empty_form_says_how_many_there_are_and_when_the_reprint_is_there(app: Flask, client: FlaskClient) -> None:
    season(app, 12)
    words = form_words(client)
    assert "Il en reste 12 en ce moment ; si vous en demandez plus, le reste suivra." in words
    assert (
        "La réimpression est attendue le 2 décembre 2026 : par la poste, chez vous vers le 10 décembre 2026." in words
    )
    assert "Commandés aujourd’hui : chez vous vers le 30 novembre 2026" in words


def test_the_empty_form_says_that_nothing_is_left_and_that_nobody_knows_the_day(
    app: Flask, client: FlaskClient
) -> None:
    season(app, 0, None)
    words = form_words(client)
    assert "Votre commande prendra sa place dans la file. Nous ne savons pas encore quand" in words


def test_a_reprint_that_others_wait_for_is_not_promised_to_newcomers(app: Flask, client: FlaskClient) -> None:
    season(app, 0)
    with app.app_context():
        make_order(lines={"MAN26": 1_000})
    assert "Nous ne savons pas encore quand" in form_words(client)
    assert said(outlook(client)) == "Manuel : 30 dès qu’il y en a de nouveaux."


def test_numbers_are_not_told_where_no_order_could_be_short(app: Flask, client: FlaskClient) -> None:
    season(app, 41)
    with app.app_context():
        for publication in db.session.query(Publication):
            publication.allowances = [Allowance(audience=each.code, review_above=20, maximum=40) for each in AUDIENCES]
        db.session.commit()
    assert "Il en reste" not in form_words(client)


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        ({"needed_by": "2026-11-25"}, "seraient chez vous vers le 30 novembre 2026"),
        ({"needed_by": "2026-12-03"}, "Ce qui attend la réimpression serait chez vous vers le 10 décembre 2026"),
        ({"needed_by": "2026-12-03", "delivery": "pickup"}, "Ce qui attend la réimpression serait prêt vers le"),
        ({"needed_by": "2026-12-24"}, ""),
        ({"needed_by": "2026-12-03", "when_short": "fewer"}, ""),
    ],
)
def test_the_orders_page_says_when_the_day_cannot_be_met(
    app: Flask, client: FlaskClient, typed: dict[str, str], warned: str
) -> None:
    season(app, 12)
    with time_machine.travel(TODAY, tick=False):
        sent = send(client, confirm="postage", **{**THIRTY, **typed})
        words = Page.open(client, sent.location).words()
    assert warned in words
    assert ("trop tard" in words) == bool(warned)


def test_only_what_is_there_of_nothing_asks_for_another_choice(app: Flask, client: FlaskClient) -> None:
    season(app, 0)
    page = Page.of(send(client, when_short="fewer", **THIRTY), status=422)
    assert "MAN26" not in page.words()
    assert "S’il n’y en a pas assez tout de suite : Il n’y en a pas en ce moment" in page.words().replace("\u00a0", " ")
