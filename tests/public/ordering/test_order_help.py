"""What the order form offers while it is filled in, with and without scripts: proposals only."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.addresses.postcodes import places
from orders.database import db
from orders.packing.models import PostageRate, PostKind
from orders.public.ordering.help.address_suggestions import find_mending, help_for
from tests.factories import make_edition
from tests.page import Page
from tests.public.test_ordering import TYPED, rows, send


@pytest.fixture(autouse=True)
def edition(app: Flask) -> None:
    with app.app_context():
        make_edition()


def pressed(page: Page, label: str) -> dict[str, str]:
    """What pressing the button with this label sends, beside the fields."""
    for button in page.tree.iter("button"):
        if label in "".join(button.itertext()):
            return {button.get("name") or "": button.get("value") or ""}
    raise AssertionError(f"no button {label!r}")


def labels(page: Page) -> list[str]:
    return ["".join(each.itertext()) for each in page.tree.iter("button") if each.get("name") == "use"]


def use(client: FlaskClient, page: Page, label: str) -> Any:
    return client.post("/order", data={**page.fields("/order"), **pressed(page, label)})


# Without a script: the form comes back with proposals, and pressing one mends it.


@pytest.mark.parametrize(
    ("typed", "label", "mended"),
    [
        (
            {"street": "Rue Haute 99", "number": "1", "box": ""},
            "Utiliser «\u00a0Rue Haute 99\u00a0»",
            {"street": "Rue Haute", "number": "99"},
        ),
        (
            {"postcode": "5590 Ciney", "town": "Dinant"},
            "Utiliser «\u00a05500 Dinant\u00a0»",
            {"postcode": "5500", "town": "Dinant"},
        ),
        ({"postcode": "6700", "town": ""}, "Utiliser «\u00a0Arlon\u00a0»", {"town": "Arlon"}),
        ({"postcode": "1050", "town": "Ixeles"}, "Utiliser «\u00a0Ixelles\u00a0»", {"town": "Ixelles"}),
        ({"postcode": "9999", "town": "Ciney"}, "Utiliser «\u00a05590\u00a0»", {"postcode": "5590"}),
    ],
)
def test_what_has_two_readings_is_asked_and_pressing_an_answer_mends_it(
    app: Flask, client: FlaskClient, typed: dict[str, str], label: str, mended: dict[str, str]
) -> None:
    page = Page.of(send(client, name="", **typed), status=422)
    back = page.fields("/order")
    assert {name: back[name] for name in typed} == typed, "nothing is overwritten unasked"
    after = Page.of(use(client, page, label), status=422).fields("/order")
    assert {name: after[name] for name in mended} == mended
    assert {name: after[name] for name in TYPED if name not in (*typed, *mended, "name")} == {
        name: value for name, value in TYPED.items() if name not in (*typed, *mended, "name")
    }
    assert rows(app) == (0, 0, 0)


def test_the_last_thing_mended_brings_the_form_back_without_errors_and_sends_nothing(
    app: Flask, client: FlaskClient
) -> None:
    page = Page.of(send(client, street="Rue Haute 99", number="1", box=""), status=422)
    answer = use(client, page, "Rue Haute 99")
    mended = Page.of(answer, status=200)
    assert "Rien n’est encore envoyé" in mended.words()
    assert rows(app) == (0, 0, 0)
    assert client.post("/order", data=mended.fields("/order")).status_code == 303
    assert rows(app)[0] == 1


def test_a_proposal_that_no_longer_fits_what_is_typed_changes_nothing(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, town="Dinant"), status=422)
    fields = {**page.fields("/order"), **pressed(page, "5500"), "town": "Namur"}
    after = Page.of(client.post("/order", data=fields), status=200)
    assert (after.fields("/order")["postcode"], after.fields("/order")["town"]) == ("5590", "Namur")


def test_a_made_up_proposal_changes_nothing(client: FlaskClient) -> None:
    for key in ("", "town:", "email:x", "x" * 5_000, "town:Namur"):
        after = Page.of(send(client, use=key), status=200)
        assert after.fields("/order")["town"] == "Ciney"


def test_an_odd_place_is_asked_about_below_the_field(client: FlaskClient) -> None:
    page = Page.of(send(client, town="Dinant", email=""), status=422)
    assert "Au code postal 5590, nous connaissons" in page.words()
    assert "est-ce bien correct\u00a0?" in page.text
    assert "Utiliser «\u00a05500\u00a0»" in labels(page)


@pytest.mark.parametrize("town", ["Elsene", "IXELLES", "Ixelles (Bruxelles)"])
def test_a_right_place_in_any_language_is_not_asked_about(client: FlaskClient, town: str) -> None:
    page = Page.of(send(client, postcode="1050", town=town, email=""), status=422)
    assert "est-ce bien correct" not in page.text
    assert [label for label in labels(page) if "Ixelles" in label and "(" in label] == []


def test_a_good_form_and_an_empty_one_show_no_help(client: FlaskClient) -> None:
    assert labels(Page.open(client, "/order")) == []
    assert labels(Page.of(send(client, email=""), status=422)) == []


def test_what_is_typed_is_escaped_in_every_button(client: FlaskClient) -> None:
    page = Page.of(send(client, street="12 rue \"'><script>", number="", box="", email=""), status=422)
    assert "<script>" not in page.text


@pytest.mark.parametrize("press", ["use", "propose"])
@pytest.mark.parametrize("typed", ["187 chaussée\x01 de Wavre", "\x00", "R" * 50_000, "\u202eCiney"])
def test_what_no_page_can_hold_does_no_harm_beside_a_pressed_button(
    client: FlaskClient, press: str, typed: str
) -> None:
    fields = {"street": typed, "number": "", "box": "", "town": typed, "people": "3"}
    answer = send(client, **fields, **{press: typed})
    Page.of(answer, status=answer.status_code)
    assert answer.status_code in (200, 422)


def test_of_a_code_with_many_places_a_script_gets_a_list_and_a_page_all_the_buttons(app: Flask) -> None:
    with app.test_request_context():
        typed = {"postcode": "5590", "town": ""}
        assert [each.words for each in help_for(typed)["town"].mendings] == list(places("5590"))
        assert help_for(typed, live=True) == {}
        assert [each.words for each in help_for({"postcode": "1050"}, live=True)["town"].mendings] == ["Ixelles"]


def test_every_key_of_a_mending_finds_that_mending(app: Flask) -> None:
    typed = {"street": "Rue de la Senne", "number": "32/20", "postcode": "5590", "town": "Namur"}
    with app.test_request_context():
        offered = [each for given in help_for(typed).values() for each in given.mendings]
        assert len(offered) >= 4
        assert [find_mending(typed, each.key) for each in offered] == offered


# With a script: the same, as data.


def test_the_places_of_a_code_are_public_and_may_be_kept(client: FlaskClient) -> None:
    answer = client.get("/order/places?postcode=1050")
    assert answer.json == {"places": ["Ixelles"]}
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    for nonsense in ("", "?postcode=", "?postcode=cafe", "?postcode=" + "9" * 2_000):
        assert client.get(f"/order/places{nonsense}").json == {"places": []}


def test_mendings_come_as_data_and_need_a_token(client: FlaskClient) -> None:
    token = Page.open(client, "/order").fields("/order")["csrf_token"]
    typed = {"street": "Rue de la Senne", "number": "32/20", "postcode": "1050", "town": "Namur"}
    assert client.post("/order/mendings", data=typed).status_code == 400
    found: Any = client.post("/order/mendings", data={**typed, "csrf_token": token}).json
    assert found["street"]["mendings"] == [
        {"label": "Utiliser «\u00a0Rue de la Senne 32 bte 20\u00a0»", "changes": {"number": "32", "box": "20"}}
    ]
    assert found["town"]["question"].startswith("Au code postal 1050")


def test_a_pasted_block_is_read_by_its_lines(client: FlaskClient) -> None:
    token = Page.open(client, "/order").fields("/order")["csrf_token"]
    block = "Marie Dupont\nRue de la Senne 32 bte 20\n5590 Ciney"
    found: Any = client.post("/order/mendings", data={"name": block, "csrf_token": token}).json
    assert found["name"]["mendings"][0]["changes"] == {
        "name": "Marie Dupont",
        "street": "Rue de la Senne",
        "number": "32",
        "box": "20",
        "postcode": "5590",
        "town": "Ciney",
    }


# Letter or parcel.


def postage(client: FlaskClient, **query: object) -> Any:
    return client.get("/order/postage", query_string={name.replace("_", "-"): value for name, value in query.items()})


def test_twenty_four_manuals_are_a_free_letter_and_one_more_a_parcel(client: FlaskClient) -> None:
    letter = postage(client, copies_MAN26=24).json
    assert (letter["letters"], letter["boxes"], letter["is_free"], letter["price_cents"]) == (1, 0, True, 0)
    assert "à 24, c’est une lettre, gratuite\u00a0; à 25, un colis, port facturé" in " ".join(letter["sentences"])
    parcel = postage(client, copies_MAN26=25).json
    assert (parcel["letters"], parcel["boxes"], parcel["is_free"], parcel["price_cents"]) == (0, 1, False, None)
    said = " ".join(parcel["sentences"])
    assert "port à facturer selon le tarif bpost" in said
    assert "venez les retirer à Ixelles" in said


def test_the_border_is_computed_from_the_weights_and_sizes_that_are_kept(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        db.session.execute(db.text("UPDATE publication SET unit_thickness_um = 4600 WHERE code = 'MAN26'"))
        db.session.commit()
    assert "à 12, c’est une lettre" in " ".join(postage(client, copies_MAN26=12).json["sentences"])


def test_a_known_price_is_said(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for rate in db.session.query(PostageRate).filter_by(kind=PostKind.PARCEL):
            rate.price_cents = 750
        db.session.commit()
    assert "port de 7,50\u00a0€, facturé" in " ".join(postage(client, copies_MAN26=25).json["sentences"])


def test_pickup_is_free_whatever_it_weighs(client: FlaskClient) -> None:
    (said,) = postage(client, copies_MAN26=200, delivery="pickup").json["sentences"]
    assert "gratuitement" in said


@pytest.mark.parametrize("copies", ["", "0", "-1", "beaucoup", "1e9", "٣", "9" * 400])
def test_what_is_no_number_of_copies_says_nothing(client: FlaskClient, copies: str) -> None:
    assert postage(client, copies_MAN26=copies).json == {"sentences": [], "order_words": "Commander gratuitement"}


def test_the_most_that_can_be_asked_is_quoted_too(client: FlaskClient) -> None:
    assert postage(client, copies_MAN26=5000, copies_LIV26=5000).json["boxes"] > 1


def test_the_form_that_comes_back_says_it_too(client: FlaskClient) -> None:
    page = Page.of(send(client, email="", **{"copies-MAN26": "30"}), status=422)
    assert "port à facturer selon le tarif bpost" in page.words()


# The class helper.


def test_the_class_helper_fills_in_the_copies_and_sends_nothing(app: Flask, client: FlaskClient) -> None:
    typed = {"classes": "2", "pupils": "24", "age": "8", "email": "", "name": ""}
    page = Page.of(send(client, propose="1", **typed), status=200)
    fields = page.fields("/order")
    assert (fields["copies-LIV26"], fields["copies-MAN26"]) == ("50", "2")
    assert "Notre proposition" in page.words()
    assert (fields["classes"], fields["street"], fields["message"]) == ("2", TYPED["street"], TYPED["message"])
    assert rows(app) == (0, 0, 0)


def test_one_more_number_is_asked_for_and_the_copies_stay(client: FlaskClient) -> None:
    page = Page.of(send(client, propose="1", classes="2"), status=200)
    assert "combien d’élèves" in page.words()
    assert page.fields("/order")["copies-LIV26"] == TYPED["copies-LIV26"]


@pytest.mark.parametrize(
    ("query", "copies"),
    [
        ({"pupils": 20, "age": 6}, {"MAN26": 1, "LIV26": 20}),
        ({"classes": 2, "pupils": 24, "age": 10}, {"MAN26": 2, "LIV26": 50}),
        ({"classes": 2, "pupils": 24, "age": 14}, {"MAN26": 24, "LIV26": 0}),
        ({"people": 30}, {"MAN26": 15, "LIV26": 0}),
        ({"people": 96}, {"MAN26": 50, "LIV26": 0}),
        ({"classes": 9999, "pupils": 9999, "age": 8}, {"MAN26": 5000, "LIV26": 5000}),
        ({"classes": "deux"}, {}),
        ({"pupils": "24"}, {}),
        ({}, {}),
    ],
)
def test_a_script_gets_the_same_suggestion(client: FlaskClient, query: dict[str, Any], copies: dict[str, int]) -> None:
    found: Any = client.get("/order/suggestion", query_string=query).json
    assert found["copies"] == copies
    assert found["said"]


def test_outside_the_season_nothing_is_asked_of_anything(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        db.session.execute(db.text("UPDATE edition SET closes_on = '2021-01-01'"))
        db.session.commit()
    assert postage(client, copies_MAN26=3).json == {"sentences": [], "order_words": "Commander gratuitement"}
    assert client.get("/order/suggestion?people=10").get_json()["copies"] == {}
