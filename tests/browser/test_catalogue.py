"""The catalogue in a real browser: used without a mouse, and every page accessible in every state."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from orders.catalogue import edition_lookup
from orders.database import transact
from orders.staff import accounts
from orders.staff.models import StaffRole
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import EMAIL, PASSWORD, Screen, accessible, sign_in
from tests.catalogue.test_uploaded_media import picture
from tests.factories import BY, NOW, make_edition, make_order

pytestmark = pytest.mark.browser

EDITION = "/office/catalogue/2026"


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    """An open edition that owes somebody copies, and somebody who coordinates it."""
    with app.app_context():
        make_edition(shelf=10)
        make_order(lines={"MAN26": 12})
        transact(accounts.add_member, EMAIL, StaffRole.COORDINATOR, PASSWORD, at=NOW, by=BY)


def test_every_page_of_the_catalogue_is_for_everybody_also_with_its_errors(screen: Screen) -> None:
    page = screen(PHONE).new_page()
    sign_in(page)
    for address in ("/office/catalogue/", f"{EDITION}/roll-over", "/office/catalogue/publications/MAN26"):
        page.goto(address)
        accessible(page, PHONE, DESK)
    wrong = {
        EDITION: {"maximum-MAN26-school": "-1"},
        f"{EDITION}/change": {"closes_on": "2021-01-01"},
        f"{EDITION}/archive": {},
        f"{EDITION}/publications/new": {"unit_weight_mg": "lourd"},
        "/office/catalogue/postage/packagings/C4": {"piles": "9"},
        "/office/catalogue/postage/parcel": {"price-1": "0"},
    }
    for address, typed in wrong.items():
        page.goto(address)
        accessible(page, PHONE, DESK)
        for name, value in typed.items():
            page.fill(f"[name='{name}']", value)
        with page.expect_navigation():
            page.locator("main form [type=submit]").first.click()
        expect(page).to_have_title(re.compile("^Erreur"))
        accessible(page, PHONE, DESK)


def test_a_year_is_rolled_over_and_its_picture_given_without_a_mouse(app: Flask, screen: Screen) -> None:
    page = screen(DESK).new_page()
    sign_in(page)
    page.goto(f"{EDITION}/roll-over")
    page.focus("[name=year]")
    for _ in range(60):
        if page.evaluate("document.activeElement.value") == "look":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2027")
    accessible(page)
    page.get_by_role("button", name="Confirmer").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/office/catalogue/2027")
    page.goto("/office/catalogue/publications/MAN27")
    page.set_input_files("#picture-file", {"name": "a.png", "mimeType": "image/png", "buffer": picture(kind="PNG")})
    page.get_by_role("button", name="Déposer l’image").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_be_visible()
    with app.app_context():
        assert edition_lookup.get_publication("MAN27").cover_digest
