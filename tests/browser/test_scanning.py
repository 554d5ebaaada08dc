"""Scanning in a real browser, with keystrokes as a computer with another keyboard layout receives them."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from orders.database import db, transact
from orders.ordering import repository
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Parcel
from orders.staff import accounts
from orders.staff.models import StaffRole
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import EMAIL, PASSWORD, Screen, accessible
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

pytestmark = pytest.mark.browser

# Notes each tone as it begins to sound: the kind of the last answer is what was heard.
EAR = """
window.heard = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.heard.push(Math.round(this.frequency.value));
  return start.apply(this, when);
};
"""
# A camera that sees one code, for a browser that has none.
CAMERA = """
const picture = async () => document.createElement("canvas").captureStream();
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = picture;
HTMLMediaElement.prototype.play = async () => {};
window.BarcodeDetector = class { async detect() { return window.seen ? [{ rawValue: window.seen }] : []; } };
"""


@pytest.fixture
def references(app: Flask) -> list[str]:
    """Two orders in an open dispatch, one that was posted."""
    with app.app_context():
        make_edition(shelf=1_000)
        transact(accounts.add_member, EMAIL, StaffRole.COORDINATOR, PASSWORD, at=NOW, by=BY)
        posted, *packing = [make_order(lines={"MAN26": 2, "LIV26": 24}) for _ in range(3)]
        transact(lifecycle.close, make_dispatch(posted).id, at=NOW, by=BY, everything=True)
        make_dispatch(*packing)
        return [order.reference for order in (*packing, posted)]


def opened(screen: Screen, width: int, url: str = "/office/shipping/scan", script: str = "", **options: object) -> Page:
    context = screen(width, **options)
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.goto(url)
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Scanner")
    page.wait_for_load_state()  # its script listens
    return page


def wedge(page: Page, reference: str) -> None:
    """What an AZERTY computer receives from a scanner that types `KLNB-RTVX` and Enter on a US keyboard."""
    page.keyboard.type(f"{reference[:4]})".lower())
    page.keyboard.type(reference[4:])
    page.keyboard.press("Enter")


def packed(app: Flask) -> int:
    with app.app_context():
        db.session.rollback()
        return db.session.scalar(select(func.count(Parcel.packed_at)).where(Parcel.posted_at.is_(None))) or 0


def test_a_wedge_scanner_packs_one_slip_after_the_other_and_each_answer_has_its_sound(
    app: Flask, screen: Screen, references: list[str]
) -> None:
    page = opened(screen, DESK, script=EAR)
    first, second, posted = references
    told = page.locator(".scan-title")
    wedge(page, first)
    expect(told).to_have_text("Emballé")
    wedge(page, second)
    expect(page.locator(".scan-progress")).to_contain_text("2 emballés sur 2")
    assert packed(app) == 2
    wedge(page, second)
    expect(told).to_have_text("Déjà emballé")
    wedge(page, posted)
    expect(told).to_have_text("Déjà posté")
    wedge(page, first[1] + first[0] + first[2:] if first[0] != first[1] else "B" * 7 + "C")
    expect(told).to_have_text("Mal lu")
    assert page.evaluate("window.heard") == [1320, 1320, 660, 660, 660, 660, 330, 220]
    expect(page.locator("#reference")).to_be_focused()
    page.locator("[data-scan-sound]").click()
    expect(page.locator("[data-scan-sound]")).to_have_text("Son\u00a0: non")
    wedge(page, second)
    expect(told).to_have_text("Déjà emballé")
    assert len(page.evaluate("window.heard")) == 8
    page.reload()
    expect(page.locator("[data-scan-sound]")).to_have_text("Son\u00a0: non")


def test_a_scanner_may_type_faster_than_the_server_answers_and_wherever_the_focus_is(
    app: Flask, screen: Screen, references: list[str]
) -> None:
    page = opened(screen, DESK)
    page.locator(".chip").first.focus()
    for reference in references[:2]:
        wedge(page, reference)
    expect(page.locator(".scan-progress")).to_contain_text("2 emballés sur 2")
    assert packed(app) == 2


def test_without_javascript_a_scan_is_a_form(app: Flask, screen: Screen, references: list[str]) -> None:
    page = opened(screen, PHONE, java_script_enabled=False)
    expect(page.locator("#reference")).to_be_focused()
    for number, reference in enumerate(references[:2], 1):
        page.fill("#reference", reference.lower())
        page.keyboard.press("Enter")
        expect(page.locator(".scan-progress")).to_contain_text(f"{number} emballé")
        assert packed(app) == number


def test_a_phone_s_camera_reads_where_the_browser_can(app: Flask, screen: Screen, references: list[str]) -> None:
    plain = opened(screen, PHONE)
    expect(plain.locator("[data-scan-camera]")).to_be_hidden()
    page = opened(screen, PHONE, script=CAMERA)
    page.locator("[data-scan-camera]").click()
    expect(page.locator("[data-scan-camera]")).to_have_attribute("aria-pressed", "true")
    page.evaluate("reference => { window.seen = reference; }", references[0])
    expect(page.locator(".scan-title")).to_have_text("Emballé")
    page.locator("[data-scan-camera]").click()
    expect(page.locator("video")).to_be_hidden()
    assert packed(app) == 1


def test_a_return_keeps_its_reason_for_the_next(app: Flask, screen: Screen, references: list[str]) -> None:
    page = opened(screen, DESK, "/office/shipping/scan/return")
    wedge(page, references[2])
    expect(page.locator(".scan-title")).to_have_text("Pourquoi est-il revenu\u00a0?")
    page.get_by_label("inconnu à l’adresse").check()
    wedge(page, references[2])
    expect(page.locator(".scan-title")).to_have_text("Retour noté")
    wedge(page, references[2])
    expect(page.locator(".scan-title")).to_have_text("Retour déjà noté")
    with app.app_context():
        assert repository.get_order(references[2]).status.value == "returned"


def test_every_answer_is_accessible(screen: Screen, references: list[str]) -> None:
    page = opened(screen, PHONE)
    for reference in (references[0], references[0], references[2], "BBBBBBBB", "KLNBRTVB"):
        page.fill("#reference", reference)
        page.evaluate("document.querySelector('[data-tone]')?.remove()")  # the answer to the scan before
        page.keyboard.press("Enter")
        expect(page.locator("[data-tone]")).to_be_visible()
        accessible(page, PHONE, DESK)
    for url in ("/return", "/pickup", "/look"):
        page.goto(f"/office/shipping/scan{url}")
        accessible(page, PHONE, DESK)
    steps = (f"/office/shipping/2?step={step}" for step in ("take", "print", "pack", "post"))
    for url in ("/office/staff/", "/office/shipping/1", "/office/shipping/1/tracking", *steps):
        page.goto(url)
        accessible(page, PHONE, DESK)
