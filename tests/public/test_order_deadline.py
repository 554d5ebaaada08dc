"""Until when to order for 10 December, on the front page and on the form."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from orders.catalogue import edition_lookup
from orders.database import db, transact
from orders.reports.arrivals import kept_delay
from orders.reports.arrivals.kept_delay import KeptDelays
from orders.shipping.dispatches import lifecycle
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

Open = Callable[..., Page]
BOTH = pytest.mark.parametrize("url", ["/", "/order"])
"""The first page says from what the day is known; the form says it in one line."""


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    with app.app_context():
        make_edition()


def words(page: Open, url: str, *day: int) -> str:
    with time_machine.travel(datetime(*day, 10, tzinfo=UTC), tick=False):  # type: ignore[arg-type, misc]
        return page(url).words()


@BOTH
def test_with_nothing_posted_yet_the_planned_days_are_said_as_planned(page: Open, url: str) -> None:
    said = words(page, url, 2026, 11, 20)
    assert "Commandez avant le 2 décembre" in said
    why = "nous prévoyons 3 jours ouvrables de préparation. Comptez ensuite 3 jours ouvrables de poste"
    assert (why in said) == (url == "/")


@BOTH
def test_once_something_was_posted_its_real_delay_moves_the_day(app: Flask, page: Open, url: str) -> None:
    with app.app_context():
        transact(lifecycle.close, make_dispatch(make_order()).id, at=NOW, by=BY, everything=True)
    said = words(page, url, 2026, 11, 20)
    assert "Commandez avant le 7 décembre" in said
    assert ("partis le jour même" in said) == (url == "/")
    assert "prévoyons" not in said


def test_what_is_posted_moves_the_day_of_a_running_process_within_a_minute(
    app: Flask, page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "FORM_KEPT_SECONDS", 2)
    monkeypatch.setitem(app.extensions, "expected_delay", KeptDelays())
    seconds = [0.0]
    monkeypatch.setattr(kept_delay, "monotonic", lambda: seconds[0])
    assert "Commandez avant le 2 décembre" in words(page, "/", 2026, 11, 20)
    with app.app_context():
        transact(lifecycle.close, make_dispatch(make_order()).id, at=NOW, by=BY, everything=True)
    seconds[0] = 59
    assert "Commandez avant le 2 décembre" in words(page, "/", 2026, 11, 20)
    assert "Commandez avant le 7 décembre" in words(page, "/", 2026, 11, 21)
    seconds[0] += 60
    assert "Commandez avant le 7 décembre" in words(page, "/", 2026, 11, 21)


@BOTH
def test_orders_that_lie_unposted_move_the_day_and_are_said(app: Flask, page: Open, url: str) -> None:
    with app.app_context():
        for _ in range(14):
            make_order()
        transact(lifecycle.close, make_dispatch(make_order()).id, at=NOW, by=BY, everything=True)
    said = words(page, url, 2026, 11, 30)
    assert "Commandez avant le 27 novembre" not in said
    assert "partis le jour même" not in said
    said = words(page, "/", 2026, 11, 27)
    assert "Des commandes attendent encore leur envoi : nous comptons 5 jours ouvrables de préparation" in said


@BOTH
def test_reading_online_is_offered_only_where_something_can_be_read(app: Flask, page: Open, url: str) -> None:
    said = words(page, url, 2026, 12, 9)
    assert "en ligne" not in said
    assert "venir chercher vos exemplaires à Ixelles." in said


@BOTH
@pytest.mark.parametrize(
    ("day", "told"), [(2, "Commandez avant le 2"), (3, "trop tard"), (10, "trop tard"), (11, "passé")]
)
def test_when_the_post_is_too_slow_reading_online_and_fetching_are_offered(
    app: Flask, page: Open, url: str, day: int, told: str
) -> None:
    with app.app_context():
        edition_lookup.get_publication("MAN26").read_online_url = "https://example.org/manuel"
        db.session.commit()
    said = words(page, url, 2026, 12, day)
    assert told in said
    assert ("chercher vos exemplaires à Ixelles" in said) == (day > 2)
    assert ("Lire en ligne : Manuel" in said) == (day > 2)
