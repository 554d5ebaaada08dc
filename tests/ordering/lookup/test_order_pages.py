"""Pages of a list of many orders: each order stands on one page, by its number or from the order before."""

from datetime import date, timedelta

import pytest
from flask import Flask

from orders.database import db
from orders.ordering.lookup import matching_orders, order_pages, search
from orders.ordering.lookup.filters import Filter
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.search_index import looked_up
from tests.factories import make_edition, make_order

FILTERS = [
    Filter(),
    Filter(status=OrderStatus.READY),
    Filter(status=OrderStatus.READY, delivery=Delivery.POST),
    Filter(audience="school"),
    Filter(publication="LIV26"),
    Filter(province="Namur"),
    Filter(needed_until=date(2026, 12, 3)),
    Filter(q="senne"),
    Filter(q="se"),
]


@pytest.fixture
def season(app_context: Flask) -> None:
    """Eleven orders on three days, some needed by a day, some at the same moment."""
    make_edition(shelf=1_000)
    for number in range(11):
        make_order(
            lines={"MAN26": 1, "LIV26": 1} if number % 2 else {"MAN26": 1},
            minutes=(number // 2) * 8 * 60,
            needed_by=date(2026, 12, 1) + timedelta(days=number % 4) if number % 3 else None,
            audience="school" if number % 2 else "family",
            organisation=f"École {number}" if number % 2 else "",
            postcode="5000" if number % 3 else "1000",
        )


def few(wanted: Filter) -> list[Order]:
    return list(search.find(wanted))


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_pages_of_many_hold_what_a_list_of_few_holds_in_the_same_sequence(
    season: None, monkeypatch: pytest.MonkeyPatch, wanted: Filter
) -> None:
    together = [order.reference for order in few(wanted)]
    assert len(together) > 3
    assert search.count(wanted) == len(together)
    monkeypatch.setattr(order_pages, "FEW", 0)
    monkeypatch.setattr(order_pages, "PER_PAGE", 3)
    numbers = range(1, -(-len(together) // 3) + 1)
    assert [each.reference for number in numbers for each in search.find(wanted, number)] == together
    going_on = [each.reference for each in search.find(wanted)]
    while more := search.find(wanted, 2, after=going_on[-1]):
        going_on += [each.reference for each in more]
    assert going_on == together


def test_more_than_the_most_that_is_counted_is_not_counted_further(
    season: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching_orders, "MOST_COUNTED", 3)
    found = matching_orders.count(Filter(q="senne"))
    assert (found.total, found.is_all) == (4, False)
    assert matching_orders.count(Filter()).is_all, "what is kept is known however many there are"


def test_searches_begin_at_the_index_and_go_on_without_it(season: None) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses its indexes by itself")
    assert looked_up("senne") != []
    assert looked_up("a") == []
    db.session.execute(db.text("DROP TRIGGER order_search_update"))
    db.session.execute(db.text("DROP TABLE order_search"))
    assert looked_up("senne") == []
    assert len(few(Filter(q="senne"))) == 11
    db.session.rollback()
