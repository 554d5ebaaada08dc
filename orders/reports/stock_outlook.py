"""How long the copies of an edition last: what was asked, and how a season went before, for `stock.forecast`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from sqlalchemy import case, func, select

from orders.catalogue.models import Edition, Kind, Publication
from orders.clock import local_day
from orders.counts.tables import copies_count, movement_count
from orders.database import db
from orders.ordering.models import OrderStatus
from orders.reports import stock_report
from orders.stock import print_runs
from orders.stock.demand import A_DAY, Asked, part_of_day
from orders.stock.demand_shapes import Curve
from orders.stock.forecast import Forecast, ForecastDay, Situation, forecast, reprint
from orders.stock.models import Place

NEXT_DAYS = 61  # of a forecast that are shown, the first included
ENOUGH_ORDERS = 50  # of a season on record for its curve to say more than the default one


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a coordinator sees of one publication. `told`: None while too little was asked for a forecast.

    `before`: the edition whose season it is compared with; None in a first season. `reprint`: copies to order so that
    in four of five cases none lack on the day to write by. `overdue`: copies that should have come from the printer
    before now; no promise, so nothing here counts on them.
    """

    publication: Publication
    situation: Situation
    told: Forecast | None
    before: Edition | None
    overdue: int

    @property
    def weeks(self) -> Sequence[ForecastDay]:
        """One day in seven until 60 days from now, the day to write by, and those on which a delivery is expected."""
        days = self.told.days[:NEXT_DAYS] if self.told else []
        write_by = self.situation.write_by
        return [each for place, each in enumerate(days) if place % 7 == 0 or each.delivered or each.day == write_by]

    @property
    def counts_on_deliveries(self) -> bool:
        """Whether copies are to come from the printer before the day to write by."""
        return any(day <= self.situation.write_by for day in self.situation.deliveries)

    @property
    def reprint(self) -> int:
        return reprint(self.told.to_reprint, self.publication.bundle_size) if self.told else 0


def outlooks(edition: Edition, *, at: datetime) -> list[Outlook]:
    """One for each publication of an edition. The rest of the day's orders are still to come."""
    day = local_day(at)
    figures = stock_report.figures_of(edition.publications)
    ids = [each.id for each in edition.publications]
    asked = asked_by_day(ids)
    orders = _orders(ids)
    deliveries, overdue = _deliveries(ids, day)
    curves = {kind: _curve(edition, kind) for kind in {each.kind for each in edition.publications}}
    found = []
    for each in figures:
        publication = each.publication
        curve, before = curves[publication.kind]
        now = Situation(
            Asked(
                day=day,
                opens_on=edition.opens_on,
                write_by=edition.write_by,
                closes_on=edition.closes_on,
                copies=asked[publication.id],
                orders=orders.get(publication.id, 0),
                part_of_day=part_of_day(at),
            ),
            shelf=each.unheld,
            waiting=each.waiting,
            deliveries=deliveries[publication.id],
        )
        found.append(Outlook(publication, now, forecast(now, curve), before, overdue[publication.id]))
    return found


def outlook(publication: Publication, *, at: datetime) -> Outlook:
    found = outlooks(publication.edition, at=at)
    return next(each for each in found if each.publication is publication)


def asked_by_day(publication_ids: Collection[int]) -> defaultdict[int, dict[date, int]]:
    """Copies asked for, by publication and day in Brussels; of an order that was called off, only what went."""
    asked = func.sum(copies_count.c.demanded)
    rows = db.session.execute(
        select(copies_count.c.publication_id, copies_count.c.day, asked)
        .where(copies_count.c.publication_id.in_(publication_ids))
        .group_by(copies_count.c.publication_id, copies_count.c.day)
        .having(asked != 0)
    )
    found: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for publication_id, day, copies in rows:
        found[publication_id][day] = int(copies)
    return found


def free_by_day(publication: Publication, until: date) -> dict[date, int]:
    """Copies that no order holds at the end of each day that the ledger knows, as it says itself."""
    moved = movement_count.c
    change = case((moved.destination == Place.SHELF.value, moved.copies), else_=-moved.copies)
    rows = db.session.execute(
        select(moved.day, func.sum(change))
        .where(moved.publication_id == publication.id)
        .where((moved.origin == Place.SHELF.value) | (moved.destination == Place.SHELF.value))
        .group_by(moved.day)
    )
    changes = Counter({day: int(copies) for day, copies in rows})
    if not changes:
        return {}
    first = min(changes)
    days = [first + A_DAY * number for number in range((until - first).days + 1)]
    return dict(zip(days, accumulate(changes[day] for day in days), strict=True))


def _orders(publication_ids: Collection[int]) -> dict[int, int]:
    """Orders by publication, without those that were rejected, or cancelled before anything was sent."""
    gone = (OrderStatus.REJECTED.value, OrderStatus.CANCELLED.value)
    rows = db.session.execute(
        select(copies_count.c.publication_id, func.sum(copies_count.c.lines))
        .where(copies_count.c.publication_id.in_(publication_ids), copies_count.c.status.not_in(gone))
        .group_by(copies_count.c.publication_id)
    )
    return {publication_id: int(orders) for publication_id, orders in rows}


def _deliveries(publication_ids: Sequence[int], day: date) -> tuple[defaultdict[int, dict[date, int]], Counter[int]]:
    """Copies that the printer owes, by publication and day; and those that are overdue, by publication."""
    found: defaultdict[int, dict[date, int]] = defaultdict(dict)
    overdue: Counter[int] = Counter()
    for each in print_runs.open_runs(publication_ids):
        if each.is_late(day):
            overdue[each.run.publication_id] += each.still
        else:
            days = found[each.run.publication_id]
            days[each.run.expected_on] = days.get(each.run.expected_on, 0) + each.still
    return found, overdue


def _curve(edition: Edition, kind: Kind) -> tuple[Curve, Edition] | tuple[None, None]:
    """How the last edition before this one was asked for that kind of publication, if it was enough to tell."""
    before = db.session.scalars(
        select(Edition).where(Edition.year < edition.year).order_by(Edition.year.desc()).limit(1)
    ).first()
    same = [each.id for each in before.publications if each.kind is kind] if before else []
    if before is None or sum(_orders(same).values()) < ENOUGH_ORDERS:
        return None, None
    copies: Counter[int] = Counter()
    for days in asked_by_day(same).values():
        for day, number in days.items():
            if day >= before.opens_on:
                copies[(day - before.write_by).days] += number
    came_in_time = any(offset <= 0 for offset in copies)
    return (Curve.of(copies), before) if came_in_time else (None, None)
