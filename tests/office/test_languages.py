"""The staff's pages speak French and English."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.signin.messages import as_written_here
from orders.staff.models import StaffRole
from tests.page import Page
from tests.public.test_languages import preferring, spoken, switches
from tests.signin.test_signin import PASSWORD, add, sign_in

Office = Callable[[StaffRole], FlaskClient]


@pytest.mark.parametrize(
    ("header", "language"), [("nl-BE,nl", "fr"), ("nl,en;q=0.5", "en"), ("de", "fr"), ("en-GB,fr;q=0.9", "en")]
)
def test_who_prefers_neither_is_spoken_to_in_french(office: Office, header: str, language: str) -> None:
    assert spoken(Page.open(office(StaffRole.OFFICE), "/office/", **preferring(header))) == language


def test_the_bar_leads_to_the_same_page_in_the_other_language(office: Office) -> None:
    client = office(StaffRole.OFFICE)
    french = Page.open(client, "/office/ordering/?status=ready")
    assert switches(french)["en"].get("href") == "?status=ready&lang=en"
    english = Page.open(client, "/office/ordering/?status=ready&lang=en")
    assert (spoken(english), set(switches(english))) == ("en", {"fr"})
    assert spoken(Page.open(client, "/office/")) == "en"


def test_a_language_of_the_public_changes_nothing_at_the_office(office: Office) -> None:
    client = office(StaffRole.OFFICE)
    client.get("/?lang=nl")
    assert spoken(Page.open(client, "/office/", **preferring("en"))) == "en"
    assert "Set-Cookie" not in client.get("/office/?lang=de").headers


def test_signing_in_is_spoken_in_the_same_languages(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        add("marie@example.org", StaffRole.OFFICE)
    assert spoken(Page.open(client, "/staff/login?lang=en")) == "en"
    sign_in(client, "marie@example.org")
    for language, said in (("fr", "Les mots de passe ne correspondent pas"), ("en", "Passwords do not match")):
        fields = Page.open(client, f"/staff/change?lang={language}").fields("/staff/change")
        wrong = {**fields, "password": f"not {PASSWORD}", "new_password": "x", "new_password_confirm": "y"}
        page = Page.of(client.post("/staff/change", data=wrong))
        assert (spoken(page), said in page.words()) == (language, True)


def test_sentences_of_others_are_written_as_ours() -> None:
    assert as_written_here("L'accès : connecté(e) ?") == "L’accès\u00a0: connecté·e\u00a0?"
