"""The office's pages about mails and about what never came, for everybody and at both widths."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext
from sqlalchemy import select

from orders.database import db, transact
from orders.mail import claims
from orders.mail.models import OutgoingMail
from orders.ordering.followup import returned_orders
from orders.shipping.dispatches import lifecycle
from orders.staff import accounts
from orders.staff.models import StaffRole
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import EMAIL, PASSWORD, accessible, sign_in
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

pytestmark = pytest.mark.browser


@pytest.fixture
def order_page(app: Flask) -> str:
    """An order that was sent and never came, with one mail that failed; and an administrator."""
    with app.app_context():
        make_edition()
        order = make_order(lines={"MAN26": 3})
        transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
        transact(returned_orders.report_missing, order.reference, at=NOW, by=BY)
        for mail_id, error in zip(db.session.scalars(select(OutgoingMail.id)).all(), ("", "refused"), strict=True):
            transact(claims.record_outcome, claims.Outcome(mail_id, error, for_good=True), "", at=NOW)
        transact(accounts.add_member, EMAIL, StaffRole.ADMINISTRATOR, PASSWORD, at=NOW, by=BY)
        return f"/office/ordering/{order.reference}"


def test_mails_and_what_never_came_are_accessible(screen: Callable[..., BrowserContext], order_page: str) -> None:
    page = screen(PHONE).new_page()
    sign_in(page)
    for url in ("/office/", order_page, "/office/mail/", "/office/mail/?state=sent", "/office/mail/?state=waiting"):
        page.goto(url)
        for each in page.locator("details").all():
            each.evaluate("element => { element.open = true }")
        accessible(page, PHONE, DESK)
    page.goto(order_page)
    with page.expect_navigation():
        page.locator("#mails td a").first.click()
    accessible(page, PHONE, DESK)
