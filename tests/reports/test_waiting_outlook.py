"""What a print run means for those who wait for copies: when they have them, and for whom that is too late."""

from collections.abc import Callable
from datetime import date

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from orders.database import transact
from orders.ordering.models import Delivery
from orders.reports.delivery_time import Delay
from orders.reports.waiting_outlook import Served, waiting_outlook
from orders.staff.models import StaffRole
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, make_edition, make_order
from tests.page import Page

FOURTH, SEVENTH, EIGHTH, NINTH = (date(2026, 12, day) for day in (4, 7, 8, 9))
DELAY = Delay(office_days=1, post_days=2)


def test_the_queue_is_served_in_its_order_and_who_needs_copies_before_they_arrive_is_late(app_context: Flask) -> None:
    manual = make_edition(shelf=5).publications[0]
    make_order(lines={"MAN26": 25}, needed_by=EIGHTH)
    make_order(lines={"MAN26": 30}, minutes=1)
    make_order(lines={"MAN26": 10}, minutes=2, needed_by=SEVENTH, delivery=Delivery.PICKUP)
    make_order(lines={"MAN26": 7}, minutes=3)
    found = waiting_outlook(manual, {FOURTH: 50, SEVENTH: 15}, DELAY)
    assert found.served == [Served(FOURTH, NINTH, 2, 50, late=1), Served(SEVENTH, date(2026, 12, 10), 1, 10, late=1)]
    assert (found.orders, found.copies, found.late) == (4, 67, 2)
    assert (found.orders_without, found.copies_without) == (1, 7)


def test_the_stock_says_what_the_reprint_means_for_those_who_wait(
    app: Flask, office: Callable[[StaffRole], FlaskClient]
) -> None:
    with app.app_context():
        manual = make_edition(shelf=0).publications[0]
        for needed_by in (None, date(2026, 12, 3)):
            make_order(lines={"MAN26": 30}, needed_by=needed_by)
        transact(print_runs.commission, manual, PlannedRun(60, date(2026, 12, 1)), at=NOW, by=BY)
    with time_machine.travel(NOW, tick=False):
        client = office(StaffRole.COORDINATOR)
        pages = [Page.open(client, url).words() for url in ("/office/stock/", "/office/stock/MAN26")]
    said = (
        "Les 60 exemplaires en attente arrivent vers le 9 décembre si l’imprimeur livre le 1er décembre. 1 commande s"
    )
    for page in pages:
        assert said in page
