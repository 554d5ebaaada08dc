"""Four languages in a real browser: a change of language loses nothing, and long words fit on a narrow screen."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from orders.association.profile import LANGUAGES
from orders.database import transact
from orders.mail import signed_links
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from tests.browser.conftest import PHONE
from tests.browser.steps import Screen, broken_words, cut_texts
from tests.factories import BY, NOW, make_edition, make_order

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NARROW = 320
IN_FIRST_SCREEN = "document.querySelector('.hero .btn-large').getBoundingClientRect().bottom <= innerHeight"
WIDTH = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def language_of(page: Page) -> str | None:
    return page.locator("html").get_attribute("lang")


def test_what_is_typed_goes_along_into_another_language(app: Flask, screen: Screen) -> None:
    with app.app_context():
        make_edition()
    page = screen(PHONE).new_page()
    page.goto("/order?a=b")
    page.fill("[name=name]", "Jürgen Groß")
    page.locator(".copies [data-step='1']").first.click()
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_selector("html[lang=de]")
    assert page.url.endswith("/order?a=b&lang=de")
    assert page.input_value("[name=name]") == "Jürgen Groß"
    assert page.input_value("[name='copies-MAN26']") == "1"
    assert page.locator(".error-summary").count() == 0
    page.get_by_role("button", name="Nederlands").click()
    page.wait_for_selector("html[lang=nl]")
    assert page.input_value("[name=name]") == "Jürgen Groß"


def test_an_untouched_form_is_simply_opened_in_another_language(app: Flask, screen: Screen) -> None:
    with app.app_context():
        make_edition()
    page = screen(PHONE).new_page()
    page.goto("/order")
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("html[lang=en]")
    assert page.get_by_role("link", name="Français").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_narrow_screen(app: Flask, screen: Screen, language: str) -> None:
    with app.app_context():
        edition = make_edition(shelf={"MAN26": 0, "LIV26": 5})
        transact(print_runs.commission, edition.publications[0], PlannedRun(100, NOW.date()), at=NOW, by=BY)
        order = make_order(lines={"MAN26": 3, "LIV26": 2}, name="Annegret Großmüller-Weißenbach")
        own = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
    page = screen(NARROW).new_page()
    for url in (f"/?lang={language}", "/order", "/find", "/privacy", "/accessibility", own, "/nowhere"):
        page.goto(url)
        assert language_of(page) == language
        found, wanted = page.evaluate(WIDTH)
        assert found <= wanted, url
        assert cut_texts(page) == [], url
        if url.startswith("/?"):
            assert broken_words(page) == []
            assert page.evaluate(IN_FIRST_SCREEN)
    page.goto("/order")
    page.click(".order-form .btn-large")
    page.wait_for_selector(".error-summary")
    found, wanted = page.evaluate(WIDTH)
    assert found <= wanted
