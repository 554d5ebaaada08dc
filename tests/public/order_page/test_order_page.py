"""What an orderer can do with an order of one's own: cancel it, and find its link again."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import local_day, now
from orders.database import db, transact
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import approval, placing
from orders.ordering.models import OrderStatus
from orders.ordering.repository import get_order
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Parcel
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order, make_request
from tests.page import Page


@pytest.fixture
def own(app: Flask) -> tuple[str, str]:
    """The reference of an order and the address of its page."""
    with app.app_context():
        make_edition()
        order = make_order(lines={"MAN26": 3}, email="marie@example.org")
        return order.reference, f"/o/{signed_links.token(order.reference, order.link_nonce)}"


def mails(app: Flask, kind: str) -> list[OutgoingMail]:
    with app.app_context():
        return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == kind)))


def status(app: Flask, reference: str) -> OrderStatus:
    with app.app_context():
        return get_order(reference).status


def test_an_order_is_cancelled_from_its_page_and_a_mail_says_so(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    done = client.post(f"{url}/cancel", data=Page.open(client, url).fields(f"{url}/cancel"))
    page = Page.open(client, done.location)
    assert "Cette commande est annulée" in page.words()
    assert page.forms(f"{url}/cancel") == []
    assert (status(app, reference), len(mails(app, "order_cancelled"))) == (OrderStatus.CANCELLED, 1)


def test_cancelling_needs_a_token_and_the_right_link(app: Flask, client: FlaskClient, own: tuple[str, str]) -> None:
    reference, url = own
    fields = Page.open(client, url).fields(f"{url}/cancel")
    Page.of(client.post(f"{url}/cancel"), status=400)
    Page.of(client.post(f"{url}x/cancel", data=fields), status=404)
    assert status(app, reference) is OrderStatus.READY


def test_an_order_that_was_packed_meanwhile_is_not_cancelled_and_the_page_says_why(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    fields = Page.open(client, url).fields(f"{url}/cancel")
    with app.app_context():
        make_dispatch(get_order(reference))
    done = client.post(f"{url}/cancel", data=fields)
    assert "déjà en préparation" in Page.open(client, done.location).words()
    assert status(app, reference) is OrderStatus.DISPATCHING


def test_cancelling_twice_is_said_and_done_once(app: Flask, client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    fields = Page.open(client, url).fields(f"{url}/cancel")
    for _ in range(2):
        done = client.post(f"{url}/cancel", data=fields)
    assert "déjà annulée" in Page.open(client, done.location).words()
    assert len(mails(app, "order_cancelled")) == 1


def test_the_links_of_an_address_are_mailed_to_it_and_the_answer_tells_nothing(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, _ = own
    answers = []
    for email in ("Marie@Example.org", "nobody@example.org"):
        fields = {**Page.open(client, "/find").fields("/find"), "email": email}
        answers.append(Page.of(client.post("/find", data=fields)).words())
    assert answers[0].replace("Marie@Example.org", "") == answers[1].replace("nobody@example.org", "")
    (mail,) = mails(app, "order_links")
    assert mail.address == "marie@example.org"
    with app.app_context():
        page = signed_links.mailed_order_page(reference, get_order(reference).link_nonce)
        assert page in mail.text
        assert page in mail.html


def test_links_that_were_just_mailed_are_not_mailed_again_until_there_are_new_ones(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    fields = {**Page.open(client, "/find").fields("/find"), "email": "marie@example.org"}
    answers = [Page.of(client.post("/find", data=fields)).words() for _ in range(3)]
    assert len(set(answers)) == 1
    assert len(mails(app, "order_links")) == 1
    with app.app_context():
        again = make_request(email="marie@example.org", number="1")
        transact(placing.place, again, at=now(), by=BY)
    client.post("/find", data=fields)
    assert len(mails(app, "order_links")) == 2


@pytest.mark.parametrize("email", ["", "pas une adresse", "a" * 65 + "@example.org", "a\0@example.org"])
def test_an_address_that_is_none_is_said_so(app: Flask, client: FlaskClient, email: str) -> None:
    fields = {**Page.open(client, "/find").fields("/find"), "email": email}
    page = Page.of(client.post("/find", data=fields), status=422)
    assert page.text.split("<title>")[1].startswith("Erreur")
    assert mails(app, "order_links") == []


def post(client: FlaskClient, url: str, action: str) -> Page:
    """Press the button of the order's page that leads to this action, and look at what comes."""
    done = client.post(f"{url}/{action}", data=Page.open(client, url).fields(f"{url}/{action}"))
    assert done.status_code == 303
    return Page.open(client, done.location)


def sent(app: Flask, reference: str) -> None:
    with app.app_context():
        dispatch = make_dispatch(get_order(reference))
        transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)


def test_what_never_came_is_reported_and_what_happens_next_is_said(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    assert Page.open(client, url).forms(f"{url}/missing") == []
    sent(app, reference)
    page = post(client, url, "missing")
    assert "vous en renvoyons un autre" in page.words()
    assert page.forms(f"{url}/missing") == []
    with app.app_context():
        assert get_order(reference).reported_missing_at is not None
    assert "Bonne écriture" in post(client, url, "found").words()
    with app.app_context():
        assert get_order(reference).reported_missing_at is None


def test_nothing_is_missing_of_an_order_that_has_not_gone(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    _, url = own
    token = Page.open(client, url).fields(f"{url}/cancel")
    done = client.post(f"{url}/missing", data=token)
    assert "rien à rechercher" in Page.open(client, done.location).words()


def test_the_page_shows_each_parcel_with_its_number_and_its_tracking(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    sent(app, reference)

    def track() -> None:
        parcel = db.session.scalars(select(Parcel)).one()
        parcel.part, parcel.parts, parcel.tracking_number = 1, 3, "323212345678901234567890"

    with app.app_context():
        transact(track)
    page = Page.open(client, url)
    assert "1/3" in page.words()
    assert "itemCode=323212345678901234567890" in page.text


def test_the_page_of_a_refused_order_says_why(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        allow("family", review_above=1, maximum=9)
        order = make_order(lines={"MAN26": 3})
        url = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
        assert "relisons" in Page.open(client, url).words()
        transact(approval.reject, order.reference, "Il n’en reste plus assez pour tous.", at=NOW, by=BY)
    assert "Il n’en reste plus assez pour tous." in Page.open(client, url).words()


def test_who_waits_sees_when_a_reprint_is_expected(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        edition = make_edition(shelf=0)
        order = make_order(lines={"MAN26": 3})
        url = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
        day = local_day(now()) + timedelta(days=20)
        planned = PlannedRun(copies=500, expected_on=day)
        transact(print_runs.commission, edition.publications[0], planned, at=now(), by=BY)
    assert f"Une réimpression est attendue le {day.day}" in Page.open(client, url).words()
