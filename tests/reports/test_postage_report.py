"""What the post cost in an edition, also on days on which copies of two editions left."""

from datetime import timedelta

import pytest

from orders.catalogue.models import Edition
from orders.database import transact
from orders.ordering.models import Delivery
from orders.reports import postage_report
from orders.shipping.dispatches import creation, lifecycle
from orders.shipping.dispatches.lifecycle import Counted
from tests.factories import BY, NOW, make_edition, make_order

pytestmark = pytest.mark.usefixtures("app_context")
DAY = timedelta(days=1)


def post(code: str, *, days: int, cents: int | None) -> None:
    at = NOW + days * DAY
    dispatch = transact(creation.make, [make_order(lines={code: 1}).reference], at=at, by=BY)
    transact(lifecycle.close, dispatch.id, at=at, by=BY, everything=True, counted=Counted(cents=cents))


def costs(edition: Edition) -> tuple[int, int, int]:
    found = postage_report.figures(edition)
    return found.dispatches, found.unnoted, found.spent_cents


def test_each_edition_pays_for_the_dispatches_with_its_own_copies() -> None:
    before = make_edition(year=2025)
    post("MAN25", days=0, cents=100)
    post("MAN25", days=2, cents=200)
    transact(setattr, before, "closes_on", NOW.date())
    after = make_edition(year=2026)
    make_order(lines={"MAN26": 1}, delivery=Delivery.PICKUP)
    assert costs(after) == (0, 0, 0)
    post("MAN26", days=2, cents=1_000)
    post("MAN26", days=2, cents=None)
    post("MAN26", days=3, cents=2_000)
    assert costs(before) == (2, 0, 300)
    assert costs(after) == (3, 1, 3_000)
