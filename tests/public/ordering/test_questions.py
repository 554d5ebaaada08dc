"""What the order form asks before it sends: asked once, answered with a tick, and nothing typed is lost on the way."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from orders.catalogue.models import Allowance, Publication
from orders.database import db
from orders.ordering.models import Order, OrderStatus
from orders.packing.models import PostageRate, PostKind
from orders.public.ordering.help import address_mending
from tests.factories import make_edition, make_order
from tests.page import Page
from tests.public.test_ordering import TYPED, rows, send

ODD_PLACE = {"town": "Dinant"}
PARCEL = {"copies-MAN26": "30", "copies-LIV26": ""}


@pytest.fixture(autouse=True)
def edition(app: Flask) -> None:
    with app.app_context():
        make_edition()


def asked(page: Page) -> list[str]:
    """The questions that stand on a page, those beside a field first."""
    found = {each.get("value") for each in page.tree.iter("input") if each.get("name") == "confirm"}
    return [each for each in ("place", "number", "email", "postage", "repeat") if each in found]


def answer(client: FlaskClient, page: Page, *confirm: str, **changed: str) -> Any:
    """Send the form again as it came back, with these boxes ticked."""
    return client.post("/order", data={**page.fields("/order"), **changed, "confirm": list(confirm)})


def only_order(app: Flask) -> Order:
    with app.app_context():
        order = db.session.scalars(select(Order)).one()
        db.session.expunge(order)
        return order


def set_price(app: Flask, cents: int | None) -> None:
    with app.app_context():
        for rate in db.session.query(PostageRate).filter_by(kind=PostKind.PARCEL):
            rate.price_cents = cents
        db.session.commit()


@pytest.mark.parametrize(
    ("changed", "key"),
    [(ODD_PLACE, "place"), ({"postcode": "9999"}, "place"), (PARCEL, "postage")],
)
def test_a_question_comes_with_a_box_to_tick_and_goes_on_when_it_is_ticked(
    app: Flask, client: FlaskClient, changed: dict[str, str], key: str
) -> None:
    page = Page.of(send(client, **changed), status=422)
    assert asked(page) == [key]
    assert "Encore une question" in page.words()
    assert page.text.split("<title>")[1].startswith("Erreur")
    assert rows(app) == (0, 0, 0)
    assert answer(client, page, key).status_code == 303
    assert rows(app)[0] == 1


def test_all_that_applies_is_asked_in_one_answer(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, **ODD_PLACE, **PARCEL), status=422)
    assert asked(page) == ["place", "postage"]
    assert "Encore 2 questions" in page.words()
    page = Page.of(answer(client, page, "postage"), status=422)
    assert asked(page) == ["place", "postage"]
    ticked = [each.get("value") for each in page.tree.iter("input") if each.get("checked") is not None]
    assert "postage" in ticked
    assert "place" not in ticked
    assert rows(app) == (0, 0, 0)
    assert answer(client, page, "place", "postage").status_code == 303


def test_sent_again_without_a_tick_it_is_asked_again(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, **ODD_PLACE), status=422)
    for _ in range(2):
        page = Page.of(answer(client, page), status=422)
        assert asked(page) == ["place"]
    assert rows(app) == (0, 0, 0)


@pytest.mark.parametrize("confirm", ["place", "repeat", "postage", "banana", "", "x" * 10_000, "pl\0ace"])
def test_a_tick_for_what_nobody_asks_does_no_harm(app: Flask, client: FlaskClient, confirm: str) -> None:
    assert send(client, confirm=confirm).status_code == 303
    assert rows(app)[0] == 1


@pytest.mark.parametrize("confirm", ["repeat", "banana", "PLACE", "place ", "postage"])
def test_a_tick_for_something_else_answers_nothing(app: Flask, client: FlaskClient, confirm: str) -> None:
    assert asked(Page.of(send(client, confirm=confirm, **ODD_PLACE), status=422))[0] == "place"
    assert rows(app) == (0, 0, 0)


def test_a_mistake_and_a_question_come_together_and_the_tick_stays(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, email="", confirm="place", **ODD_PLACE), status=422)
    assert asked(page) == ["place"]
    assert page.fields("/order")["confirm"] == "place"
    assert answer(client, page, "place", email="marie@example.org").status_code == 303


def test_a_place_that_was_mended_meanwhile_is_not_asked_about(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, **ODD_PLACE), status=422)
    assert answer(client, page, town="Ciney").status_code == 303


# Postage.


@pytest.mark.parametrize("cents", [None, 750])
def test_the_postage_that_was_accepted_is_kept_with_the_order(
    app: Flask, client: FlaskClient, cents: int | None
) -> None:
    set_price(app, cents)
    page = Page.of(send(client, **PARCEL), status=422)
    assert ("port de 7,50\u00a0€" if cents else "port à facturer selon le tarif bpost") in page.words().replace(
        " €", "\u00a0€"
    )
    billed = {"billing_name": "Athénée de Ciney", "billing_address": "Rue Haute 3\n5590 Ciney", "purchase_order": "B-7"}
    assert answer(client, page, "postage", **billed).status_code == 303
    order = only_order(app)
    assert (order.postage_due, order.postage_cents) == (True, cents)
    assert {name: getattr(order, name) for name in billed} == billed


def test_postage_that_the_page_has_shown_is_not_asked_about(app: Flask, client: FlaskClient) -> None:
    shown: Any = client.get("/order/postage", query_string=PARCEL).json
    assert shown["is_due"] is True
    assert send(client, **PARCEL, postage_shown=shown["key"]).status_code == 303
    assert only_order(app).postage_due


@pytest.mark.parametrize(
    "shown", ["", "0", "1-0", "garbage", "1-unknown ", "-1", "9" * 10_000, "1-unkn\0wn", "١-unknown"]
)
def test_other_postage_than_was_shown_is_asked_about(app: Flask, client: FlaskClient, shown: str) -> None:
    page = Page.of(send(client, **PARCEL, postage_shown=shown), status=422)
    assert asked(page) == ["postage"]
    assert rows(app) == (0, 0, 0)


def test_a_price_that_changes_between_question_and_answer_is_asked_about_again(app: Flask, client: FlaskClient) -> None:
    set_price(app, 750)
    page = Page.of(send(client, **PARCEL), status=422)
    set_price(app, 900)
    again = Page.of(answer(client, page, "postage"), status=422)
    assert "9,00" in again.words()
    assert answer(client, again, "postage").status_code == 303
    assert only_order(app).postage_cents == 900


@pytest.mark.parametrize("free", [{"copies-MAN26": "24", "copies-LIV26": ""}, {**PARCEL, "delivery": "pickup"}])
def test_letters_and_pickup_cost_nothing_and_need_no_invoice(
    app: Flask, client: FlaskClient, free: dict[str, str]
) -> None:
    assert send(client, **free, billing_name="Athénée de Ciney").status_code == 303
    order = only_order(app)
    assert (order.postage_due, order.billing_name) == (False, "")


def test_copies_written_with_zeros_before_them_cost_what_they_cost(app: Flask, client: FlaskClient) -> None:
    assert asked(Page.of(send(client, **{**PARCEL, "copies-MAN26": "0000000030"}), status=422)) == ["postage"]


def hidden(page: Page, name: str) -> bool:
    (found,) = [each for each in page.tree.iter() if each.get(name) is not None]
    return found.get("hidden") is not None


def test_billing_is_there_when_there_is_something_to_pay(client: FlaskClient) -> None:
    assert hidden(Page.open(client, "/order"), "data-billing")
    assert not hidden(Page.of(send(client, **PARCEL), status=422), "data-billing")
    assert not hidden(Page.of(send(client, email="", **PARCEL), status=422), "data-billing")
    assert not hidden(Page.of(send(client, email="", billing_name="Moi"), status=422), "data-billing")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("billing_name", "N" * 126),
        ("billing_name", "a\0b"),
        ("billing_address", "x" * 301),
        ("billing_address", "Rue\x07Haute"),
        ("purchase_order", "7" * 41),
        ("purchase_order", "\x1b"),
        ("reason", "r" * 10_000),
        ("reason", "parce\0que"),
        ("people", "-3"),
        ("people", "3.5"),
        ("people", "0"),
        ("people", "1000000000000"),
        ("people", "beaucoup"),
        ("gathering_on", "demain"),
        ("gathering_on", "2026-13-45"),
        ("gathering_on", "31/02/2026"),
        ("gathering_on", "9" * 400),
    ],
)
def test_what_no_order_can_hold_is_said_beside_its_field_and_nothing_is_kept(
    app: Flask, client: FlaskClient, field: str, typed: str
) -> None:
    page = Page.of(send(client, **{field: typed}, confirm="postage", **PARCEL), status=422)
    (wrong,) = [each for each in page.tree.iter() if each.get("name") == field]
    assert wrong.get("aria-invalid") == "true"
    assert f"{field}-error" in str(wrong.get("aria-describedby"))
    assert f"#{wrong.get('id')}" in {link.get("href") for link in page.tree.iter("a")}
    assert page.fields("/order")[field] == "".join(letter for letter in typed if letter.isprintable())
    assert rows(app) == (0, 0, 0)


def test_the_longest_that_is_possible_is_kept_whole(app: Flask, client: FlaskClient) -> None:
    longest = {"billing_name": "N" * 125, "billing_address": "x" * 300, "purchase_order": "7" * 40, "people": "9999"}
    assert send(client, confirm="postage", **longest, **PARCEL).status_code == 303
    order = only_order(app)
    assert {name: str(getattr(order, name)) for name in longest} == longest


# An order that looks repeated.

COLLEAGUE = {"name": "M. Paul Martin", "email": "paul@example.org", "copies-MAN26": "1", "copies-LIV26": ""}


def place_first(app: Flask, **fields: Any) -> None:
    where = {"street": "Rue de la Senne", "number": "32", "box": "20", "postcode": "5590", "town": "Ciney"}
    school = {"audience": "school", "organisation": "École St-Roch", **where}
    with app.app_context():
        make_order(**{"lines": {"LIV26": 24}, **school, **fields})


def test_who_orders_again_sees_day_and_copies_but_no_names_and_goes_on_with_a_reason(
    app: Flask, client: FlaskClient
) -> None:
    place_first(app, name="Mme Secrète", email="secret@example.org")
    page = Page.of(send(client, **COLLEAGUE), status=422)
    assert asked(page) == ["repeat"]
    assert "le 20 novembre 2026 : 24 livrets d’activités" in page.words().replace("\u00a0", " ")
    assert "Secr" not in page.text
    assert "secret" not in page.text
    assert rows(app)[0] == 1
    sent = answer(client, page, "repeat", reason="Une classe de plus")
    assert "relit" in Page.open(client, sent.location).words()
    with app.app_context():
        again = db.session.scalars(select(Order).order_by(Order.id.desc())).first()
        assert again is not None
        assert (again.status, again.repeat_reason) == (OrderStatus.PENDING, "Une classe de plus")


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_tick_without_a_reason_asks_for_the_reason(app: Flask, client: FlaskClient, reason: str) -> None:
    place_first(app)
    page = Page.of(send(client, **COLLEAGUE, confirm="repeat", reason=reason), status=422)
    assert "Dites-nous en quelques mots pourquoi" in page.words()
    assert page.fields("/order")["confirm"] == "repeat"
    assert rows(app)[0] == 1


def test_a_reason_without_a_tick_is_kept_and_asks_for_the_tick(app: Flask, client: FlaskClient) -> None:
    place_first(app)
    page = Page.of(send(client, **COLLEAGUE, reason="Une classe de plus"), status=422)
    assert page.fields("/order")["reason"] == "Une classe de plus"
    assert rows(app)[0] == 1


def test_the_repeat_is_asked_beside_the_other_questions(app: Flask, client: FlaskClient) -> None:
    place_first(app, town="Dinant")
    page = Page.of(send(client, **{**COLLEAGUE, **ODD_PLACE, **PARCEL}), status=422)
    assert asked(page) == ["place", "postage", "repeat"]
    page = Page.of(answer(client, page, "repeat", reason="Encore"), status=422)
    assert page.fields("/order")["reason"] == "Encore"
    assert answer(client, page, "place", "postage", "repeat").status_code == 303


def test_an_answered_repeat_stays_on_a_form_with_a_mistake(app: Flask, client: FlaskClient) -> None:
    place_first(app)
    page = Page.of(send(client, **{**COLLEAGUE, "email": ""}, confirm="repeat", reason="Encore"), status=422)
    assert (page.fields("/order")["confirm"], page.fields("/order")["reason"]) == ("repeat", "Encore")
    assert answer(client, page, "repeat", email="paul@example.org").status_code == 303


def test_a_family_is_never_asked_and_learns_nothing(app: Flask, client: FlaskClient) -> None:
    place_first(app, audience="family", organisation="")
    sent = send(client, **{**COLLEAGUE, "audience": "family", "organisation": ""})
    assert sent.status_code == 303
    assert "20 novembre" not in Page.open(client, sent.location).words()


def test_the_same_form_sent_twice_is_no_repeat(app: Flask, client: FlaskClient) -> None:
    fields = {**Page.open(client, "/order").fields("/order"), **TYPED}
    locations = {client.post("/order", data=fields).location for _ in range(3)}
    assert len(locations) == 1
    assert rows(app)[0] == 1


# More than is possible.


def allow(app: Flask, review_above: int, maximum: int) -> None:
    with app.app_context():
        for publication in db.session.query(Publication):
            publication.allowances = [Allowance(audience="school", review_above=review_above, maximum=maximum)]
        db.session.commit()


def test_more_than_the_maximum_is_said_beside_every_field_with_what_to_do(app: Flask, client: FlaskClient) -> None:
    allow(app, 20, 30)
    page = Page.of(send(client, **{"copies-MAN26": "31", "copies-LIV26": "32"}), status=422)
    for code in ("MAN26", "LIV26"):
        (wrong,) = [each for each in page.tree.iter() if each.get("id") == f"copies-{code}-error"]
        assert "Au plus 30 par personne" in "".join(wrong.itertext())
        assert "Écrivez-nous" in "".join(wrong.itertext())
        assert [each.get("href") for each in wrong.iter("a")] == ["mailto:marathon@example.org"]
    assert page.fields("/order")["copies-MAN26"] == "31"
    assert rows(app)[0] == 0


@pytest.mark.parametrize("copies", ["1", "24", "25", "30", "31"])
def test_the_form_answers_a_stranger_alike_whatever_an_e_mail_address_has_ordered(
    app: Flask, client: FlaskClient, copies: str
) -> None:
    """Neither a number nor a refusal says what there is: it is read again, like every order that looks like another."""
    allow(app, 30, 30)
    answers = []
    for number, had in enumerate((1, 30)):
        place_first(
            app,
            email=(email := f"marie{number}@example.org"),
            organisation="",
            street=f"Rue {number}",
            lines={"LIV26": had},
        )
        where = {"street": ("Rue Haute", "Rue Basse")[number], "email": email, "organisation": f"École {number}"}
        where |= {"copies-MAN26": "", "copies-LIV26": copies}
        answers.append(send(client, **where, confirm="postage"))
    assert [each.status_code for each in answers] == [422 if int(copies) > 30 else 303] * 2
    for sent in answers:
        if sent.status_code == 303:
            assert "Nous relisons votre commande" in Page.open(client, sent.location).words()
        else:
            assert "Au plus 30 par personne" in Page.of(sent, status=422).words()


def test_too_many_and_a_question_come_together(app: Flask, client: FlaskClient) -> None:
    allow(app, 20, 24)
    page = Page.of(send(client, **{**ODD_PLACE, "copies-MAN26": "25"}), status=422)
    assert asked(page) == ["place", "postage"]
    assert "Au plus 24 par personne" in page.words()


# Nothing typed is lost.

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), max_size=60)
free_text = st.fixed_dictionaries(
    {
        name: words
        for name in (*TYPED, "department", "building", "phone", "reason", "billing_name", "billing_address", "people")
        if name != "audience" and not name.startswith("copies-")
    }
)


@pytest.mark.slow
def test_a_form_that_comes_back_holds_all_that_was_typed_or_says_what_it_mended(
    app: Flask, client: FlaskClient
) -> None:
    """Whatever is wrong with it: a missing token brings any form back.

    What has one reading only is mended on it (the street “0;” is “0”), and what stood there before is what its button
    puts back.
    """

    @settings(max_examples=25)
    @given(typed=free_text)
    @example(typed={"street": "0;", "number": ""})
    def holds(typed: dict[str, str]) -> None:
        page = Page.of(send(client, csrf_token=None, **ODD_PLACE | typed), status=422)
        back = page.fields("/order")
        with app.app_context():
            back |= address_mending.before_all(address_mending.Record.of(back).done)
        assert {name: back.get(name, "").strip() for name in typed} == {name: typed[name].strip() for name in typed}

    holds()


def test_another_language_keeps_questions_ticks_and_reason_and_orders_nothing(app: Flask, client: FlaskClient) -> None:
    place_first(app, town="Dinant")
    page = Page.of(send(client, **{**COLLEAGUE, **ODD_PLACE, **PARCEL}), status=422)
    (button, *_) = [each for each in page.tree.iter("button") if each.get("lang") == "nl"]
    switched = {str(button.get("name")): button.get("value"), "confirm": ["place"], "reason": "Encore"}
    answered = client.post(f"/order{button.get('formaction')}", data={**page.fields("/order"), **switched})
    there = Page.of(answered)
    assert rows(app)[0] == 1
    assert {"place", "postage", "repeat"} == set(asked(there))
    fields = there.fields("/order")
    assert (fields["confirm"], fields["reason"], fields["street"]) == ("place", "Encore", TYPED["street"])
    assert answer(client, there, "place", "postage", "repeat").status_code == 303


@pytest.mark.parametrize("key", ["place", "postage"])
def test_no_question_loses_what_was_typed(client: FlaskClient, key: str) -> None:
    typed = {
        **TYPED,
        **(ODD_PLACE if key == "place" else PARCEL),
        "department": "Classe de 5e",
        "building": "Bloc B",
        "phone": "02 538 81 77",
        "needed_by": "2080-12-10",
        "gathering_on": "2026-12-11",
        "people": "30",
        "billing_name": "Athénée",
        "billing_address": "Rue Haute 3\n5590 Ciney",
        "purchase_order": "B-7",
        "reason": "Deux classes de plus",
        "when_short": "wait",
        "delivery": "post",
        "news": "y",
        "classes": "2",
        "pupils": "24",
        "age": "8",
    }
    back = Page.of(send(client, **typed), status=422).fields("/order")
    shown = {name: value.replace("\r\n", "\n") for name, value in back.items()}
    assert {name: shown.get(name) for name in typed} == {**typed, "copies-LIV26": typed["copies-LIV26"] or "0"}
