"""Letters counted at the office and told by the orderer, through the pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import transact
from orders.mail import signed_links
from orders.ordering.followup import letter_counts
from orders.ordering.repository import get_order
from orders.shipping.dispatches import lifecycle
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
URL = "/office/letters/"


@pytest.fixture
def order(app: Flask) -> tuple[str, str]:
    """Reference and token of an order that was sent."""
    with app.app_context():
        make_edition(shelf=10)
        made = make_order(lines={"MAN26": 4})
        transact(lifecycle.close, make_dispatch(made).id, at=NOW, by=BY, everything=True)
        return made.shown_reference, signed_links.token(made.reference, made.link_nonce)


def found(app: Flask, reference: str) -> tuple[int | None, int | None]:
    """What the office counted and what the orderer said."""
    with app.app_context():
        made = get_order(reference.replace("-", ""))
        return letter_counts.found_by_office(made), letter_counts.told_by_orderer(made)


def send(client: FlaskClient, **typed: str) -> Page:
    fields = Page.open(client, URL).fields(URL)
    answer = client.post(URL, data={**fields, **typed}, follow_redirects=True)
    return Page.of(answer, status=answer.status_code)


def test_a_slip_is_scanned_a_number_typed_and_the_next_can_come(
    app: Flask, office: Office, order: tuple[str, str]
) -> None:
    client = office(StaffRole.OFFICE)
    page = send(client, reference=order[0].lower().replace("-", ")"), letters="17")
    assert f"{order[0]}" in page.words()
    assert found(app, order[0]) == (17, None)


@pytest.mark.parametrize(
    ("reference", "number", "said"),
    [
        ("", "3", "faute de frappe"),
        ("KLNB-RTVB", "3", "faute de frappe"),
        (None, "trois", "en chiffres"),
        (None, "0", "nombre entier de lettres"),
        (None, "999999999", "nombre entier de lettres"),
    ],
)
def test_what_cannot_be_counted_is_said_and_kept_as_typed(
    app: Flask, office: Office, order: tuple[str, str], reference: str | None, number: str, said: str
) -> None:
    page = send(office(StaffRole.OFFICE), reference=order[0] if reference is None else reference, letters=number)
    assert page.status == 422
    assert said in page.words()
    assert page.fields(URL)["letters"] == number
    assert found(app, order[0]) == (None, None)


def test_a_wrong_count_is_corrected_on_the_page(app: Flask, office: Office, order: tuple[str, str]) -> None:
    client = office(StaffRole.OFFICE)
    send(client, reference=order[0], letters="170")
    correct = f"{URL}1/correct"
    for typed, said in (("17", "Le compte est corrigé"), ("-3", "nombre entier de lettres"), ("x", "nombre entier")):
        fields = Page.open(client, URL).fields(correct)
        page = Page.of(client.post(correct, data={**fields, "letters": typed}, follow_redirects=True))
        assert said in page.words()
        assert found(app, order[0]) == (17, None)


def test_letters_without_a_slip_are_counted_on_the_page(app: Flask, office: Office, order: tuple[str, str]) -> None:
    client = office(StaffRole.COORDINATOR)
    without = f"{URL}without-slip"

    def note(typed: str) -> Page:
        fields = Page.open(client, URL).fields(without)
        answer = client.post(without, data={**fields, "letters": typed}, follow_redirects=True)
        return Page.of(answer, status=answer.status_code)

    assert "Sans bordereau : 12 notées" in note("12").words()
    for wrong in ("", "0", "douze", "9" * 9):
        assert note(wrong).status == 422
    assert "S’y ajoutent 12 lettres sans bordereau" in Page.open(client, "/office/reports/").words()


def test_a_scanner_that_types_enter_is_asked_for_the_number_next(
    app: Flask, office: Office, order: tuple[str, str]
) -> None:
    page = send(office(StaffRole.OFFICE), reference=order[0], letters="")
    assert page.status == 200
    (field,) = [each for each in page.tree.iter("input") if each.get("autofocus") is not None]
    assert field.get("name") == "letters"
    assert page.fields(URL)["reference"] == order[0]


def test_the_orderer_says_how_many_and_may_say_so_again(
    app: Flask, client: FlaskClient, order: tuple[str, str]
) -> None:
    url = f"/o/{order[1]}/letters"
    for number in ("24", "1 000"):
        fields = Page.open(client, url).fields(url)
        page = Page.of(client.post(url, data={**fields, "letters": number}, follow_redirects=True))
        assert "Merci" in page.words()
    assert found(app, order[0]) == (None, 1000)


@pytest.mark.parametrize("number", ["", "-3", "3,5", "beaucoup", "9" * 12, "200000"])
def test_an_answer_that_is_no_number_is_asked_again(
    app: Flask, client: FlaskClient, order: tuple[str, str], number: str
) -> None:
    url = f"/o/{order[1]}/letters"
    fields = Page.open(client, url).fields(url)
    page = Page.of(client.post(url, data={**fields, "letters": number}), status=422)
    assert page.fields(url)["letters"] == number
    assert found(app, order[0]) == (None, None)


def test_a_wrong_link_tells_nothing(client: FlaskClient, order: tuple[str, str]) -> None:
    assert client.get(f"/o/{order[1]}x/letters").status_code == 404
    assert client.post(f"/o/{order[1]}x/letters", data={"letters": "3"}).status_code == 404


def test_the_report_shows_what_came_back(app: Flask, office: Office, order: tuple[str, str]) -> None:
    send(office(StaffRole.OFFICE), reference=order[0], letters="17")
    words = Page.open(office(StaffRole.COORDINATOR), "/office/reports/").words()
    assert "Lettres revenues" in words
    assert "Tous ensemble" in words
