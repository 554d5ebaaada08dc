"""When an order is there, and what the mails say of it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from orders.catalogue.models import DefendedPerson
from orders.clock import local_day
from orders.database import db, transact, transaction
from orders.mail.models import OutgoingMail
from orders.ordering.allocation.estimates import promised_on
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Delivery, Order
from orders.privacy import data_subject_rights
from orders.reports.arrivals import mail_foresight
from orders.reports.arrivals.arrival import Arrival, expected_arrival, expected_parcels
from orders.reports.delivery_time import Delay
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order, receive

FRIDAY = local_day(NOW)  # 20 November
DELAY = Delay(office_days=2, post_days=3)


def arrival(order: Order, today: date = FRIDAY, posted: tuple[datetime, ...] = ()) -> Arrival | None:
    return expected_arrival(order, DELAY, today=today, promised_on=promised_on(order, today), posted=posted)


def days(found: Arrival | None) -> tuple[int, int]:
    assert found is not None
    return found.left_by.day, found.there_on.day


def test_what_is_set_aside_leaves_within_the_days_of_the_office_and_today_at_the_earliest(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    assert days(arrival(order)) == (24, 27)
    assert days(arrival(order, today=date(2026, 11, 28))) == (30, 3)  # a Saturday, long after it should have left
    assert days(arrival(order, posted=(NOW + timedelta(days=3),))) == (23, 26)
    fetched = make_order(delivery=Delivery.PICKUP)
    assert days(arrival(fetched)) == (24, 24)
    make_dispatch(order)
    assert days(arrival(order)) == (24, 27)


def test_what_waits_is_there_after_the_reprint_or_nobody_knows(app_context: Flask) -> None:
    edition = make_edition(shelf=0)
    order = make_order(lines={"MAN26": 2})
    assert arrival(order) is None
    planned = PlannedRun(500, date(2026, 12, 2))
    transact(print_runs.commission, edition.publications[0], planned, at=NOW, by=BY)
    assert days(arrival(order)) == (4, 9)
    receive("MAN26", 500, minutes=60 * 24 * 3)  # on Monday: the office has its days from then on
    assert days(arrival(order, today=date(2026, 11, 23))) == (25, 30)


def test_in_time_is_said_for_the_day_that_was_given_and_else_for_10_december_while_it_can_be_met(
    app_context: Flask,
) -> None:
    make_edition()
    for needed_by, today, told in (
        (date(2026, 11, 27), FRIDAY, (27, True, False)),
        (date(2026, 11, 26), FRIDAY, (26, False, True)),
        (None, FRIDAY, (10, True, False)),
        (None, date(2026, 12, 9), (None, False, False)),
    ):
        found = arrival(make_order(needed_by=needed_by), today)
        assert found is not None
        assert (found.needed and found.needed.day, found.is_in_time, found.is_late) == told


def test_of_what_will_not_go_no_day_is_told(app_context: Flask) -> None:
    make_edition()
    cancelled, restricted = make_order(), make_order()
    transact(cancellation.cancel, cancelled.reference, at=NOW, by=BY)
    transact(data_subject_rights.restrict, restricted.reference, at=NOW, by=BY)
    allow("family", review_above=1, maximum=99)
    pending = make_order(lines={"MAN26": 5})
    assert [arrival(each) for each in (cancelled, restricted, pending)] == [None] * 3


@pytest.mark.parametrize(
    ("copies", "fields", "told"),
    [(24, {}, (1, 0)), (25, {}, (0, 1)), (9, {"delivery": Delivery.PICKUP}, None)],
)
def test_letters_and_parcels_are_told_before_they_are_made(
    app_context: Flask, copies: int, fields: dict[str, Any], told: tuple[int, int] | None
) -> None:
    make_edition()
    found = expected_parcels(make_order(lines={"MAN26": copies}, **fields))
    assert (found and (found.letters, found.boxes)) == told


def test_the_worker_adds_the_day_once_and_the_mail_says_it_whenever_it_is_looked_at(app_context: Flask) -> None:
    edition = make_edition()
    with transaction():
        db.session.merge(edition).publications[0].read_online_url = "https://example.org/manual"
        db.session.add(DefendedPerson(edition_id=edition.id, position=0, name="Şebnem"))
    make_order(name="DUPONT Émilie", lines={"MAN26": 2}, needed_by=date(2026, 11, 30))
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert "Chez vous" not in mail.text
    for later in (0, 9):
        at = NOW + timedelta(days=later)
        transact(mail_foresight.foresee, [mail.id], office_days=2, post_days=3, at=at)
        for said in (mail.text, mail.html):
            assert "Bonjour Émilie," in said
            assert "Chez vous vers le vendredi 27 novembre, à temps pour le 30 novembre." in said
            assert "en une lettre gratuite" in said
            assert "Rue de la Senne" in said
            assert f"Votre référence\u00a0: {mail.told['order']['shown_reference']}" in said  # type: ignore[index]
            assert "http://pli.test/read/MAN26" in said
            assert "http://pli.test/#persons" in said
            assert "/calendar.ics" in said
