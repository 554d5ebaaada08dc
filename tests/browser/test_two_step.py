"""A passkey as second step, with Chromium's own virtual authenticator; the pages of it are accessible."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from orders.database import transact
from orders.staff import accounts
from orders.staff.models import StaffRole
from tests.browser.conftest import PHONE
from tests.browser.steps import EMAIL, PASSWORD, accessible
from tests.factories import BY, NOW

pytestmark = pytest.mark.browser


def type_password(page: Page) -> None:
    page.goto("/staff/login")
    page.get_by_label("Adresse e-mail").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def plug_in(page: Page) -> None:
    """A key that says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "hasResidentKey": True}})


@pytest.fixture
def server_address(server_address: str) -> str:
    """A passkey belongs to a name, not to a number."""
    return server_address.replace("127.0.0.1", "localhost")


def test_a_passkey_is_added_and_then_asked_for_after_the_password(
    app: Flask, screen: Callable[..., BrowserContext]
) -> None:
    with app.app_context():
        transact(accounts.add_member, EMAIL, StaffRole.ADMINISTRATOR, PASSWORD, at=NOW, by=BY)
    page = screen(PHONE).new_page()
    plug_in(page)
    type_password(page)
    page.goto("/staff/wan-register")
    accessible(page)
    page.get_by_label("Nom de la nouvelle clé").fill("mon portable")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_role("listitem").filter(has_text="mon portable")).to_be_visible()
    page.goto("/office/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    page.get_by_role("button", name="Faire dix codes de secours").click()
    expect(page.locator("code")).to_have_count(10)
    accessible(page)
    page.goto("/office/account/")
    accessible(page)
    page.get_by_role("button", name="Se déconnecter").click()
    type_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre clé d’accès")
    accessible(page)
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url("**/office/")
    page.goto("/staff/verify?next=/office/account/")
    page.get_by_role("link", name="Plutôt avec ma clé d’accès").click()
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.wait_for_url("**/office/account/")
