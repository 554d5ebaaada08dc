"""Rolling over through the pages of the office."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition
from orders.database import db, transact
from orders.ordering.lifecycle import cancellation
from orders.staff.models import StaffRole
from orders.stock import ledger
from orders.stock.models import Place
from tests.factories import BY, NOW, make_edition, make_order, receive
from tests.page import Page

ROLL_OVER = "/office/catalogue/2026/roll-over"


@pytest.fixture
def coordinator(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=100)
    return office(StaffRole.COORDINATOR)


def look(client: FlaskClient, status: int = 200, **typed: str) -> Page:
    fields = Page.open(client, ROLL_OVER).fields(ROLL_OVER)
    sent = {name.replace("_MAN", "-MAN"): value for name, value in typed.items()}
    return Page.of(client.post(ROLL_OVER, data={**fields, **sent, "step": "look"}), status=status)


def years(app: Flask) -> list[int]:
    with app.app_context():
        return sorted(edition.year for edition in db.session.query(Edition))


def shelf(app: Flask) -> int:
    with app.app_context():
        return ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF)


def test_the_whole_plan_is_shown_and_nothing_changes_before_it_is_confirmed(
    app: Flask, coordinator: FlaskClient
) -> None:
    page = look(coordinator, sample_MAN26="5", recycle_MAN26="60")
    for shown in ("MAN27", "LIV27", "Marathon des lettres 2027", "35", "60"):
        assert shown in page.words()
    assert (years(app), shelf(app)) == ([2026], 100)
    again = Page.of(coordinator.post(ROLL_OVER, data={**page.fields(ROLL_OVER), "step": "edit"}))
    assert again.fields(ROLL_OVER)["recycle-MAN26"] == "60"
    for _ in range(2):
        done = coordinator.post(ROLL_OVER, data={**page.fields(ROLL_OVER), "step": "confirm"})
        assert (done.status_code, done.location) == (303, "/office/catalogue/2027")
    assert (years(app), shelf(app)) == ([2026, 2027], 35)
    assert "MAN27" in Page.open(coordinator, "/office/catalogue/2027").words()


def test_a_shelf_that_changed_meanwhile_is_shown_again(app: Flask, coordinator: FlaskClient) -> None:
    page = look(coordinator, give_MAN26="10")
    with app.app_context():
        receive("MAN26", 7)
    answer = Page.of(coordinator.post(ROLL_OVER, data={**page.fields(ROLL_OVER), "step": "confirm"}), status=409)
    assert "97" in answer.words()
    assert years(app) == [2026]
    assert coordinator.post(ROLL_OVER, data={**answer.fields(ROLL_OVER), "step": "confirm"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"recycle_MAN26": "101"}, "recycle-MAN26"),
        ({"recycle_MAN26": "-1"}, "recycle-MAN26"),
        ({"give_MAN26": "x"}, "give-MAN26"),
        ({"code_MAN26": "LIV26"}, "code-MAN26"),
        ({"year": "2026"}, "year"),
        ({"year": ""}, "year"),
        ({"closes_on": ""}, "closes_on"),
        ({"opens_on": "2099-01-01"}, "closes_on"),
        ({"links": ""}, "links"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    app: Flask, coordinator: FlaskClient, typed: dict[str, str], field: str
) -> None:
    assert f'id="{field}-error"' in look(coordinator, 422, **typed).text
    assert (years(app), shelf(app)) == ([2026], 100)


def test_an_open_edition_keeps_its_links_unless_somebody_closes_them_and_is_told_what_that_does(
    app: Flask, coordinator: FlaskClient
) -> None:
    with app.app_context():
        order = make_order()
        transact(cancellation.cancel, order.reference, at=NOW, by=BY)
        make_order()
    form = Page.open(coordinator, ROLL_OVER)
    assert form.fields(ROLL_OVER)["links"] == "keep"
    for said in ("On commande encore", "1 commande n’est pas terminée", "Pour 1 commande terminée", "redemander"):
        assert said in form.words()
    assert "servent encore" not in look(coordinator).words()
    assert "Ces liens servent encore. On commande encore" in look(coordinator, links="close").words()
