"""What the printer delivers: enough for a past season; too few of this season's manual, with more on order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from orders.catalogue.models import Kind, Publication
from orders.clock import local_day
from orders.demo.demand_plan import Season
from orders.demo.setup import BY
from orders.stock import ledger, print_runs
from orders.stock.models import MOST_COPIES, Place, Reason
from orders.stock.print_runs import PlannedRun
from orders.workdays import days_after

CENTS_A_COPY = {Kind.MANUAL: 48, Kind.BOOKLET: 17, Kind.OTHER: 25}
WEEKS_TO_PRINT = timedelta(days=18)
UNTIL_THE_REPRINT = 5  # working days
ORDERED_BEFORE = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Copies that come on a day: of a print run `ordered_on` a day before, or the stock that a season opens with.

    `expected_on` instead of `comes_on`: they have not come yet.
    """

    publication: Publication
    copies: int
    comes_on: date | None
    ordered_on: date | None = None
    expected_on: date | None = None


def deliveries(season: Season, *, today: date) -> list[Delivery]:
    """All that the printer brings in a season, by shares of what is asked for in it."""
    return [each for publication in season.scene.edition.publications for each in _of(publication, season, today)]


def _of(publication: Publication, season: Season, today: date) -> Iterator[Delivery]:
    asked = sum(season.asked.get(publication.code, {}).values())
    is_short = (
        not season.scene.is_over
        and publication.kind is Kind.MANUAL
        and not ledger.copies_at(publication.id, Place.SHELF)
    )
    opening, later = (0.6, 0.27) if is_short else (0.75, 0.45)
    yield Delivery(publication, _bundles(publication, asked * opening), comes_on=season.scene.first)
    comes_on = _day_when_asked(season, publication, asked * (opening - 0.1))
    yield Delivery(
        publication,
        _bundles(publication, asked * later),
        comes_on=comes_on,
        ordered_on=max(season.scene.first, comes_on - WEEKS_TO_PRINT),
        expected_on=comes_on,
    )
    if is_short:
        ordered_on = max(season.scene.first, today - ORDERED_BEFORE)
        reprint = _bundles(publication, asked * 0.6)
        yield Delivery(publication, reprint, None, ordered_on, expected_on=days_after(today, UNTIL_THE_REPRINT))


def _bundles(publication: Publication, copies: float) -> int:
    """Round up to whole bundles, as the printer delivers them."""
    return min(MOST_COPIES, -(-round(copies) // publication.bundle_size) * publication.bundle_size)


def _day_when_asked(season: Season, publication: Publication, copies: float) -> date:
    """The day on which so many copies have been asked for since the season began."""
    total = 0
    asked = season.asked.get(publication.code, {})
    for day in sorted(asked):
        total += asked[day]
        if total >= copies:
            return day
    return season.scene.last


def order_and_receive(planned: list[Delivery], *, at: datetime) -> None:
    """Order what is to be ordered from the printer today, and put on the shelf what comes today."""
    today = local_day(at)
    for each in planned:
        if each.copies and each.ordered_on == today and each.expected_on:
            cost = each.copies * CENTS_A_COPY[each.publication.kind]
            run = PlannedRun(each.copies, each.expected_on, cost_cents=cost)
            print_runs.commission(each.publication, run, at=at, by=BY)
        if each.copies and each.comes_on == today:
            _receive(each, at=at)


def _receive(delivery: Delivery, *, at: datetime) -> None:
    publication, copies = delivery.publication, delivery.copies
    if delivery.ordered_on is None:
        ledger.receive(publication, copies, at=at, by=BY, reason=Reason.OPENING)
        return
    run = next(each.run for each in print_runs.open_runs([publication.id]) if each.still == copies)
    print_runs.receive(publication, copies, run_id=run.id, at=at, by=BY)
