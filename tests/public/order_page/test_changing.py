"""Changing one's own order in a browser: filled in, checked again, nothing typed lost, nobody overwritten."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db, transact
from orders.mail import signed_links
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.ordering.repository import get_order
from orders.shipping.dispatches import lifecycle
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order, receive
from tests.page import Page


@pytest.fixture
def own(app: Flask) -> tuple[str, str]:
    """The reference of an order and the address of its page."""
    app.config["FORM_MINIMUM_SECONDS"] = 0
    with app.app_context():
        make_edition()
        return of(make_order(lines={"MAN26": 3}, email="marie@example.org", message="Merci"))


def of(order: Order) -> tuple[str, str]:
    return order.reference, f"/o/{signed_links.token(order.reference, order.link_nonce)}"


def fields(client: FlaskClient, url: str) -> dict[str, str]:
    return Page.open(client, f"{url}/change").fields(f"{url}/change")


def send(client: FlaskClient, url: str, sent: dict[str, str]) -> Page:
    """Send the form and look at where it leads."""
    done = client.post(f"{url}/change", data=sent)
    assert done.status_code == 303, Page.of(done, status=done.status_code).words()
    return Page.open(client, done.location)


def refused(client: FlaskClient, url: str, sent: dict[str, str]) -> Page:
    page = Page.of(client.post(f"{url}/change", data=sent), status=422)
    assert page.text.split("<title>")[1].startswith("Erreur")
    return page


def test_the_form_comes_filled_in_with_the_order(client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    assert Page.open(client, url).text.count(f'href="{url}/change"') == 1
    shown = fields(client, url)
    assert (shown["copies-MAN26"], shown["copies-LIV26"], shown["message"]) == ("3", "0", "Merci")
    assert (shown["street"], shown["delivery"], shown["when_short"]) == ("Rue de la Senne", "post", "send")
    assert shown["version"]
    assert "email" not in shown


def test_what_is_changed_is_kept_and_said(app: Flask, client: FlaskClient, own: tuple[str, str]) -> None:
    reference, url = own
    sent = {**fields(client, url), "copies-LIV26": "2", "number": "77", "delivery": "pickup", "needed_by": "8/12/2080"}
    page = send(client, url, sent)
    assert "Vos changements sont enregistrés" in page.words()
    with app.app_context():
        order = get_order(reference)
        assert (order.number, order.delivery, str(order.needed_by)) == ("77", Delivery.PICKUP, "2080-12-08")
        assert [line.reserved for line in order.lines] == [3, 2]


def test_fields_that_are_not_sent_stay_as_they_were(app: Flask, client: FlaskClient, own: tuple[str, str]) -> None:
    reference, url = own
    shown = fields(client, url)
    kept = {name: shown[name] for name in ("csrf_token", "version", "opened")}
    send(client, url, {**kept, "copies-MAN26": "1"})
    with app.app_context():
        order = get_order(reference)
        assert (order.message, order.street, order.lines[0].reserved) == ("Merci", "Rue de la Senne", 1)


def test_an_error_gives_back_everything_that_was_typed(client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    sent = {**fields(client, url), "postcode": "10", "copies-MAN26": "trois", "name": "Jeanne \U0001f600"}
    page = refused(client, url, sent)
    again = page.fields(f"{url}/change")
    assert (again["postcode"], again["copies-MAN26"], again["name"]) == ("10", "trois", "Jeanne \U0001f600")
    assert again["version"] == sent["version"]


def test_another_language_after_an_error_loses_nothing_and_changes_nothing(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    sent = {**fields(client, url), "postcode": "12", "message": "Nous serons 24", "copies-MAN26": "5"}
    page = refused(client, url, sent)
    (button,) = [each for each in page.tree.iter("button") if "lang=nl" in (each.get("formaction") or "")]
    pressed = {str(button.get("name")): str(button.get("value"))}
    there = client.post(f"{url}/change{button.get('formaction')}", data={**sent, **pressed})
    again = Page.of(there, status=there.status_code)
    shown = again.fields(f"{url}/change")
    assert again.tree.get("lang") == "nl"
    assert (shown["postcode"], shown["message"], shown["copies-MAN26"]) == ("12", "Nous serons 24", "5")
    with app.app_context():
        assert get_order(reference).lines[0].copies == 3


def test_nothing_at_all_is_no_change(client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    assert "rien dans la commande" in refused(client, url, {**fields(client, url), "copies-MAN26": "0"}).words()


def test_the_second_of_two_tabs_is_told_what_changed_and_keeps_its_own(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    first, second = fields(client, url), fields(client, url)
    send(client, url, {**first, "copies-MAN26": "5"})
    page = refused(client, url, {**second, "number": "88", "copies-MAN26": "2"})
    assert "Manuel → 5" in page.words()
    again = page.fields(f"{url}/change")
    assert (again["number"], again["copies-MAN26"]) == ("88", "2")
    send(client, url, again)
    with app.app_context():
        assert (get_order(reference).number, get_order(reference).lines[0].reserved) == ("88", 2)


@pytest.mark.parametrize("version", ["", "x", "copies-MAN26=0 =", "\0"])
def test_a_version_that_is_none_changes_nothing(
    app: Flask, client: FlaskClient, own: tuple[str, str], version: str
) -> None:
    reference, url = own
    refused(client, url, {**fields(client, url), "number": "88B", "version": version})
    with app.app_context():
        assert get_order(reference).number != "88B"


def test_a_form_without_a_token_comes_back_filled_in(client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    page = refused(client, url, {**fields(client, url), "csrf_token": "old", "number": "88"})
    assert page.fields(f"{url}/change")["number"] == "88"


def test_more_than_is_allowed_is_said_at_the_field(app: Flask, client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    with app.app_context():
        allow("family", review_above=4, maximum=6)
    page = refused(client, url, {**fields(client, url), "copies-MAN26": "9"})
    assert page.fields(f"{url}/change")["copies-MAN26"] == "9"
    page = send(client, url, {**fields(client, url), "copies-MAN26": "5"})
    assert "Nous relisons votre commande" in page.words()


def test_an_odd_place_is_asked_and_confirmed(app: Flask, client: FlaskClient, own: tuple[str, str]) -> None:
    reference, url = own
    sent = {**fields(client, url), "town": "Namur"}
    page = refused(client, url, sent)
    assert "est-ce bien correct" in page.words()
    send(client, url, {**sent, "confirm": "place"})
    with app.app_context():
        assert get_order(reference).town == "Namur"
    send(client, url, {**fields(client, url), "number": "9"})


def test_a_proposal_is_used_when_its_button_is_pressed(client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    sent = {**fields(client, url), "street": "Rue Haute 99", "number": "1", "box": ""}
    offered = Page.of(client.post(f"{url}/change", data=sent), status=422)
    first, _ = [each for each in offered.tree.iter("button") if each.get("name") == "use"]
    page = Page.of(client.post(f"{url}/change", data={**sent, "use": first.get("value")}))
    assert (page.fields(f"{url}/change")["street"], page.fields(f"{url}/change")["number"]) == ("Rue Haute", "99")


def test_what_has_one_reading_is_mended_in_a_change_and_can_be_put_back(
    client: FlaskClient, own: tuple[str, str]
) -> None:
    _, url = own
    change = f"{url}/change"
    sent = {**fields(client, url), "number": "32/20", "box": ""}
    page = Page.of(client.post(change, data={**sent, "phone": "1"}), status=422)
    assert (page.fields(change)["number"], page.fields(change)["box"]) == ("32", "20")
    (undo,) = [each for each in page.tree.iter("button") if each.get("name") == "undo"]
    back = Page.of(client.post(change, data={**page.fields(change), "undo": undo.get("value")}))
    assert (back.fields(change)["number"], back.fields(change)["box"]) == ("32/20", "")
    assert client.post(change, data={**back.fields(change), "phone": ""}).status_code == 303
    assert "Rue de la Senne 32/20" in Page.open(client, url).words()


def test_a_change_that_comes_after_the_dispatch_was_made_is_too_late(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    sent = {**fields(client, url), "copies-MAN26": "9"}
    with app.app_context():
        make_dispatch(get_order(reference))
    assert "déjà en préparation" in send(client, url, sent).words()
    assert client.get(f"{url}/change").status_code == 303
    with app.app_context():
        assert [line.reserved for line in get_order(reference).lines] == [3]


def test_a_cancelled_order_shows_that_it_is_and_cannot_be_changed(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    sent = fields(client, url)
    with app.app_context():
        transact(cancellation.cancel, reference, at=NOW, by=BY)
    page = send(client, url, sent)
    assert "Cette commande est annulée" in page.words()
    assert "a pris fin" in page.words()


def test_a_wrong_link_tells_nothing(client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    assert client.get(f"{url}x/change").status_code == 404
    assert client.post(f"{url}x/change", data=fields(client, url)).status_code == 404


def test_an_order_that_came_back_asks_for_its_address_and_goes_again(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    with app.app_context():
        transact(lifecycle.close, make_dispatch(get_order(reference)).id, at=NOW, by=BY, everything=True)
        transact(returned_orders.take_back, reference, at=NOW, by=BY)
    assert "Votre envoi nous est revenu" in Page.open(client, url).words()
    sent = fields(client, url)
    assert "copies-MAN26" not in sent
    send(client, url, {**sent, "number": "99", "copies-MAN26": "500"})
    with app.app_context():
        order = get_order(reference)
        assert (order.number, order.status, order.lines[0].reserved) == ("99", OrderStatus.READY, 3)
    assert "adresse est déjà corrigée" not in send(client, url, {**fields(client, url), "number": "98"}).words()


def test_an_order_that_holds_its_copies_is_promised_them_and_goes_on_paying_its_parcel(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        make_edition(shelf=40)
        order = make_order(lines={"MAN26": 40}, when_short=WhenShort.FEWER, billing_name="École")
        link = signed_links.token(order.reference, order.link_nonce)
    page = Page.open(client, f"/o/{link}/change")
    assert "Tout est là et part avec le prochain envoi." in page.words()
    assert "Un colis" in page.words()
    fields = page.fields(f"/o/{link}/change")
    assert client.post(f"/o/{link}/change", data={**fields, "message": "Merci"}).status_code == 303
    with app.app_context():
        changed = db.session.query(Order).one()
        assert (changed.postage_due, changed.billing_name) == (True, "École")


def test_what_the_change_page_asks_while_it_is_filled_in_knows_the_order(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition(shelf=5)
        allow("school", review_above=3, maximum=40)
        order = make_order(lines={"MAN26": 3}, audience="school")
        link = signed_links.token(order.reference, order.link_nonce)
        receive("MAN26", 1)

    def said(copies: int, order: str) -> str:
        typed = {"copies-MAN26": copies, "audience": "school", "order": order}
        return str(client.get("/order/postage", query_string=typed).json)

    assert "Tout est là" in said(3, link)
    assert "Tout est là" in said(6, link)
    assert "6 maintenant, 1 dès" in said(7, link)
    assert "3 maintenant, 4 dès" in said(7, "wrong")
    assert "À partir de 4" in said(4, link)
    assert "À partir de" not in said(3, link)
