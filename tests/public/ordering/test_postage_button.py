"""Where postage is owed, the button that orders says so; the order's page and its mail repeat what was agreed."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.packing.models import PostageRate, PostKind
from tests.factories import make_edition
from tests.page import Page
from tests.public.test_ordering import send

PARCEL = {"copies-MAN26": "30", "copies-LIV26": ""}


def make_season(app: Flask, price_cents: int | None) -> None:
    with app.app_context():
        make_edition()
        for rate in db.session.query(PostageRate).filter_by(kind=PostKind.PARCEL):
            rate.price_cents = price_cents
        db.session.commit()


def words_of_the_button(page: Page) -> str:
    (button,) = [each for each in page.tree.iter("button") if each.get("data-order-words") is not None]
    return " ".join("".join(button.itertext()).split())


@pytest.mark.parametrize(
    ("price_cents", "button", "block"),
    [
        (820, "Commander · port 8,20 € facturé", "Le port du colis vous est facturé : 8,20 € au plus."),
        (None, "Commander · port facturé", "Le port du colis vous est facturé, selon le tarif bpost."),
    ],
)
def test_the_button_says_what_is_owed_and_so_do_the_orders_page_and_its_mail(
    app: Flask, client: FlaskClient, price_cents: int | None, button: str, block: str
) -> None:
    make_season(app, price_cents)
    asked = Page.of(send(client, **PARCEL), status=422)
    assert words_of_the_button(asked) == button, "without a script the form comes back and says it"
    shown = client.get("/order/postage", query_string=PARCEL).get_json()
    assert " ".join(shown["order_words"].split()) == button, "a script writes the same"
    own = send(client, **PARCEL, postage_shown=shown["key"], billing_name="Commune de Ciney").location
    page = Page.open(client, own)
    with app.app_context():
        mail = " ".join(db.session.query(OutgoingMail).one().text.split())
    for said in ("Port et facture", block):
        assert said in page.words()
        assert said in mail
    assert "La facture porte le nom : Commune de Ciney." in page.words()


@pytest.mark.parametrize(
    ("price_cents", "button"), [(820, "Enregistrer · port 8,20 € facturé"), (None, "Enregistrer · port facturé")]
)
def test_an_order_that_is_changed_into_a_parcel_asks_for_the_same_consent(
    app: Flask, client: FlaskClient, price_cents: int | None, button: str
) -> None:
    make_season(app, price_cents)
    own = send(client).location
    url = f"{own}/change"
    first = Page.open(client, url)
    assert words_of_the_button(first) == "Enregistrer les changements"
    fields = first.fields(url) | PARCEL
    asked = Page.of(client.post(url, data=fields), status=422)
    assert words_of_the_button(asked) == button, "without a script the form comes back and says it"
    assert "Oui, j’accepte de payer le port." in asked.words()
    shown = client.get("/order/postage", query_string=PARCEL | {"order": own.rpartition("/")[2]}).get_json()
    assert " ".join(shown["order_words"].split()) == button, "a script writes the same"
    assert client.post(url, data=fields | {"postage_shown": shown["key"]}).status_code == 303
    assert "Port et facture" in Page.open(client, own).words()
    assert words_of_the_button(Page.open(client, url)) == button


def test_a_free_order_says_so_and_has_no_such_block(app: Flask, client: FlaskClient) -> None:
    make_season(app, 820)
    form = Page.open(client, "/order")
    assert words_of_the_button(form) == "Commander gratuitement"
    assert "24 : lettre gratuite · 25 : colis, port 8,20 € facturé" in form.words()
    assert "Port et facture" not in Page.open(client, send(client).location).words()
