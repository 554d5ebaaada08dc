"""Takes reservations back when copies are missing: the newest orders give theirs back and wait again at their place.

Needed when a count, a correction or a reversed delivery takes more copies than lie free on the shelf. Places in the
queue do not change, and the orderers are told. Copies in an open dispatch stay in its parcels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from orders.catalogue.models import Publication
from orders.database import db
from orders.errors import Refused
from orders.ordering.models import Order, OrderLine
from orders.ordering.notifications import notify
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import delivery_reversal, ledger
from orders.stock.count_models import TooFewFree
from orders.stock.models import Movement, Place, Reason


@dataclass(frozen=True, slots=True)
class Release:
    """For `missing` copies to leave the shelf, where `free` ones lie: what each line gives back, the newest first."""

    publication: Publication
    missing: int
    free: int
    given_back: Sequence[tuple[OrderLine, int]]

    @property
    def copies(self) -> int:
        return sum(copies for _, copies in self.given_back)

    @property
    def orders(self) -> int:
        return len(self.given_back)


class CopiesPromised(Refused):
    """Orders hold the copies that are to go: somebody must confirm how many orders wait again."""

    def __init__(self, releases: Sequence[Release]) -> None:
        super().__init__(releases)
        self.releases = releases

    @property
    def copies(self) -> int:
        """What the answer must say."""
        return sum(each.copies for each in self.releases)


def plan_release(publication: Publication, missing: int, *, to_change: bool = False) -> Release:
    """Which orders would give copies back. `to_change` locks them, by id, and reads them afresh."""
    free = ledger.copies_at(publication.id, Place.SHELF)
    left = max(0, missing - free)
    given: dict[OrderLine, int] = {}
    for line, held in _newest_first(publication, to_change):
        if copies := min(held, left):
            given[line] = given.get(line, 0) + copies
            left -= copies
    return Release(publication, missing, free, list(given.items()))


def make_room(
    needs: Sequence[tuple[Publication, int]], *, confirmed: int | None, at: datetime, by: Actor
) -> list[Order]:
    """Bring so many copies of each publication onto the shelf, from where they leave. Returns the orders that gave.

    `confirmed`: the copies that somebody saw these orders lose; refuses with `CopiesPromised` where it is another
    number, and with `TooFewFree`. Expects the gate of `ledger.lock_stock` to be held, and the copies to leave in the
    same transaction: nobody in the queue sees them on the shelf.
    """
    releases = [plan_release(publication, missing, to_change=True) for publication, missing in needs]
    for each in releases:
        if each.missing > each.free + each.copies:
            raise TooFewFree(each.publication.code, each.missing, each.free + each.copies)
    releases = [each for each in releases if each.copies]
    refusal = CopiesPromised(releases)
    if releases and confirmed != refusal.copies:
        raise refusal
    for each in releases:
        _give_back(each, at=at, by=by)
    return _tell_everybody(releases, at=at)


def correct(
    publication: Publication,
    change: int,
    *,
    reason: Reason,
    at: datetime,
    by: Actor,
    confirmed: int | None = None,
    note: str = "",
    submission: str | None = None,
) -> Movement:
    """`ledger.correct`, also where orders hold what goes."""
    ledger.lock_stock([publication.edition_id])
    if ledger.find_submitted(submission) is None and change < 0:
        make_room([(publication, -change)], confirmed=confirmed, at=at, by=by)
    return ledger.correct(publication, change, reason=reason, at=at, by=by, note=note, submission=submission)


def take_back(
    publication: Publication,
    copies: int,
    *,
    run_id: int,
    at: datetime,
    by: Actor,
    confirmed: int | None = None,
    note: str = "",
    submission: str | None = None,
) -> Movement:
    """`delivery_reversal.take_back`, also where orders hold what never came."""
    ledger.lock_stock([publication.edition_id])
    if ledger.find_submitted(submission) is None:
        delivery_reversal.refuse_more_than_came(publication, copies, run_id=run_id)
        make_room([(publication, copies)], confirmed=confirmed, at=at, by=by)
    return delivery_reversal.take_back(
        publication, copies, run_id=run_id, at=at, by=by, note=note, submission=submission
    )


def _newest_first(publication: Publication, to_change: bool) -> Iterator[tuple[OrderLine, int]]:
    """Lines that hold copies outside dispatches, and how many; a line comes twice where copies were added later."""
    query = (
        select(OrderLine)
        .join(OrderLine.order)
        .options(contains_eager(OrderLine.order))
        .where(OrderLine.publication_id == publication.id, OrderLine.reserved > 0, Order.dispatch_id.is_(None))
        .order_by(Order.id)
    )
    if to_change:
        query = query.with_for_update(of=[OrderLine, Order]).execution_options(populate_existing=True)
    turns = []
    for line in db.session.scalars(query):
        later = min(line.reserved, max(0, line.later - line.waiting))
        turns.append((line.order.placed_at, line, line.reserved - later))
        turns.append((line.later_since or line.order.placed_at, line, later))
    for _, line, held in sorted(turns, key=lambda turn: (turn[0], turn[1].order_id), reverse=True):
        yield line, held


def _give_back(release: Release, *, at: datetime, by: Actor) -> None:
    for line, copies in release.given_back:
        line.reserved -= copies
        line.order.update_status()
    db.session.flush()
    for line, copies in release.given_back:
        ledger.move(
            line.publication_id,
            copies,
            Place.RESERVED,
            Place.SHELF,
            reason=Reason.SET_BACK,
            at=at,
            order_id=line.order_id,
            by=by.staff_id,
            announced=False,
        )
    journal.record(
        "set back",
        f"publication {release.publication.code}",
        at=at,
        by=by,
        after={"copies": release.copies, "orders": release.orders},
    )


def _tell_everybody(releases: Sequence[Release], *, at: datetime) -> list[Order]:
    """One mail for each order, with all of its lines that changed."""
    lines = [line for each in releases for line, _ in each.given_back]
    orders = list(dict.fromkeys(line.order for line in lines))
    for order in orders:
        notify(order, "order_set_back", at=at, lines=[line for line in lines if line.order is order])
    return orders
