"""What the staff see of the mails: of one order, and of all; sent again, and links made anew."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db, transact
from orders.mail import claims, signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.followup import returned_orders
from orders.ordering.models import OrderStatus
from orders.ordering.repository import get_order
from orders.shipping.dispatches import lifecycle
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def reference(app: Flask) -> str:
    with app.app_context():
        make_edition()
        return make_order(lines={"MAN26": 3}).reference


def mails(app: Flask) -> list[OutgoingMail]:
    with app.app_context():
        return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def settle(app: Flask, error: str = "", *, for_good: bool = False) -> int:
    """What came of sending the last mail."""
    mail_id = mails(app)[-1].id
    with app.app_context():
        transact(claims.record_outcome, claims.Outcome(mail_id, error, for_good), "", at=NOW)
    return mail_id


def press(client: FlaskClient, page: str, action: str) -> Page:
    """Send the form of a page that leads to this action, and look at where it leads."""
    done = client.post(action, data=Page.open(client, page).fields(action))
    assert done.status_code == 303
    return Page.open(client, done.location.split("#")[0])


def test_the_page_of_an_order_shows_its_mails_and_why_one_failed(app: Flask, office: Office, reference: str) -> None:
    settle(app, "recipient refused: [550]", for_good=True)
    page = Page.open(office(StaffRole.OFFICE), f"/office/ordering/{reference}")
    assert "n’a pas pu partir" in page.words()
    assert "Cette adresse est refusée" in page.words()
    assert "recipient refused: [550]" in page.words()


def test_a_mail_can_be_read_as_it_was_sent(app: Flask, office: Office, reference: str) -> None:
    (mail,) = mails(app)
    page = Page.open(office(StaffRole.OFFICE), f"/office/ordering/{reference}/mail/{mail.id}")
    assert mail.address in page.words()
    assert "http://pli.test/o/" in page.words()


def test_a_mail_of_another_order_is_not_read_through_this_one(app: Flask, office: Office, reference: str) -> None:
    with app.app_context():
        other = make_order().reference
    (mail, _) = mails(app)
    client = office(StaffRole.OFFICE)
    assert client.get(f"/office/ordering/{other}/mail/{mail.id}").status_code == 404
    assert client.get(f"/office/ordering/{reference}/mail/999999").status_code == 404


def test_a_mail_that_was_sent_goes_again_as_a_mail_of_its_own(app: Flask, office: Office, reference: str) -> None:
    mail_id = settle(app)
    url = f"/office/ordering/{reference}"
    press(office(StaffRole.OFFICE), url, f"{url}/mail/{mail_id}/again")
    first, again = mails(app)
    assert (first.told, first.address, first.order_id) == (again.told, again.address, again.order_id)
    assert first.message_id != again.message_id
    assert (again.sent_at, again.attempts) == (None, 0)


def test_a_mail_that_waits_is_not_sent_twice(app: Flask, office: Office, reference: str) -> None:
    (mail,) = mails(app)
    client = office(StaffRole.OFFICE)
    token = Page.open(client, f"/office/ordering/{reference}").fields(f"/office/ordering/{reference}/new-link")
    client.post(f"/office/ordering/{reference}/mail/{mail.id}/again", data=token)
    assert len(mails(app)) == 1


def test_a_mail_with_a_revoked_link_is_not_sent_again(app: Flask, office: Office, reference: str) -> None:
    mail_id = settle(app)
    client, url = office(StaffRole.OFFICE), f"/office/ordering/{reference}"
    with app.app_context():
        order = get_order(reference)
        old = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
    assert "ancien lien n’ouvre plus" in press(client, url, f"{url}/new-link").words()
    assert client.get(old).status_code == 404
    assert "contient un ancien lien" in press(client, url, f"{url}/mail/{mail_id}/again").words()
    assert [mail.kind for mail in mails(app)] == ["order_confirmed", "order_link_changed"]


def test_an_administrator_sees_what_failed_first_and_tries_it_again(app: Flask, office: Office, reference: str) -> None:
    mail_id = settle(app, "server answered 550", for_good=True)
    client = office(StaffRole.ADMINISTRATOR)
    page = Page.open(client, "/office/mail/")
    assert "server answered 550" in page.words()
    assert "attend de partir" in press(client, "/office/mail/", f"/office/mail/{mail_id}/again").words()
    (mail,) = mails(app)
    assert (mail.given_up_at, mail.attempts) == (None, 0)


@pytest.mark.parametrize("state", ["waiting", "sent", "failed", "nonsense"])
def test_mails_by_what_became_of_them(app: Flask, office: Office, reference: str, state: str) -> None:
    page = Page.open(office(StaffRole.ADMINISTRATOR), f"/office/mail/?state={state}&page=x")
    with app.app_context():
        shown = get_order(reference).shown_reference
    assert (shown in page.words()) == (state in ("waiting", "nonsense"))


def test_what_never_came_stands_on_the_first_page_and_is_sent_again_from_the_order(
    app: Flask, office: Office, reference: str
) -> None:
    with app.app_context():
        transact(lifecycle.close, make_dispatch(get_order(reference)).id, at=NOW, by=BY, everything=True)
        transact(returned_orders.report_missing, reference, at=NOW, by=BY)
    client, url = office(StaffRole.OFFICE), f"/office/ordering/{reference}"
    assert "1 envoi n’est pas arrivé" in Page.open(client, "/office/").words()
    press(client, url, f"{url}/send-again")
    with app.app_context():
        assert get_order(reference).status is OrderStatus.READY
    assert "n’est pas arrivé" not in Page.open(client, "/office/").words()


def test_a_report_is_closed_without_sending_again(app: Flask, office: Office, reference: str) -> None:
    with app.app_context():
        transact(lifecycle.close, make_dispatch(get_order(reference)).id, at=NOW, by=BY, everything=True)
        transact(returned_orders.report_missing, reference, at=NOW, by=BY)
    client, url = office(StaffRole.OFFICE), f"/office/ordering/{reference}"
    page = press(client, url, f"{url}/close-report")
    assert page.forms(f"{url}/send-again") == []


def test_what_the_post_gave_back_is_noted_on_the_page_of_the_order(app: Flask, office: Office, reference: str) -> None:
    with app.app_context():
        transact(lifecycle.close, make_dispatch(get_order(reference)).id, at=NOW, by=BY, everything=True)
    client = office(StaffRole.OFFICE)
    fields = Page.open(client, f"/office/ordering/{reference}").fields("/office/shipping/scan/return")
    Page.of(client.post("/office/shipping/scan/return", data=fields))
    with app.app_context():
        assert get_order(reference).status is OrderStatus.RETURNED
