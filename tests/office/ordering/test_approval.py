"""A coordinator decides about pending orders; the office sees why they are pending."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import get_order
from orders.shipping.dispatches import lifecycle
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def pending(app: Flask) -> str:
    """The reference of a family's order for 8 manuals and 2 booklets, of which a coordinator must decide."""
    with app.app_context():
        make_edition(shelf=100)
        allow("family", review_above=5, maximum=20)
        earlier = make_order(lines={"MAN26": 2}, email="marie@example.org")
        assert earlier.status is OrderStatus.READY
        return make_order(lines={"MAN26": 8, "LIV26": 2}, email="Marie@example.org", reason="pour ma sœur").reference


def found(app: Flask, reference: str) -> Order:
    with app.app_context():
        order = get_order(reference)
        order.lines  # noqa: B018 -- loaded while there is a database
        return order


def send(client: FlaskClient, reference: str, verb: str, **fields: str) -> Page:
    page = Page.open(client, f"/office/ordering/{reference}")
    form = page.fields(f"/office/ordering/{reference}/{verb}")
    answer = client.post(f"/office/ordering/{reference}/{verb}", data={**form, **fields}, follow_redirects=True)
    return Page.of(answer, status=answer.status_code)


def test_the_page_shows_what_speaks_for_and_against_it(app: Flask, office: Office, pending: str) -> None:
    words = Page.open(office(StaffRole.COORDINATOR), f"/office/ordering/{pending}").words()
    for said in ("À décider", "Demandés : 8", "MAN26 8 98 2 0 5 au maximum 20", "même e-mail", "pour ma sœur"):
        assert said in words.replace("\u00a0", " ")


def test_the_office_sees_it_and_cannot_decide(app: Flask, office: Office, pending: str) -> None:
    client = office(StaffRole.OFFICE)
    page = Page.open(client, f"/office/ordering/{pending}")
    assert "À décider" in page.words()
    assert page.forms(f"/office/ordering/{pending}/accept") == []
    assert client.post(f"/office/ordering/{pending}/accept").status_code == 403


def test_all_copies_are_granted_unless_fewer_are_typed(app: Flask, office: Office, pending: str) -> None:
    page = send(office(StaffRole.COORDINATOR), pending, "accept", **{"copies-MAN26": "5"})
    assert "est acceptée" in page.words()
    lines = {line.publication.code: (line.reserved, line.given_up) for line in found(app, pending).lines}
    assert lines == {"MAN26": (5, 3), "LIV26": (2, 0)}


@pytest.mark.parametrize("copies", ["9", "-1", "", "deux", "10000000000000000000"])
def test_copies_that_cannot_be_granted_are_said_beside_their_field(
    app: Flask, office: Office, pending: str, copies: str
) -> None:
    page = send(office(StaffRole.COORDINATOR), pending, "accept", **{"copies-MAN26": copies})
    assert page.status == 422
    assert "de 0 à 8" in page.words()
    assert page.fields(f"/office/ordering/{pending}/accept")["copies-MAN26"] == copies
    assert found(app, pending).status is OrderStatus.PENDING


def test_none_of_anything_is_no_acceptance(app: Flask, office: Office, pending: str) -> None:
    page = send(office(StaffRole.COORDINATOR), pending, "accept", **{"copies-MAN26": "0", "copies-LIV26": "0"})
    assert (page.status, "au moins un exemplaire" in page.words()) == (422, True)


def test_a_refusal_wants_a_reason_and_keeps_it(app: Flask, office: Office, pending: str) -> None:
    client = office(StaffRole.COORDINATOR)
    assert send(client, pending, "reject", reason=" ").status == 422
    page = send(client, pending, "reject", reason="Une par famille, merci.")
    assert "Une par famille, merci." in page.words()
    assert found(app, pending).status is OrderStatus.REJECTED


def test_the_second_of_two_coordinators_is_told(app: Flask, office: Office, pending: str) -> None:
    client = office(StaffRole.COORDINATOR)
    form = Page.open(client, f"/office/ordering/{pending}").fields(f"/office/ordering/{pending}/accept")
    client.post(f"/office/ordering/{pending}/accept", data=form)
    for verb in ("accept", "reject"):
        again = client.post(f"/office/ordering/{pending}/{verb}", data={**form, "reason": "Non"}, follow_redirects=True)
        assert "n’est plus à décider" in Page.of(again).words()
    assert found(app, pending).status is OrderStatus.READY


INBOX = "/office/ordering/decisions"


def decide(client: FlaskClient, page: Page, reference: str, verb: str, **fields: str) -> Page:
    """Decide in the inbox; the page that comes next."""
    url = f"/office/ordering/{reference}/{verb}"
    answer = client.post(url, data={**page.fields(url), **fields}, follow_redirects=True)
    return Page.of(answer, status=answer.status_code)


def test_one_pending_order_follows_the_other(app: Flask, office: Office, pending: str) -> None:
    with app.app_context():
        second = make_order(lines={"MAN26": 9}, minutes=1).reference
        third = make_order(lines={"MAN26": 10}, minutes=2).reference
    client = office(StaffRole.COORDINATOR)
    page = Page.open(client, INBOX)
    assert "3 à décider" in page.words().replace("\u00a0", " ")
    page = Page.open(client, f"{INBOX}?after={pending}")
    page = decide(client, page, second, "accept", **{"copies-MAN26": "4"})
    assert f"{third[:4]}-{third[4:]}" in page.words()
    page = decide(client, page, third, "reject", reason="trop loin")
    assert f"{pending[:4]}-{pending[4:]}" in page.words(), "what was left for later comes back"
    page = decide(client, page, pending, "accept")
    assert "Rien à décider" in page.words()
    assert [found(app, each).status.value for each in (second, third)] == ["ready", "rejected"]


def test_the_mail_is_read_before_it_is_sent_and_nothing_is_decided_by_that(
    app: Flask, office: Office, pending: str
) -> None:
    client = office(StaffRole.COORDINATOR)
    page = decide(client, Page.open(client, INBOX), pending, "accept", **{"copies-MAN26": "3", "preview": "1"})
    assert "avec moins d’exemplaires que demandé" in page.words()
    assert page.fields(f"/office/ordering/{pending}/accept")["copies-MAN26"] == "3"
    page = decide(client, page, pending, "reject", reason="Déjà livré en mai", preview="1")
    assert "Déjà livré en mai" in page.words()
    assert found(app, pending).status is OrderStatus.PENDING
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 2


def test_copies_that_went_to_the_same_school_stand_beside_it(app: Flask, office: Office) -> None:
    school: dict[str, Any] = {
        "audience": "school",
        "organisation": "École communale de Gilly",
        "postcode": "6060",
        "town": "Gilly",
    }
    with app.app_context():
        make_edition(year=2025, shelf=50)
        make_edition(shelf=100)
        allow("school", review_above=30, maximum=200)
        sent = make_order(lines={"MAN26": 26}, **school)
        transact(lifecycle.close, make_dispatch(sent).id, at=NOW, by=BY, everything=True)
        again = make_order(
            lines={"MAN26": 40}, **{**school, "organisation": "Ec. comm. Gilly"}, confirmed=frozenset({"repeat"})
        ).reference
    words = Page.open(office(StaffRole.COORDINATOR), f"/office/ordering/{again}").words().replace("\u00a0", " ")
    assert "MAN26 40 74 26 26 30 au maximum 200" in words
    assert "même organisation" in words
    assert "À l’édition précédente : rien." in words
