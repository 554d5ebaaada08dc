"""From the order form on a phone to a posted parcel, in a real browser."""

import subprocess

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from orders.database import db, transact
from orders.ordering.models import Order, OrderStatus
from orders.staff import accounts
from orders.staff.models import StaffRole
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import EMAIL, PASSWORD, Screen, accessible, fill_in, sign_in
from tests.factories import BY, NOW, make_edition, make_order

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    """An open edition and somebody who coordinates it."""
    with app.app_context():
        make_edition(shelf=100)
        transact(accounts.add_member, EMAIL, StaffRole.COORDINATOR, PASSWORD, at=NOW, by=BY)


def downloaded(page: Page, kind: str) -> bytes:
    """The PDF behind the button for labels or slips on a dispatch's page, with the sign-in of that browser."""
    button = page.locator(f"a[href*='{kind}.pdf'], form[action$='{kind}.pdf']").first
    address = button.get_attribute("href") or button.get_attribute("action")
    answer = page.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_order_from_a_phone_is_dispatched_and_its_label_bears_the_typed_name(
    app: Flask, screen: Screen, javascript: bool
) -> None:
    phone = screen(PHONE, java_script_enabled=javascript).new_page()
    fill_in(phone)
    phone.locator("form[action='/order'] [type=submit]").click()
    expect(phone.locator("body")).to_contain_text("5590 CINEY")

    desk = screen(DESK, java_script_enabled=javascript).new_page()
    sign_in(desk)
    desk.goto("/office/ordering/")
    desk.locator("main input[name=reference]").check()
    desk.locator("#chosen [type=submit]").first.click()
    expect(desk).to_have_url("/office/shipping/1")
    desk.goto("/office/shipping/1?step=print")
    for kind in ("labels", "slips"):
        assert "Şebnem Nguyễn-Мария" in text_of(downloaded(desk, kind))
    with app.app_context():
        assert db.session.query(Order).one().status is OrderStatus.DISPATCHING


def test_every_page_is_accessible_at_both_widths_filled_empty_and_with_errors(app: Flask, screen: Screen) -> None:
    with app.app_context():
        make_order(lines={"MAN26": 3, "LIV26": 200}, name="N" * 40, organisation="O" * 40, street="S" * 40)
    page = screen(PHONE).new_page()
    for url in ("/", "/order", "/privacy", "/accessibility", "/nowhere", "/staff/login"):
        page.goto(url)
        accessible(page, PHONE, DESK)
    page.goto("/order")
    page.fill("[name=postcode]", "105")
    with page.expect_navigation():
        page.locator("form[action='/order'] [type=submit]").click()
    assert page.title().startswith("Erreur")
    accessible(page, PHONE, DESK)
    fill_in(page)
    with page.expect_navigation():
        page.locator("form[action='/order'] [type=submit]").click()
    accessible(page, PHONE, DESK)


def test_every_office_page_is_accessible_at_both_widths(app: Flask, screen: Screen) -> None:
    with app.app_context():
        reference = make_order(lines={"MAN26": 3, "LIV26": 200}, name="N" * 40, organisation="O" * 40).reference
        make_order(name="N" * 40, organisation="O" * 40, street="S" * 40, town="T" * 40)
    page = screen(PHONE).new_page()
    sign_in(page)
    for url in (
        "/office/",
        "/office/ordering/",
        "/office/ordering/?q=nobody",
        f"/office/ordering/{reference}",
        "/office/shipping/",
        "/office/stock/",
        "/office/stock/MAN26",
        "/office/stock/MAN26/receive",
        "/office/stock/MAN26/correct",
        "/staff/change",
    ):
        page.goto(url)
        accessible(page, PHONE, DESK)
    page.goto("/office/shipping/")
    with page.expect_navigation():
        page.locator("form[action='/office/shipping/new'] [type=submit]").first.click()
    accessible(page, PHONE, DESK)


def test_the_whole_order_is_possible_with_the_keyboard_alone(app: Flask, screen: Screen) -> None:
    page = screen(DESK).new_page()
    page.goto("/order")
    page.keyboard.press("Tab")
    typed = {
        "organisation": "Athénée",
        "copies-LIV26": "3",
        "name": "Marie",
        "street": "Rue Haute",
        "number": "1",
        "postcode": "1000",
        "town": "Bruxelles",
        "email": "marie@example.org",
    }
    for _ in range(80):
        name, kind = page.evaluate("[document.activeElement.name || '', document.activeElement.type || '']")
        if kind == "radio":
            page.keyboard.press("Space")
        elif name in typed:
            page.keyboard.press("Control+A")
            page.keyboard.type(typed.pop(name))
        elif kind == "submit" and not typed:
            page.keyboard.press("Enter")
            break
        page.keyboard.press("Tab")
    expect(page.locator("body")).to_contain_text("1000 BRUXELLES")
