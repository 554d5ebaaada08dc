"""The help of the order form in a real browser: offered while typing, used only when pressed, quiet otherwise."""

import gzip

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from orders.association.profile import LANGUAGES
from orders.database import db
from orders.ordering.models import Order
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import Screen, accessible, broken_words, fill_in
from tests.factories import make_edition
from tests.labels.pdf_reading import text_of

pytestmark = pytest.mark.browser

NARROW = 320
MOST_SCREENS = 2.5
LIGHTEST = 100_000  # bytes, compressed: HTML, style and script of a first visit


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf=1_000)


def leave(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
        page.press(f"[name={name}]", "Tab")


def test_one_place_fills_itself_in_and_a_mending_is_offered_while_typing(screen: Screen) -> None:
    page = screen(PHONE).new_page()
    page.goto("/order")
    leave(page, street="Rue de la Senne", number="32/20", postcode="1050")
    expect(page.locator("#town")).to_have_value("Ixelles")
    assert page.locator("#places option").get_attribute("value") == "Ixelles"
    assert page.input_value("#number") == "32/20"
    page.get_by_role("button", name="Utiliser « Rue de la Senne 32 bte 20 »").click()
    assert (page.input_value("#number"), page.input_value("#box")) == ("32", "20")
    expect(page.locator("#help-street button")).to_have_count(0)
    assert page.url.endswith("/order")


def test_the_form_of_a_family_is_two_and_a_half_screens_of_a_phone_and_may_be_read_twice_as_large_in_each_language(
    screen: Screen,
) -> None:
    page = screen(PHONE).new_page()
    for language in LANGUAGES:
        page.goto(f"/order?lang={language}")
        page.locator("[name=audience]").first.check(force=True)
        screens = page.evaluate("document.documentElement.scrollHeight / window.innerHeight")
        assert screens <= MOST_SCREENS, language
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.fill("[name='copies-MAN26']", "40")
        expect(page.locator("[data-billing]")).to_be_visible()
        assert broken_words(page) == [], language
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), language


def test_a_draft_survives_a_reload_is_forgotten_once_ordered_and_the_order_is_told(app: Flask, screen: Screen) -> None:
    page = screen(PHONE).new_page()
    fill_in(page)
    page.locator("[data-day] summary").click()
    page.fill("[name=needed_by]", "2080-12-10")
    page.reload()
    expect(page.locator("[data-draft-kept]")).to_be_visible()
    expect(page.locator("[name=organisation]")).to_have_value("Athénée Royal de Namur")
    expect(page.locator("[name=needed_by]")).to_be_visible()
    expect(page.locator("[data-summary]")).to_contain_text("24")
    button = page.locator("[data-order-words]")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.route("**/order", lambda route: route.fulfill(status=204))
    button.click()
    expect(button).to_have_text("Envoi en cours…")
    button.click(force=True)
    page.unroute("**/order")
    assert sent.count("POST") == 1
    page.reload()
    expect(page.locator("[name=organisation]")).to_have_value("Athénée Royal de Namur")
    assert text_of(page.pdf(format="A4")).count("\f") == 1, "printed on one sheet"
    button.dblclick()
    page.wait_for_url("**/o/*")
    assert text_of(page.pdf(format="A4")).count("\f") == 1, "printed on one sheet"
    page.go_back()
    expect(page.locator("[data-made]")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("")  # the browser would fill in half of the form
    page.goto("/order")
    expect(page.locator("[data-draft-kept]")).to_be_hidden()
    expect(page.locator("[name=organisation]")).to_have_value("")
    page.locator("[data-made-change]").click()
    expect(page.locator("[name=organisation]")).to_have_value("Athénée Royal de Namur")
    with app.app_context():
        assert db.session.query(Order).count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_an_odd_place_is_asked_about_and_does_not_block(app: Flask, screen: Screen, javascript: bool) -> None:
    page = screen(PHONE, java_script_enabled=javascript).new_page()
    fill_in(page)
    page.fill("[name=town]", "Namur")
    if javascript:
        page.press("[name=town]", "Tab")
        expect(page.locator("#help-town")).to_contain_text("est-ce bien correct")
        assert "help-town" in str(page.get_attribute("#town", "aria-describedby"))
    page.locator("form[action='/order'] [type=submit]").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert "help-town" in str(page.get_attribute("#town", "aria-describedby"))
    page.get_by_label("Oui, 5590 Namur est correct.").check()
    page.locator("[data-order-words]").click()
    expect(page.locator("body")).to_contain_text("5590 NAMUR")


def test_a_block_of_lines_pasted_into_one_field_is_taken_apart(screen: Screen) -> None:
    page = screen(DESK).new_page()
    page.goto("/order")
    page.evaluate(
        """() => {
            const field = document.getElementById("name"), data = new DataTransfer();
            data.setData("text/plain", "Marie Dupont\\nRue de la Senne 32 bte 20\\n5590 Ciney");
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
            field.value = "Marie Dupont Rue de la Senne 32 bte 20 5590 Ciney";
        }"""
    )
    page.get_by_role("button", name="Utiliser « Marie Dupont").click()
    values = [page.input_value(f"#{name}") for name in ("name", "street", "number", "box", "postcode", "town")]
    assert values == ["Marie Dupont", "Rue de la Senne", "32", "20", "5590", "Ciney"]


def test_letter_or_parcel_follows_the_copies_and_is_announced_once(screen: Screen) -> None:
    page = screen(DESK).new_page()
    page.goto("/order")
    page.fill("[name='copies-MAN26']", "25")
    expect(page.locator("[data-postage]")).to_contain_text("port à facturer selon le tarif bpost")
    page.locator("[data-stepper]").first.locator("[data-step='-1']").click()
    expect(page.locator("[data-postage]")).to_contain_text("à 24, c’est une lettre, gratuite")
    expect(page.locator("[data-status]")).to_contain_text("24 × Manuel. Tout est là")
    expect(page.locator("[data-status]")).to_contain_text("Une lettre de")
    assert page.locator("[role=status]").count() == 1
    page.fill("[name='copies-MAN26']", "0")
    expect(page.locator("[data-postage]")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_class_helper_fills_in_the_copies_only_when_asked(screen: Screen, javascript: bool) -> None:
    page = screen(PHONE, java_script_enabled=javascript).new_page()
    page.goto("/order")
    page.locator("label", has_text="une école").click()
    page.locator("#helper summary").click()
    for name, value in {"classes": "2", "pupils": "24", "age": "8"}.items():
        page.fill(f"[name={name}]", value)
    assert page.input_value("[name='copies-LIV26']") == "0"
    page.locator("button", has_text="Proposer").click()
    expect(page.locator("[name='copies-LIV26']")).to_have_value("50")
    expect(page.locator("[name='copies-MAN26']")).to_have_value("2")
    expect(page.locator("#helper")).to_contain_text("Notre proposition")
    assert page.input_value("[name=pupils]") == "24"


def test_without_a_script_a_form_that_comes_back_is_mended_by_its_buttons(app: Flask, screen: Screen) -> None:
    page = screen(PHONE, java_script_enabled=False).new_page()
    fill_in(page)
    for name, value in {"street": "187 chaussée de Wavre", "number": "", "box": "", "postcode": "1050"}.items():
        page.fill(f"[name={name}]", value)
    with page.expect_navigation():
        page.locator("form[action='/order'] [type=submit]").click()
    expect(page.locator(".mended")).to_contain_text("Chaussée de Wavre 187")
    with page.expect_navigation():
        page.locator("button", has_text="Ixelles").click()
    expect(page.locator("body")).to_contain_text("Rien n’est encore envoyé")
    page.locator("form[action='/order'] [type=submit]").click()
    expect(page.locator("body")).to_contain_text("1050 IXELLES")
    with app.app_context():
        assert db.session.query(Order).count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_the_enter_key_orders_even_where_proposals_stand_before(app: Flask, screen: Screen, javascript: bool) -> None:
    page = screen(DESK, java_script_enabled=javascript).new_page()
    fill_in(page)
    page.fill("[name=number]", "32/20")
    page.fill("[name=box]", "")
    page.fill("[name=email]", "")
    with page.expect_navigation():
        page.press("[name=email]", "Enter")
    expect(page.locator(".mended button")).to_be_visible()
    page.fill("[name=email]", "teacher@example.org")
    page.press("[name=email]", "Enter")
    expect(page.locator("body")).to_contain_text("Rue de la Senne 32 bte 20")


def test_the_form_is_accessible_with_everything_it_can_offer(screen: Screen) -> None:
    page = screen(PHONE).new_page()
    fill_in(page)
    page.locator("#helper summary").click()
    page.fill("[name='copies-MAN26']", "30")
    leave(page, number="32/20", box="", town="Dinant")
    expect(page.locator("#help-street button")).to_be_visible()
    expect(page.locator("[data-postage]")).to_contain_text("bpost")
    accessible(page, NARROW, PHONE, DESK)
    page.fill("[name=email]", "")
    with page.expect_navigation():
        page.locator("form[action='/order'] [type=submit]").click()
    expect(page.locator("#help-street button")).to_be_visible()
    accessible(page, NARROW, PHONE, DESK)


def test_a_mending_is_used_with_the_keyboard_and_the_focus_stays_in_the_address(screen: Screen) -> None:
    page = screen(DESK).new_page()
    page.goto("/order")
    leave(page, street="Rue de la Senne", number="32/20")
    expect(page.locator("#help-street button")).to_be_visible()
    page.focus("#box")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.input_value("#box") == "20"
    assert page.evaluate("document.activeElement.name") == "box"


def test_a_first_visit_is_light_and_asks_no_other_host(screen: Screen) -> None:
    page = screen(PHONE).new_page()
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.update({answer.url: len(gzip.compress(answer.body(), 6))}))
    page.goto("/order", wait_until="networkidle")
    assert len(weights) >= 3
    assert sum(weights.values()) < LIGHTEST, weights
