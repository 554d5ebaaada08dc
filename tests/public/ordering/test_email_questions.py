"""The order form asks about an e-mail address that is hardly anybody's."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_edition
from tests.page import Page
from tests.public.ordering.test_questions import answer, asked, only_order
from tests.public.test_ordering import send


@pytest.fixture(autouse=True)
def edition(app: Flask) -> None:
    with app.app_context():
        make_edition()


def test_a_mistyped_address_for_mails_is_asked_about_and_sent_once_it_is_ticked(
    app: Flask, client: FlaskClient
) -> None:
    page = Page.of(send(client, email="zoe@gmail.con"), status=422)
    assert asked(page) == ["email"]
    assert "vouliez-vous dire zoe@gmail.com" in page.words()
    assert "Confirmer et commander" not in page.words(), "above the form, where the box to tick is not"
    assert 'href="#confirm-email">Répondre</a>' in page.text
    assert answer(client, page, "email").status_code == 303
    assert only_order(app).email == "zoe@gmail.con"


def test_the_address_that_was_meant_needs_no_answer(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, email="Zoé <zoe@gmial.com>"), status=422)
    assert answer(client, page, email="zoe@gmail.com;").status_code == 303
    assert only_order(app).email == "zoe@gmail.com"
