"""Acting on many orders: on those ticked, or on all that match, once the number is confirmed."""

from collections.abc import Callable, Collection
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.ordering.models import OrderStatus
from orders.ordering.repository import get_order
from orders.staff.models import StaffRole
from tests.factories import allow, make_dispatch, make_edition, make_order, receive
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
CANCEL, ACCEPT = "/office/ordering/cancel", "/office/ordering/accept"


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 40})
        allow("family", review_above=5, maximum=50)


def place(app: Flask, **fields: Any) -> str:
    with app.app_context():
        return make_order(**fields).reference


def states(app: Flask, references: Collection[str]) -> list[str]:
    with app.app_context():
        return [get_order(each).status.value for each in references]


def token(client: FlaskClient) -> dict[str, str]:
    return {"csrf_token": Page.open(client, "/office/ordering/").fields("/staff/logout")["csrf_token"]}


def test_what_was_ticked_is_cancelled_once_it_is_confirmed(app: Flask, office: Office) -> None:
    client = office(StaffRole.OFFICE)
    ticked = [place(app, lines={"MAN26": 3}), place(app, lines={"LIV26": 2})]
    kept = place(app)
    asked = Page.of(client.post(CANCEL, data={**token(client), "reference": ticked}))
    assert "Annuler 2 commandes ?" in asked.words()
    assert "3 exemplaires retournent en stock" in asked.words()
    assert states(app, ticked) == ["ready", "waiting"]
    done = client.post(CANCEL, data={**asked.fields(CANCEL), "reference": ticked})
    assert "2 commandes annulées" in Page.open(client, done.location).words()
    assert states(app, [*ticked, kept]) == ["cancelled", "cancelled", "ready"]


def test_all_that_match_are_cancelled_on_whatever_page_they_stand(app: Flask, office: Office) -> None:
    client = office(StaffRole.OFFICE)
    schools = [place(app, audience="school", lines={"LIV26": 1}) for _ in range(55)]
    family = place(app)
    asked = Page.of(client.post(CANCEL, data={**token(client), "all": "1", "audience": "school"}))
    assert asked.fields(CANCEL)["expected"] == "55"
    assert asked.fields(CANCEL)["audience"] == "school"
    done = client.post(CANCEL, data=asked.fields(CANCEL))
    assert done.location == "/office/ordering/?audience=school"
    assert states(app, [*schools, family]) == ["cancelled"] * 55 + ["ready"]


def test_another_number_than_the_one_confirmed_is_asked_again_with_the_new_one(app: Flask, office: Office) -> None:
    client = office(StaffRole.OFFICE)
    first = place(app)
    asked = Page.of(client.post(CANCEL, data={**token(client), "all": "1"}))
    second = place(app)
    again = Page.of(client.post(CANCEL, data=asked.fields(CANCEL)), status=409)
    assert "2 commandes correspondent, et non 1" in again.words()
    assert states(app, [first, second]) == ["ready", "ready"]
    assert client.post(CANCEL, data=again.fields(CANCEL)).status_code == 303
    assert states(app, [first, second]) == ["cancelled", "cancelled"]


def test_what_an_action_cannot_touch_stays_and_is_said(app: Flask, office: Office) -> None:
    client = office(StaffRole.OFFICE)
    packed, ready = place(app), place(app)
    with app.app_context():
        make_dispatch(get_order(packed))
    asked = Page.of(client.post(CANCEL, data={**token(client), "reference": [packed, ready]}))
    assert "Annuler 1 commande ?" in asked.words()
    assert "1 autre commande de votre choix ne change pas" in asked.words()
    client.post(CANCEL, data=asked.fields(CANCEL))
    assert states(app, [packed, ready]) == ["dispatching", "cancelled"]
    nothing = Page.of(client.post(CANCEL, data={**token(client), "reference": [packed]}))
    assert "Oui, annuler" not in nothing.words()


def test_nothing_chosen_and_what_does_not_exist_are_said(office: Office) -> None:
    staff = office(StaffRole.OFFICE)
    Page.of(staff.post(CANCEL, data=token(staff)), status=409)
    Page.of(staff.post(CANCEL, data={**token(staff), "reference": "nonsense"}), status=404)


def test_a_coordinator_accepts_pending_orders_together_and_the_oldest_is_served_first(
    app: Flask, office: Office
) -> None:
    client = office(StaffRole.COORDINATOR)
    pending = [place(app, lines={"MAN26": 30}, minutes=minute) for minute in range(2)]
    assert states(app, pending) == ["pending", "pending"]
    asked = Page.of(client.post(ACCEPT, data={**token(client), "all": "1", "status": "pending"}))
    assert "Accepter 2 commandes ?" in asked.words()
    done = client.post(ACCEPT, data=asked.fields(ACCEPT))
    assert "2 commandes acceptées" in Page.open(client, done.location).words()
    with app.app_context():
        assert [get_order(each).lines[0].reserved for each in pending] == [30, 10]
    assert office(StaffRole.OFFICE).post(ACCEPT).status_code == 403


def test_what_cancelled_orders_give_back_serves_those_that_stay(app: Flask, office: Office) -> None:
    client = office(StaffRole.OFFICE)
    ticked = [place(app, lines={"LIV26": 4}, audience="school", minutes=minute) for minute in range(3)]
    stays = place(app, lines={"LIV26": 4}, minutes=9)
    with app.app_context():
        receive("LIV26", 4, minutes=10)
    assert states(app, [*ticked, stays]) == ["ready", "waiting", "waiting", "waiting"]
    asked = Page.of(client.post(CANCEL, data={**token(client), "all": "1", "audience": "school"}))
    client.post(CANCEL, data=asked.fields(CANCEL))
    assert states(app, [*ticked, stays]) == ["cancelled"] * 3 + ["ready"]
    with app.app_context():
        assert get_order(stays).status is OrderStatus.READY
