"""The order form asks each audience what fits it, one day only, and what to do when short only when it may be."""

import json

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db
from orders.ordering.models import Order
from tests.factories import allow, make_edition
from tests.page import Page
from tests.public.test_ordering import Opener, send


def make_season(app: Flask, shelf: int) -> None:
    with app.app_context():
        make_edition(shelf=shelf)
        for audience in ("family", "school", "group", "organiser", "association", "library", "other"):
            allow(audience, review_above=20, maximum=40)


def only_order(app: Flask) -> Order:
    with app.app_context():
        return db.session.query(Order).one()


def test_each_audience_is_asked_for_what_fits_it(app: Flask, page: Opener) -> None:
    make_season(app, 100)
    form = page("/order")
    (order,) = [each for each in form.tree.iter("form") if each.get("id") == "order-form"]
    asked = json.loads(order.get("data-audiences") or "")
    assert {code: each["counts"] for code, each in asked.items()} == {
        "": "",
        "family": "",
        "school": "classes",
        **dict.fromkeys(("group", "organiser", "association", "library", "other"), "people"),
    }
    required = {code for code, each in asked.items() if each["organisation"] == "required"}
    assert required == {"school", "group", "association", "library"}
    assert asked["family"]["organisation"] == "not_asked"
    assert asked["organiser"]["day"] == "Date de votre marathon"
    assert "un manuel par classe" in form.words()
    assert "Un manuel pour deux personnes" in form.words()


@pytest.mark.parametrize(
    ("audience", "asked"),
    [
        ("school", "Indiquez le nom de l’école."),
        ("library", "Indiquez le nom de la bibliothèque."),
        ("association", "Indiquez le nom de l’association."),
        ("group", "Indiquez le nom du groupe."),
    ],
)
def test_a_name_that_is_missing_is_asked_for_in_the_words_of_the_audience(
    app: Flask, client: FlaskClient, audience: str, asked: str
) -> None:
    make_season(app, 100)
    assert asked in Page.of(send(client, audience=audience, organisation=""), status=422).words()


def test_a_school_gives_its_name_before_the_persons(app: Flask, client: FlaskClient) -> None:
    make_season(app, 100)
    back = Page.of(send(client, organisation=""), status=422)
    assert "Nom de l’école" in back.words()
    names = list(back.fields("/order"))
    assert names.index("organisation") < names.index("name") < names.index("street")


@pytest.mark.parametrize(("shelf", "is_asked"), [(100, False), (30, True)])
def test_what_to_do_when_short_is_asked_without_a_script_only_where_it_may_be_short(
    app: Flask, page: Opener, shelf: int, is_asked: bool
) -> None:
    make_season(app, shelf)
    (short,) = [each for each in page("/order").tree.iter("div") if each.get("data-short") is not None]
    assert (short.get("hidden") is None) == is_asked


@pytest.mark.parametrize(("audience", "gathers"), [("organiser", True), ("school", False)])
def test_the_day_of_a_marathon_is_the_day_by_which_copies_are_needed(
    app: Flask, client: FlaskClient, audience: str, gathers: bool
) -> None:
    make_season(app, 100)
    sent = send(client, audience=audience, needed_by="2080-12-10")
    order = only_order(app)
    assert str(order.needed_by) == "2080-12-10"
    assert (order.gathering_on == order.needed_by) is gathers
    url = f"{sent.location}/change"
    fields = {**Page.open(client, url).fields(url), "needed_by": "2080-12-12"}
    assert "gathering_on" not in fields, "one day is asked about"
    assert client.post(url, data=fields).status_code == 303
    order = only_order(app)
    assert str(order.needed_by) == "2080-12-12"
    assert (order.gathering_on == order.needed_by) is gathers


def test_the_day_of_ones_own_marathon_and_how_many_come_are_kept(app: Flask, client: FlaskClient) -> None:
    make_season(app, 100)
    own = {"audience": "organiser", "gathering_on": "2080-12-10", "people": "30"}
    assert send(client, **own).status_code == 303
    order = only_order(app)
    assert (str(order.gathering_on), order.people) == ("2080-12-10", 30)
    assert order.needed_by == order.gathering_on, "the copies are needed by then"


def test_another_day_by_which_they_are_needed_comes_before_the_day_of_the_marathon(
    app: Flask, client: FlaskClient
) -> None:
    make_season(app, 100)
    send(client, audience="organiser", gathering_on="10/12/2080", needed_by="2080-12-05")
    assert str(only_order(app).needed_by) == "2080-12-05"


@pytest.mark.parametrize(("needed_by", "status"), [("2026-11-27", 422), ("2026-11-28", 422), ("2026-11-29", 303)])
def test_a_day_that_is_past_in_brussels_is_refused(
    app: Flask, client: FlaskClient, needed_by: str, status: int
) -> None:
    make_season(app, 100)
    with time_machine.travel("2026-11-28T23:30:00Z", tick=False):  # half past midnight in Brussels
        sent = send(client, needed_by=needed_by)
    assert sent.status_code == status
    if status == 422:
        assert "est passé : choisissez un jour à venir" in Page.of(sent, status=422).words()


def test_a_day_that_passed_since_the_order_came_may_stay_when_the_order_is_changed(
    app: Flask, client: FlaskClient
) -> None:
    make_season(app, 100)
    with time_machine.travel("2026-11-28T12:00:00Z", tick=False):
        url = send(client, needed_by="2026-11-30").location + "/change"
    with time_machine.travel("2026-12-02T12:00:00Z", tick=False):
        fields = Page.open(client, url).fields(url)
        assert client.post(url, data={**fields, "name": "Jeanne Dupont"}).status_code == 303
        fields = Page.open(client, url).fields(url)
        assert client.post(url, data={**fields, "needed_by": "2026-11-29"}).status_code == 422
