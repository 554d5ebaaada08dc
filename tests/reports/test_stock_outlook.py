"""What a coordinator is told of how long the copies last, from the orders and the ledger as they stand."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition
from orders.clock import BRUSSELS, local_day, now
from orders.database import db, transact
from orders.ordering.lifecycle import cancellation
from orders.reports import stock_outlook
from orders.staff.models import StaffRole
from orders.stock import print_runs
from orders.stock.demand import part_of_day
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, make_edition, make_order, receive
from tests.page import Page

TODAY = date(2026, 11, 20)
TONIGHT = datetime(2026, 11, 20, 22, tzinfo=BRUSSELS)
Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def edition(app_context: Flask) -> Edition:
    return make_edition(shelf={"MAN26": 100}, closes_on=date(2027, 1, 31))


def days_ago(days: int) -> int:
    return -days * 24 * 60


def manual(edition: Edition) -> stock_outlook.Outlook:
    return stock_outlook.outlook(edition.publications[0], at=TONIGHT)


def test_what_was_asked_counts_even_when_it_waits_and_not_when_it_was_called_off(edition: Edition) -> None:
    make_order(lines={"MAN26": 90}, minutes=days_ago(3))
    make_order(lines={"MAN26": 40}, minutes=days_ago(1))
    off = make_order(lines={"MAN26": 7}, minutes=days_ago(1))
    transact(cancellation.cancel, off.reference, at=NOW, by=BY)
    seen = manual(edition)
    assert seen.situation.asked.copies == {TODAY - timedelta(days=3): 90, TODAY - timedelta(days=1): 40}
    assert (seen.situation.asked.total, seen.situation.asked.orders) == (130, 2)
    assert (seen.situation.shelf, seen.situation.waiting) == (0, 30)


def test_an_order_at_night_belongs_to_the_day_in_brussels(edition: Edition) -> None:
    minutes_to_a_quarter_past_eleven_utc = 14 * 60 + 15
    make_order(lines={"MAN26": 1}, minutes=minutes_to_a_quarter_past_eleven_utc)
    assert stock_outlook.asked_by_day([edition.publications[0].id])[edition.publications[0].id] == {
        date(2026, 11, 21): 1
    }


def test_deliveries_that_are_expected_count_and_overdue_ones_do_not(edition: Edition) -> None:
    book = edition.publications[0]
    run = transact(print_runs.commission, book, PlannedRun(500, date(2026, 12, 2)), at=NOW, by=BY)
    transact(print_runs.receive, book, 200, run_id=run.id, at=NOW, by=BY)
    assert manual(edition).situation.deliveries == {date(2026, 12, 2): 300}
    assert stock_outlook.outlook(book, at=TONIGHT + timedelta(days=13)).situation.deliveries == {}


def test_a_season_is_compared_with_the_last_editions_when_that_had_enough_orders(app_context: Flask) -> None:
    before = make_edition(year=2025, shelf=0)
    for number in range(stock_outlook.ENOUGH_ORDERS):
        make_order(lines={"MAN25": 2}, minutes=days_ago(365 + number))
    edition = make_edition()
    make_order(lines={"MAN26": 50}, minutes=days_ago(2))
    seen = manual(edition)
    assert seen.before is before
    assert seen.told is not None
    booklet = stock_outlook.outlook(edition.publications[1], at=TONIGHT)
    assert booklet.before is None
    before.opens_on = date(2025, 12, 1)
    assert manual(edition).before is None, "all of its orders came before its opening"


@pytest.mark.parametrize(
    ("hour", "part"), [("2026-11-20T03", 0), ("2026-11-20T14:30", 0.5), ("2026-11-20T22", 1), ("2026-10-25T14:30", 0.5)]
)
def test_what_part_of_a_days_orders_has_come_is_told_by_the_clock_in_brussels(hour: str, part: float) -> None:
    assert part_of_day(datetime.fromisoformat(hour).replace(tzinfo=BRUSSELS)) == part


def test_the_shelf_is_told_for_every_day_since_the_first_copies_came(app_context: Flask) -> None:
    edition = make_edition(shelf=0)
    receive("MAN26", 30, minutes=days_ago(4))
    make_order(lines={"MAN26": 12}, minutes=days_ago(1))
    shelf = stock_outlook.free_by_day(edition.publications[0], TODAY)
    assert list(shelf.values()) == [30, 30, 30, 18, 18]
    assert list(shelf)[-1] == TODAY


def test_too_early_means_no_figures(edition: Edition) -> None:
    assert manual(edition).told is None
    assert manual(edition).reprint == 0


@pytest.fixture
def coordinator(app: Flask, office: Office) -> Iterator[FlaskClient]:
    with app.app_context():
        make_edition(shelf={"MAN26": 100}, closes_on=date(2090, 1, 31))
        for day in range(1, 20):
            make_order(lines={"MAN26": 7}, minutes=days_ago(day))
    with time_machine.travel(NOW, tick=False):
        yield office(StaffRole.COORDINATOR)


def test_the_page_says_what_lacks_and_that_the_pace_is_supposed(coordinator: FlaskClient) -> None:
    words = Page.open(coordinator, "/office/stock/MAN26").words().replace("\u00a0", " ")
    for said in ("Épuisé : 33 exemplaires manquent déjà à des commandes", "rythme supposé", "Le tableau"):
        assert said in words
    words = Page.open(coordinator, "/office/stock/").words().replace("\u00a0", " ")
    for said in (
        "Assez jusqu’au 10 décembre ?",
        "Non : il en manquera",
        "Réimprimez",
        "Aucune livraison n’est attendue pour 33",
    ):
        assert said in words


def test_what_is_overdue_is_not_counted_on_and_said_beside_what_to_reprint(
    app: Flask, coordinator: FlaskClient
) -> None:
    with app.app_context():
        publication = edition_lookup.get_publication("MAN26")
        late = PlannedRun(2_000, local_day(now()))
        run = transact(print_runs.commission, publication, late, at=now(), by=BY)
        run.expected_on -= timedelta(days=2)
        db.session.commit()
    words = Page.open(coordinator, "/office/stock/MAN26").words().replace("\u00a0", " ")
    assert "sans compter 2 000 exemplaires en retard" in words


def test_the_chart_is_a_picture_without_colours_or_scripts_that_run(coordinator: FlaskClient) -> None:
    answer = coordinator.get("/office/stock/MAN26/forecast.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "script" not in answer.headers["Content-Security-Policy"]
    drawn = answer.get_data(as_text=True)
    narrow = coordinator.get("/office/stock/MAN26/forecast.svg?narrow=1").get_data(as_text=True)
    for picture, width in ((drawn, 900), (narrow, 360)):
        assert f'viewBox="0 0 {width} ' in picture
        today, write_by = (_height_of(name, picture) for name in ("aujourd’hui", "10 décembre"))
        assert write_by < today, "the line of the earlier day is lower, so that it crosses no name"


def _height_of(name: str, picture: str) -> float:
    """The distance of a name from the top of a picture."""
    found = re.search(rf'<text [^>]*y="([0-9.]+)"[^>]*>{name}<', picture)
    assert found, name
    return float(found[1])


def test_a_publication_without_any_copies_or_orders_has_a_page_and_a_chart(coordinator: FlaskClient) -> None:
    assert "Trop tôt" in Page.open(coordinator, "/office/stock/LIV26").words()
    assert coordinator.get("/office/stock/LIV26/forecast.svg").status_code == 200


# Copies on each day of a season that opened on 1 November: 3,000 by the 26th.
NOVEMBER = [57] * 1 + [77] * 7 + [120] * 7 + [146] * 7 + [134] * 4


def order_until(number: int, *, since: int) -> None:
    """The orders of November from the day after `since` until that day, in the evening."""
    for day in range(since + 1, number + 1):
        copies = NOVEMBER[day - 1]
        for part in (copies // 2, copies - copies // 2):
            make_order(lines={"MAN26": part}, minutes=(day - NOW.day) * 24 * 60 + 7 * 60)


def test_a_first_season_that_opens_in_november_is_not_said_to_have_enough(app: Flask, office: Office) -> None:
    """Of 3,000 copies none are left on the 26th. On the 8th a default curve said that they last until 10 December."""
    with app.app_context():
        make_edition(shelf={"MAN26": 3_000}, opens_on=date(2026, 11, 1), closes_on=date(2027, 1, 31))
        publication = edition_lookup.get_publication("MAN26")
        seen_on: dict[int, tuple[str, stock_outlook.Outlook]] = {}
        since = 0
        for day in (8, 20):
            order_until(day, since=since)
            since = day
            evening = datetime(2026, 11, day, 22, tzinfo=BRUSSELS)
            with time_machine.travel(evening, tick=False):
                page = Page.open(office(StaffRole.COORDINATOR), "/office/stock/MAN26").words().replace("\u00a0", " ")
            seen_on[day] = page, stock_outlook.outlook(publication, at=evening)
    for day, (page, outlook) in seen_on.items():
        assert "même si la demande est forte" not in page
        assert "ce qui suffit quatre fois sur cinq" in page
        assert outlook.told is not None
        early, likely, late = (each or date.max for each in outlook.told.runs_out)
        assert early <= date(2026, 11, 26) <= late
        assert likely <= date(2026, 12, 17)
        assert outlook.reprint >= 1_300, "so many are still asked for until 10 December"
        assert outlook.situation.shelf == 3_000 - sum(NOVEMBER[:day])
