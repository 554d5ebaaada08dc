"""Everybody finds where letters can be left: the nearest first, on a map and in a list."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.association import current_profile, in_language
from orders.clock import local_day, now
from tests.dropoff.points import make_point
from tests.page import Page


@pytest.fixture
def points(app: Flask) -> None:
    with app.app_context():
        for postcode, town in (("4000", "Liège"), ("5100", "Jambes"), ("6000", "Charleroi")):
            make_point(name=f"Magasin de {town}", postcode=postcode, town=town, hours="ma-sa 10h-18h")


def listed(page: Page) -> list[str]:
    """The names of the points in the list."""
    return [(each.text or "").strip() for each in page.tree.iter("h3")]


def test_without_points_only_the_post_address_is_shown(app: Flask, client: FlaskClient) -> None:
    page = Page.open(client, "/where")
    assert "Aucun point de dépôt" in page.words()
    with app.app_context():
        assert in_language(current_profile(), "fr").street_line in page.words()
    assert "<svg" not in page.text


@pytest.mark.usefixtures("points")
def test_all_points_are_listed_and_drawn_without_a_script_or_another_host(client: FlaskClient) -> None:
    page = Page.open(client, "/where")
    assert all(f"Magasin de {town}" in page.words() for town in ("Liège", "Jambes", "Charleroi"))
    assert page.text.count('href="#point-') == 3
    assert "://" not in page.text.replace("http://pli.test", "")


@pytest.mark.usefixtures("points")
@pytest.mark.parametrize("typed", ["5000", "5000 Namur", "Namur", "B-5000"])
def test_the_nearest_come_first_with_their_kilometres(client: FlaskClient, typed: str) -> None:
    page = Page.open(client, "/where", query_string={"postcode": typed})
    assert listed(page) == ["Magasin de Jambes", "Magasin de Charleroi", "Magasin de Liège"]
    assert "km" in page.words()


@pytest.mark.usefixtures("points")
@pytest.mark.parametrize("typed", ["nulle part", "<b>", "0", "x" * 10_000])
def test_what_is_no_place_is_told_and_all_points_stay(client: FlaskClient, typed: str) -> None:
    page = Page.open(client, "/where", query_string={"postcode": typed})
    assert "indiquez un code postal" in page.words()
    assert "Magasin de Liège" in page.words()


@pytest.mark.usefixtures("points")
def test_a_position_is_used_and_neither_kept_nor_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    page = Page.open(client, "/where")
    token = page.fields("/where", "post")["csrf_token"]
    answer = client.post("/where", data={"csrf_token": token, "latitude": "50.41", "longitude": "4.44"})
    assert listed(Page.of(answer)) == ["Magasin de Charleroi", "Magasin de Jambes", "Magasin de Liège"]
    assert "50.41" not in answer.get_data(as_text=True) + caplog.text + str(answer.headers)
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    assert "geolocation=()" in client.get("/").headers["Permissions-Policy"]
    for wrong in ({"latitude": "48.85", "longitude": "2.35"}, {"latitude": "x"}, {}):
        answer = client.post("/where", data={"csrf_token": token, **wrong})
        assert "pas en Belgique" in Page.of(answer).words()


def test_a_point_that_takes_letters_later_says_from_when(app: Flask, client: FlaskClient) -> None:
    later = local_day(now()).replace(month=1, day=1).replace(year=local_day(now()).year + 1)
    with app.app_context():
        make_point(first_day=later.isoformat(), last_day=later.replace(day=31).isoformat())
    assert f"du 1er janvier {later.year} au 31 janvier {later.year}" in Page.open(client, "/where").words()
