"""The order form in every state, in a real browser: what it says while it is filled in, and when it comes back."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from orders.catalogue.models import Allowance, Publication
from orders.clock import local_day, now
from orders.database import db, transact
from orders.ordering.models import Order
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import Screen, accessible, fill_in
from tests.factories import BY, make_edition, make_order

pytestmark = pytest.mark.browser

NARROW = 320
SEND = "form[action='/order'] [type=submit]"


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    """Twelve manuals, a reprint on its way, and a school that ordered before."""
    with app.app_context():
        make_edition(shelf={"MAN26": 12, "LIV26": 400})
        manual = db.session.query(Publication).filter_by(code="MAN26").one()
        expected_on = local_day(now()) + timedelta(days=20)
        transact(print_runs.commission, manual, PlannedRun(1_000, expected_on), at=now(), by=BY)
        make_order(
            lines={"LIV26": 24},
            audience="school",
            organisation="AR Namur",
            street="Rue Haute",
            number="1",
            postcode="5590",
            town="Ciney",
        )
        for publication in db.session.query(Publication):
            publication.allowances = [Allowance(audience="school", review_above=28, maximum=40)]
        db.session.commit()


def orders(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Order).count()


def ask_everything(page: Page) -> None:
    fill_in(page)
    page.fill("[name='copies-MAN26']", "30")
    page.fill("[name=town]", "Dinant")
    page.locator("[data-day] summary").click()
    page.fill("[name=needed_by]", str(local_day(now())))


def test_every_state_is_accessible(screen: Screen) -> None:
    page = screen(PHONE).new_page()
    page.goto("/order")
    accessible(page, NARROW, PHONE, DESK)
    ask_everything(page)
    expect(page.locator("[data-promise]")).to_contain_text("12 maintenant, 18 à la réimpression")
    expect(page.locator("[data-late]")).not_to_be_empty()
    accessible(page, NARROW, PHONE, DESK)
    with page.expect_navigation():
        page.locator(SEND).click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("[name=confirm]")).to_have_count(2)
    assert page.title().startswith("Erreur")
    accessible(page, NARROW, PHONE, DESK)
    page.fill("[name=email]", "")
    page.fill("[name='copies-MAN26']", "41")
    page.check("#confirm-place")
    with page.expect_navigation():
        page.locator(SEND).click()
    expect(page.locator("#email-error")).to_be_visible()
    expect(page.locator("#confirm-place")).to_be_checked()
    accessible(page, NARROW, PHONE, DESK)


@pytest.mark.parametrize("javascript", [True, False])
def test_every_question_is_answered_on_one_page(app: Flask, screen: Screen, javascript: bool) -> None:
    page = screen(PHONE, java_script_enabled=javascript).new_page()
    ask_everything(page)
    with page.expect_navigation():
        page.locator(SEND).click()
    page.wait_for_load_state("networkidle")  # the script asks for the postage of what came back
    for box in page.locator("[name=confirm]").all():
        box.check()
        expect(box).to_be_checked()
    page.fill("[name=reason]", "Une classe de plus")
    page.locator(".error-summary .btn-primary", has_text="port facturé").click()
    expect(page.locator("h1")).to_contain_text("Nous relisons votre commande")
    assert orders(app) == 2


def test_postage_that_was_shown_is_not_asked_about_and_brings_the_fields_for_the_invoice(
    app: Flask, screen: Screen
) -> None:
    page = screen(PHONE).new_page()
    fill_in(page)
    page.locator("label", has_text="une association").click()
    page.get_by_label("Nom de l’association").fill("Les Amis du livre")
    expect(page.locator("[data-billing]")).to_be_hidden()
    page.fill("[name='copies-MAN26']", "30")
    expect(page.locator("[data-billing]")).to_be_visible()
    page.fill("[name=purchase_order]", "B-7")
    with page.expect_navigation():
        page.locator(SEND).click()
    expect(page.locator("body")).to_contain_text("5590 CINEY")
    with app.app_context():
        order = db.session.query(Order).order_by(Order.id.desc()).first()
        assert order is not None
        assert (order.postage_due, order.purchase_order) == (True, "B-7")


def test_each_choice_says_what_it_means_and_the_fields_are_described(screen: Screen) -> None:
    page = screen(DESK).new_page()
    fill_in(page)
    page.fill("[name='copies-MAN26']", "30")
    expect(page.locator(".choice-card", has_text="Seulement")).to_contain_text("pas les 18 autres")
    for name, room in (("copies-MAN26", "limit-MAN26"), ("when_short", "when_short-0-about")):
        described = str(page.locator(f"[name='{name}']").first.get_attribute("aria-describedby"))
        assert room in described.split()
        assert page.locator(f"#{room}").inner_text()
    page.fill("[name='copies-MAN26']", "3")
    expect(page.locator(".choice-card", has_text="Seulement")).not_to_contain_text("18")
    expect(page.locator("#limit-MAN26")).to_be_hidden()
    assert page.locator("[role=status]").count() == 1


def test_each_audience_is_asked_what_fits_it(screen: Screen) -> None:
    page = screen(PHONE).new_page()
    page.goto("/order")
    helper, people, day = (page.locator(each) for each in ("#helper", "[name=people]", "[name=needed_by]"))
    page.locator("label", has_text="une famille").click()
    for hidden in (helper, day, page.locator("[name=organisation]"), page.locator("[data-short]")):
        expect(hidden).to_be_hidden()
    page.locator("label", has_text="mon propre marathon").click()
    expect(page.locator("label[for=needed_by]")).to_contain_text("Date de votre marathon")
    expect(day).to_be_visible()
    page.locator("#helper summary").click()
    expect(page.locator("[name=classes]")).to_be_hidden()
    page.fill("[name=people]", "30")
    page.locator("button", has_text="Proposer").click()
    expect(page.locator("[name='copies-MAN26']")).to_have_value("15")
    page.locator("label", has_text="une école").click()
    expect(page.locator("[name=classes]")).to_be_visible()
    expect(people).to_be_visible()
    page.fill("[name=people]", "")
    expect(people).to_be_hidden()
