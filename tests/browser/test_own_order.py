"""The page of one's own order in every state, and the form that changes it, in a real browser."""

from collections.abc import Mapping

import pytest
from flask import Flask

from orders.database import transact
from orders.mail import signed_links
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import approval, cancellation
from orders.ordering.models import Delivery, Order, WhenShort
from orders.shipping.dispatches import lifecycle
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import Screen, accessible
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order

pytestmark = pytest.mark.browser


def post(order: Order) -> Order:
    transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    return order


@pytest.fixture
def states(app: Flask) -> Mapping[str, str]:
    """The address of an order's page in each state."""
    app.config["FORM_MINIMUM_SECONDS"] = 0
    with app.app_context():
        make_edition(shelf={"MAN26": 100, "LIV26": 4})
        orders = {
            "ready": make_order(lines={"MAN26": 3}, message="Merci à toute l’équipe"),
            "pickup": make_order(delivery=Delivery.PICKUP),
            "dispatching": make_order(),
            "sent": post(make_order()),
            "missing": post(make_order()),
            "cancelled": make_order(),
            "returned": post(make_order()),
            "short": make_order(lines={"MAN26": 1, "LIV26": 9}),
            "waiting": make_order(lines={"LIV26": 12}),
            "together": make_order(lines={"MAN26": 1, "LIV26": 12}, when_short=WhenShort.WAIT),
        }
        make_dispatch(orders["dispatching"])
        transact(returned_orders.report_missing, orders["missing"].reference, at=NOW, by=BY)
        transact(cancellation.cancel, orders["cancelled"].reference, at=NOW, by=BY)
        transact(returned_orders.take_back, orders["returned"].reference, at=NOW, by=BY)
        allow("family", review_above=1, maximum=90)
        orders["pending"], orders["rejected"] = make_order(lines={"MAN26": 8}), make_order(lines={"MAN26": 60})
        transact(approval.reject, orders["rejected"].reference, "Il en reste trop peu.", at=NOW, by=BY)
        return {name: f"/o/{signed_links.token(each.reference, each.link_nonce)}" for name, each in orders.items()}


def test_every_state_of_an_order_is_accessible(screen: Screen, states: Mapping[str, str]) -> None:
    page = screen(PHONE).new_page()
    for url in states.values():
        page.goto(url)
        for each in page.locator("details").all():
            each.evaluate("element => { element.open = true }")
        accessible(page, PHONE, DESK)


@pytest.mark.parametrize("state", ["ready", "returned"])
def test_the_form_that_changes_an_order_is_accessible_filled_wrong_and_asking(
    screen: Screen, states: Mapping[str, str], state: str
) -> None:
    page = screen(PHONE).new_page()
    page.goto(f"{states[state]}/change")
    accessible(page, PHONE, DESK)
    page.fill("[name=postcode]", "10")
    with page.expect_navigation():
        page.press("[name=postcode]", "Enter")
    assert page.title().startswith("Erreur")
    accessible(page, PHONE, DESK)
    page.fill("[name=postcode]", "5590")
    with page.expect_navigation():
        page.press("[name=postcode]", "Enter")
    accessible(page, PHONE, DESK)
    page.check("[name=confirm]")
    with page.expect_navigation():
        page.press("[name=postcode]", "Enter")
    assert page.url.endswith(states[state])


def test_two_tabs_change_one_order_and_the_second_learns_what_the_first_did(
    screen: Screen, states: Mapping[str, str]
) -> None:
    window = screen(PHONE)
    first, second = window.new_page(), window.new_page()
    for tab in (first, second):
        tab.goto(f"{states['ready']}/change")
    first.fill("[name=copies-LIV26]", "2")
    with first.expect_navigation():
        first.press("[name=copies-LIV26]", "Enter")
    second.fill("[name=number]", "88")
    with second.expect_navigation():
        second.press("[name=number]", "Enter")
    accessible(second)
    assert second.input_value("[name=number]") == "88"
    assert "→ 2" in second.inner_text("form")
