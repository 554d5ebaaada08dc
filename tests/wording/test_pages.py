"""Every public page in every language, in the states that an orderer may meet, without a word of French."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.association.profile import LANGUAGES
from orders.database import db, transact
from orders.mail import signed_links
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import approval, cancellation
from orders.ordering.models import Delivery, Order, WhenShort
from orders.shipping.dispatches import lifecycle
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order
from tests.page import Page
from tests.public.test_languages import spoken
from tests.public.test_ordering import TYPED
from tests.wording.french_detection import french_in

OTHERS = LANGUAGES[1:]
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "value")
WRONG = {
    "audience": "",
    "name": "",
    "street": "王",
    "number": "",
    "postcode": "12",
    "town": "x" * 90,
    "email": "nobody",
    "phone": "12",
    "needed_by": "soon",
    "copies-MAN26": "many",
    "copies-LIV26": "999999",
    "website": "robot",
}


def read_aloud(element: Element) -> list[str]:
    """What a page says in its own language: its text and what stands in attributes, without what has a `lang`."""
    if element.tag in ("script", "style", "textarea") or (element.get("lang") and element.tag != "html"):
        return []
    said = [element.text or ""]
    said += [element.get(name) or "" for name in ATTRIBUTES if element.get("type") not in ("hidden", "radio", "text")]
    for child in element:
        said += [*read_aloud(child), child.tail or ""]
    return said


def assert_all_in(language: str, page: Page) -> None:
    assert spoken(page) == language
    assert [found for said in read_aloud(page.tree) for found in french_in(said)] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("url", ["/", "/order", "/find", "/privacy", "/accessibility"])
def test_a_page_says_nothing_in_french(app: Flask, client: FlaskClient, url: str, language: str) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 0, "LIV26": 5})
    assert_all_in(language, Page.open(client, f"{url}?lang={language}"))


@pytest.mark.parametrize("language", OTHERS)
def test_out_of_season_too(client: FlaskClient, language: str) -> None:
    for url in ("/", "/order"):
        assert_all_in(language, Page.open(client, f"{url}?lang={language}"))


@pytest.mark.parametrize("language", OTHERS)
def test_a_form_full_of_errors_says_them_in_the_language(app: Flask, client: FlaskClient, language: str) -> None:
    with app.app_context():
        make_edition()
    fields = Page.open(client, f"/order?lang={language}").fields("/order")
    assert_all_in(language, Page.of(client.post("/order", data={**fields, **WRONG}), status=422))
    helped = {**fields, **TYPED, "classes": "2", "pupils": "24", "age": "8", "propose": "1", "copies-MAN26": "60"}
    assert_all_in(language, Page.of(client.post("/order", data=helped)))
    odd = {
        **fields,
        **TYPED,
        "name": "",
        "street": "169 Avenue Louise",
        "number": "",
        "postcode": "1050",
        "town": "Namur",
    }
    page = Page.of(client.post("/order", data={**odd, "use": "nothing"}), status=422)
    assert_all_in(language, page)


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_here_and_not_now_are_said_in_it_too(app: Flask, client: FlaskClient, language: str) -> None:
    client.get(f"/?lang={language}")
    assert_all_in(language, Page.open(client, "/nowhere", status=404))
    assert_all_in(language, Page.open(client, "/o/nothing", status=404))
    assert_all_in(language, Page.of(client.post("/o/nothing/cancel"), status=400))


def in_every_state(language: str) -> list[Order]:
    """An order of each state that its page tells apart."""
    make_edition(shelf={"MAN26": 40, "LIV26": 10})

    def order(copies: int = 1, **fields: Any) -> Order:
        return make_order(lines={"MAN26": copies}, language=language, **fields)

    ready, cancelled, packed, posted = (order() for _ in range(4))
    wanted = order(needed_by=(NOW + timedelta(days=9)).date())
    pickup = order(delivery=Delivery.PICKUP)
    transact(cancellation.cancel, cancelled.reference, at=NOW, by=BY)
    make_dispatch(packed)
    dispatch = make_dispatch(posted)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    came_back, missing = (order() for _ in range(2))
    transact(lifecycle.close, make_dispatch(came_back, missing).id, at=NOW, by=BY, everything=True)
    transact(returned_orders.take_back, came_back.reference, at=NOW, by=BY)
    transact(returned_orders.report_missing, missing.reference, at=NOW, by=BY)
    allow("school", review_above=2, maximum=100)
    pending, rejected = (order(3, audience="school") for _ in range(2))
    transact(approval.reject, rejected.reference, "Too much", at=NOW, by=BY)
    waiting = [order(50, when_short=when_short, audience="school") for when_short in reversed(WhenShort)]
    return [ready, wanted, cancelled, packed, posted, pickup, came_back, missing, pending, rejected, *waiting]


@pytest.mark.parametrize("language", OTHERS)
def test_the_page_of_an_order_in_whatever_state(
    app: Flask, client: FlaskClient, language: str, page: Callable[..., Page]
) -> None:
    with app.app_context():
        orders = in_every_state(language)
        tokens = [signed_links.token(order.reference, order.link_nonce) for order in orders]
        db.session.remove()
    client.get(f"/?lang={language}")
    for token in tokens:
        assert_all_in(language, page(f"/o/{token}"))
        for url in (f"/o/{token}/letters", f"/o/{token}/change"):
            answer = client.get(url)
            if answer.location:  # too late
                continue
            asked = Page.of(answer)
            assert_all_in(language, asked)
            wrong = client.post(url, data={**asked.fields(url), **WRONG, "letters": "many"})
            assert_all_in(language, Page.of(wrong, status=422))
