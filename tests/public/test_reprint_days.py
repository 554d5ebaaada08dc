"""The day of a reprint: the first page, the form, the order and its mail name the same one, and none vanishes."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.clock import BRUSSELS
from orders.database import db, transact
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.followup import announced_days
from orders.ordering.models import Order
from orders.shipping import returns
from orders.shipping.dispatches import lifecycle
from orders.shipping.return_models import ReturnReason
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

FIRST, SECOND = date(2026, 11, 25), date(2026, 12, 7)


def plan(copies: int, expected_on: date) -> None:
    manual = edition_lookup.get_publication("MAN26")
    transact(print_runs.commission, manual, PlannedRun(copies, expected_on), at=NOW, by=BY)


def page_of(order: Order) -> str:
    return f"/o/{signed_links.token(order.reference, order.link_nonce)}"


def words(client: FlaskClient, url: str, day: date = date(2026, 11, 20)) -> str:
    with time_machine.travel(datetime(day.year, day.month, day.day, 10, tzinfo=BRUSSELS), tick=False):
        return Page.open(client, url).words()


@pytest.mark.parametrize("queued", [0, 49, 50, 60])
def test_the_first_page_the_form_the_order_and_its_mail_name_the_same_day(
    app: Flask, client: FlaskClient, queued: int
) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 0, "LIV26": 9})
        plan(50, FIRST)
        plan(500, SECOND)
        if queued:
            make_order(lines={"MAN26": queued})
    day, other = ("25 novembre", "7 décembre") if queued < 50 else ("7 décembre", "25 novembre")
    shown = [words(client, "/"), words(client, "/order"), words(client, "/order?copies-MAN26=1")]
    with app.app_context():
        order = make_order(lines={"MAN26": 1}, minutes=5)
        shown.append(words(client, page_of(order)))
        mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.order_id == order.id)).one()
        shown += [mail.text, mail.html]
    shown = [each.replace("dès le 25 novembre", "") for each in shown]  # from when one may fetch what is there
    assert [(f"le {day} 2026" in each, f"le {other}" in each) for each in shown] == [(True, False)] * 6


def test_what_the_queue_needs_is_not_promised_to_somebody_new(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition(shelf=0)
        plan(50, FIRST)
        make_order(lines={"MAN26": 50})
    assert "Réimpression" not in words(client, "/")
    assert "réimpression" not in words(client, "/order?copies-MAN26=1")


def test_a_late_reprint_is_said_to_be_late_with_its_day(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 0, "LIV26": 9})
        plan(50, FIRST)
        order = make_order(lines={"MAN26": 5}, email="")
        mine = page_of(order)
    after = FIRST + timedelta(days=1)
    assert "Réimpression en retard, attendue le 25 novembre 2026" in words(client, "/", after)
    late = "La réimpression, attendue le 25 novembre 2026, est en retard"
    assert late in words(client, "/order", after)
    assert late in words(client, mine, after)


def test_who_was_told_a_day_reads_that_it_holds_no_more_and_is_written_to(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition(shelf=0)
        plan(50, FIRST)
        order = make_order(lines={"MAN26": 5})
        mine = page_of(order)
        assert "Une réimpression est attendue le 25 novembre 2026" in words(client, mine, FIRST)
        said = "Nous vous avions annoncé la suite pour le 25 novembre 2026 : ce jour ne tient plus."
        assert said in words(client, mine, FIRST + timedelta(days=1))
        transact(announced_days.tell_once, order.reference, at=NOW + timedelta(days=7))
        assert said in words(client, mine, FIRST + timedelta(days=2))


@pytest.mark.parametrize("can_read", [True, False])
@pytest.mark.parametrize(("needed", "fetched"), [(date(2026, 11, 26), True), (date(2026, 11, 23), False)])
def test_a_day_that_cannot_be_met_proposes_only_what_there_is(
    app: Flask, client: FlaskClient, can_read: bool, needed: date, fetched: bool
) -> None:
    with app.app_context():
        make_edition()
        edition_lookup.get_publication("LIV26").read_online_url = "https://example.org" if can_read else ""
        db.session.commit()
        mine = page_of(make_order(needed_by=needed))
    for url in (mine, f"/order?copies-MAN26=1&needed_by={needed}"):
        said = words(client, url)
        assert ("lisez en ligne" in said) == can_read
        assert ("Venez plutôt les retirer à Ixelles" in said) == fetched
        assert "trop tard pour ce jour-là." in said


@pytest.mark.parametrize(
    ("reason", "said", "button"),
    [
        (ReturnReason.DAMAGED, "abîmé", "Confirmer mon adresse"),
        (ReturnReason.REFUSED, "refusé", "Dire où l’envoyer"),
        (ReturnReason.UNKNOWN_THERE, "adresse", "Corriger mon adresse"),
        (ReturnReason.NOT_COLLECTED, "ne l’a retiré à temps", "Confirmer mon adresse"),
    ],
)
def test_the_page_of_a_parcel_that_came_back_says_why(
    app: Flask, client: FlaskClient, reason: ReturnReason, said: str, button: str
) -> None:
    with app.app_context():
        make_edition()
        order = make_order()
        transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
        transact(returns.take_back, order.reference, reason=reason, at=NOW, by=BY)
        page = words(client, page_of(order))
    assert said in page
    assert button in page
    if reason is ReturnReason.DAMAGED:
        assert "Votre adresse n’y est pour rien" in page
