"""Orders that are fetched at the office, and the paper of a single order."""

import re
import subprocess
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.association import in_language
from orders.association.profile_cache import starter_profile
from orders.clock import local_day
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import fulfilment, placing_many
from orders.ordering.lookup import pickups
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.ordering.refusals import NothingToHandOver
from orders.ordering.repository import get_order
from orders.staff.models import StaffRole
from orders.stock import ledger
from orders.stock.models import Place
from tests.factories import BY, NOW, make_edition, make_order, make_request, receive
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


def hand_over(order: Order) -> Order:
    return transact(fulfilment.hand_over, order.reference, at=NOW, by=BY)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def arrived() -> int:
    return db.session.scalar(select(func.count()).where(OutgoingMail.kind == "order_to_fetch")) or 0


def test_what_is_fetched_leaves_the_stock_like_what_is_posted(app_context: Flask) -> None:
    make_edition(shelf=10)
    order = hand_over(make_order(lines={"MAN26": 4}, delivery=Delivery.PICKUP))
    assert (order.status, order.lines[0].sent) == (OrderStatus.SENT, 4)
    assert ledger.copies_at(order.lines[0].publication_id, Place.SENT) == 4


def test_the_rest_of_a_short_pickup_waits_and_is_told_when_it_has_come(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 4})
    order = hand_over(make_order(lines={"MAN26": 6}, delivery=Delivery.PICKUP))
    assert (order.status, arrived()) == (OrderStatus.WAITING, 0)
    receive("MAN26", 2)
    assert (order.status, arrived()) == (OrderStatus.READY, 1)
    assert hand_over(order).status is OrderStatus.SENT


@pytest.mark.parametrize("fields", [{"delivery": Delivery.POST}, {"delivery": Delivery.PICKUP, "lines": {"LIV26": 1}}])
def test_only_what_lies_ready_for_pickup_is_handed_over(app_context: Flask, fields: dict[str, object]) -> None:
    make_edition(shelf={"MAN26": 4})
    order = make_order(**fields)  # type: ignore[arg-type]
    with pytest.raises(NothingToHandOver):
        hand_over(order)


def test_who_waits_for_everything_is_told_once_when_everything_is_there(app_context: Flask) -> None:
    make_edition(shelf=0)
    order = make_order(lines={"MAN26": 6, "LIV26": 2}, when_short=WhenShort.WAIT, delivery=Delivery.PICKUP)
    for code, copies in (("MAN26", 3), ("LIV26", 9), ("MAN26", 3)):
        assert arrived() == 0
        receive(code, copies)
    assert (order.status, arrived()) == (OrderStatus.READY, 1)


def test_a_pickup_is_ticked_off_on_its_page(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition()
        reference = make_order(delivery=Delivery.PICKUP, lines={"MAN26": 3}).reference
    client = office(StaffRole.OFFICE)
    url = f"/office/ordering/{reference}"
    fields = Page.open(client, url).fields(f"{url}/hand-over")
    for told in ("est remise", "n’a rien à remettre"):
        done = client.post(f"{url}/hand-over", data=fields)
        assert told in Page.open(client, done.location).words()
    with app.app_context():
        assert get_order(reference).status is OrderStatus.SENT


def test_one_order_has_its_own_label_and_slip(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition()
        order = make_order(name="Şebnem Korur", lines={"MAN26": 3})
        reference, shown = order.reference, order.shown_reference
    client = office(StaffRole.OFFICE)
    for paper, words in (("label.pdf?start=14", ["Şebnem Korur"]), ("slip.pdf", ["Şebnem Korur", shown, "Manuel"])):
        answer = client.get(f"/office/ordering/{reference}/{paper}")
        assert answer.mimetype == "application/pdf"
        assert shown in answer.headers["Content-Disposition"]
        assert all(word in text_of(answer.data) for word in words)
    Page.of(client.get(f"/office/ordering/{reference}/label.pdf?start=15"), status=409)


def test_who_may_fetch_at_once_reads_it_in_the_confirmation_and_is_told_no_second_time(app_context: Flask) -> None:
    make_edition(shelf=10)
    make_order(delivery=Delivery.PICKUP)
    (mail,) = db.session.scalars(select(OutgoingMail)).all()
    assert mail.kind == "order_confirmed"
    assert "Tout est réservé pour vous, à retirer" in mail.text


def test_the_mail_that_it_can_be_fetched_says_where(app_context: Flask) -> None:
    make_edition(shelf=0)
    order = make_order(lines={"MAN26": 2}, delivery=Delivery.PICKUP)
    receive("MAN26", 2)
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_to_fetch")).one()
    place = in_language(starter_profile(), "fr").pickup_address_line
    assert order.shown_reference in mail.subject
    assert place in mail.text
    assert place in mail.html


def test_pickups_have_their_own_list_with_the_late_ones_first(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 9})
        make_order(name="By Post")
        for name, needed in (("Later", None), ("Sooner", date(2026, 11, 19)), ("Far", date(2026, 12, 24))):
            make_order(name=name, delivery=Delivery.PICKUP, needed_by=needed)
        make_order(name="Not There", delivery=Delivery.PICKUP, lines={"LIV26": 1})
    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        page = Page.open(office(StaffRole.OFFICE), "/office/ordering/pickups")
    words = page.words()
    assert words.index("Sooner") < words.index("Far") < words.index("Later")
    assert words.index("En attente d’exemplaires") < words.index("Not There")
    assert "By Post" not in words
    assert "en retard" in words
    assert "là depuis 20 jours" in words


@pytest.mark.parametrize(("days", "left"), [(0, False), (14, False), (15, True)])
def test_a_pickup_is_left_once_it_lay_there_for_more_than_two_weeks(app_context: Flask, days: int, left: bool) -> None:
    make_edition(shelf=5)
    make_order(delivery=Delivery.PICKUP)
    (pickup,) = pickups.ready()
    today = local_day(NOW) + timedelta(days=days)
    assert (pickup.days_ready(today), pickup.is_left(today)) == (days, left)


def test_a_pickup_lies_ready_since_the_last_of_its_copies_was_set_aside(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 4})
    make_order(lines={"MAN26": 6}, when_short=WhenShort.WAIT, delivery=Delivery.PICKUP)
    receive("MAN26", 2, minutes=3 * 24 * 60)
    (pickup,) = pickups.ready()
    assert pickup.ready_since == NOW + timedelta(days=3)


def test_a_pickup_ticked_off_in_the_list_leads_back_to_the_list(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition()
        reference = make_order(delivery=Delivery.PICKUP).reference
    client = office(StaffRole.OFFICE)
    fields = Page.open(client, "/office/ordering/pickups").fields(f"/office/ordering/{reference}/hand-over")
    done = client.post(f"/office/ordering/{reference}/hand-over", data=fields)
    assert done.location.partition("?")[0] == "/office/ordering/pickups"
    words = Page.open(client, done.location).words()
    assert "est remise" in words
    assert "Rien à remettre" in words


@time_machine.travel(NOW, tick=False)
def test_the_paper_of_pickups_is_a_list_and_slips_and_never_a_label(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 40})
        orders = [
            make_order(delivery=Delivery.PICKUP, lines={"MAN26": 26}, name="Émilie Wauters", organisation="Athénée"),
            make_order(delivery=Delivery.PICKUP, lines={"MAN26": 3}),
        ]
        shown, first = [order.shown_reference for order in orders], orders[0].reference
    client = office(StaffRole.OFFICE)
    for paper, words in (
        ("pickups.pdf", ["Retraits au bureau", "20 novembre 2026", "29", "Émilie Wauters", *shown]),
        ("pickup-slips.pdf", shown),
    ):
        answer = client.get(f"/office/ordering/{paper}")
        assert answer.mimetype == "application/pdf"
        assert all(word in " ".join(text_of(answer.data).split()) for word in words)
    slips = text_of(client.get("/office/ordering/pickup-slips.pdf").data).split("\f")
    for number, slip in enumerate(slips[:2], 1):
        assert f" {number}\n" in slip
        assert "Commande, à retirer au bureau" in slip
    assert "pas d’étiquette" in Page.of(client.get(f"/office/ordering/{first}/label.pdf"), status=409).words()
    assert "label.pdf" not in Page.open(client, f"/office/ordering/{first}").text


def test_without_pickups_there_is_no_paper(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition()
    client = office(StaffRole.OFFICE)
    for paper in ("pickups.pdf", "pickup-slips.pdf"):
        Page.of(client.get(f"/office/ordering/{paper}"), status=409)


def test_many_pickups_are_cut_into_pages_and_all_of_them_are_on_paper(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 53, "LIV26": 0})
        ready = [make_request(submission=f"ready {n}", delivery=Delivery.PICKUP) for n in range(53)]
        waiting = [
            make_request(lines={"LIV26": 1}, submission=f"waits {n}", delivery=Delivery.PICKUP) for n in range(51)
        ]
        transact(placing_many.place_all, [*ready, *waiting], at=NOW, by=BY)
        in_sequence = [order.shown_reference for order in pickups.all_ready()]
        expected = [order.shown_reference for order in pickups.expected()]
    client, url = office(StaffRole.OFFICE), "/office/ordering/pickups"
    first, second = Page.open(client, url), Page.open(client, f"{url}?page=2")
    further = Page.open(client, f"{url}?page=2&after={in_sequence[49].replace('-', '')}")
    assert [len(in_sequence), len(expected)] == [53, 50]
    assert _references(first) == [*in_sequence[:50], *expected]
    assert _references(second) == _references(further) == [*in_sequence[50:], *expected]
    assert "Page 2 sur 2" in second.words()
    assert "Toutes les commandes à retirer qui attendent (51)" in first.words()
    assert _references(Page.open(client, f"{url}?page=9")) == _references(second)


def _references(page: Page) -> list[str]:
    return re.findall(r'<a class="reference"[^>]*>([A-Z-]+)</a>', page.text)
