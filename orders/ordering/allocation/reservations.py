"""Copies move for an order: taken from the shelf, given back to it, or sent."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, case, exists, func, select, union_all
from sqlalchemy.orm import QueryableAttribute

from orders.counts.tables import IS_QUEUED, copies_count
from orders.database import db
from orders.ordering.models import Order, OrderLine, WhenShort
from orders.rows import quick_rows
from orders.rows.bulk_rows import among
from orders.stock import balances, ledger
from orders.stock.ledger import Moved
from orders.stock.models import Balance, OutOfStock, Place, Reason, Shortage

Taken = Sequence[tuple[OrderLine, int]]
"""Lines, and how many copies of the shelf each takes."""
FreeFor = Callable[[OrderLine], int]
"""How many copies of the shelf a line may have now."""


def reserve(order: Order, *, at: datetime) -> None:
    """Take from the shelf all that an accepted order may have now; the rest waits, or is given up for `fewer`.

    While an older accepted order waits for a publication, a newer one gets nothing of it. Expects the gate of
    `ledger.lock_stock` to be held. Refuses with all shortages when `fewer` would leave nothing at all.
    """
    move_to_reserved(decide(order), at=at)


def decide(order: Order, free_for: FreeFor | None = None) -> Taken:
    """What of the shelf `reserve` takes for an order; the order's figures say so already, but nothing has moved.

    An order that is not in the database yet is younger than all that are. `free_for`: where that is known already.
    """
    taken = _take(order, free_for)
    if order.when_short is WhenShort.FEWER:
        if not any(line.reserved for line in order.lines):
            raise OutOfStock(_shortages(order))
        for line in order.lines:
            line.given_up += line.waiting
        order.update_status()
    return taken


def take_from_shelf(order: Order, *, at: datetime) -> list[Shortage]:
    """Reserve what an order waits for and may have now; what it lacks goes on waiting and is returned.

    An order that does not queue (`Order.queues`) gets nothing. Expects the gate of `ledger.lock_stock` to be held.
    """
    move_to_reserved(_take(order), at=at)
    return _shortages(order) if order.queues else []


def move_to_reserved(taken: Taken, *, at: datetime) -> None:
    """Move what was decided to be taken."""
    db.session.flush()
    move_lines(taken, Place.SHELF, Place.RESERVED, reason=Reason.ORDERED, at=at)


def _take(order: Order, free_for: FreeFor | None = None) -> Taken:
    waiting = [line for line in order.lines if line.waiting] if order.queues else []
    free_for = free_for or _free_for(waiting)
    taken = []
    for line in waiting:
        copies = min(line.waiting, free_for(line))
        if copies:
            line.reserved += copies
            taken.append((line, copies))
    order.update_status()
    return taken


def _free_for(lines: Sequence[OrderLine]) -> FreeFor:
    shelf = _shelf_and_queue([line.publication_id for line in lines])

    def free(line: OrderLine) -> int:
        on_shelf, queued = shelf[line.publication_id]
        if not queued:
            return on_shelf
        return min(on_shelf, sum(copies for since, copies in line.parts if not _is_behind(line, since)))

    return free


def _shortages(order: Order) -> list[Shortage]:
    return [
        Shortage(line.publication.code, line.waiting + line.reserved, line.reserved)
        for line in order.lines
        if line.waiting
    ]


def move_line(
    line: OrderLine,
    copies: int,
    origin: Place,
    destination: Place,
    *,
    reason: Reason,
    at: datetime,
    by: int | None = None,
) -> None:
    """Move copies of a line's publication for its order. The caller changes the line itself."""
    move_lines([(line, copies)], origin, destination, reason=reason, at=at, by=by)


def move_lines(
    lines: Iterable[tuple[OrderLine, int]],
    origin: Place,
    destination: Place,
    *,
    reason: Reason,
    at: datetime,
    by: int | None = None,
) -> None:
    """The same for copies of many lines at once."""
    moved = [Moved(line.publication_id, copies, line.order_id) for line, copies in lines]
    ledger.move_for_orders(moved, origin, destination, reason=reason, at=at, by=by)


def _shelf_and_queue(publication_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of each publication the copies on the shelf, and those that accepted orders wait for, restricted ones too."""
    if not publication_ids:
        return {}
    found = quick_rows.execute(_SHELF_AND_QUEUE, {"publication_ids": list(publication_ids)})
    return dict.fromkeys(publication_ids, (0, 0)) | {each: (copies, queued) for each, copies, queued in found}


_SHELF_AND_QUEUE = select(
    Balance.publication_id,
    Balance.copies,
    select(func.coalesce(func.sum(copies_count.c.queued), 0))
    .where(copies_count.c.publication_id == Balance.publication_id, IS_QUEUED)
    .scalar_subquery(),
).where(Balance.publication_id.in_(bindparam("publication_ids", expanding=True)), Balance.place == Place.SHELF)


def _is_behind(line: OrderLine, since: datetime) -> bool:
    """Whether somebody has waited for this line's publication from before `since`."""
    first, later = _is_older(line, since)
    return bool(db.session.scalar(select(exists(_queued_with(line, OrderLine.id).where(first | later)))))


def free_copies(publication_ids: Collection[int], *, besides: Order | None = None) -> dict[int, int]:
    """What an order placed now could have of each publication: nothing while an accepted order waits for it.

    `besides`: an order that is being changed, which keeps what it has and does not wait for itself.
    """
    queued = waiting_copies(publication_ids, besides=besides)
    places = balances.copies_by_place(publication_ids)
    free = {each: 0 if queued[each] else places[each][Place.SHELF] for each in publication_ids}
    for line in besides.lines if besides else ():
        if line.publication_id in free:
            free[line.publication_id] += line.reserved + line.sent
    return free


def waiting_copies(publication_ids: Collection[int], *, besides: Order | None = None) -> dict[int, int]:
    """Of each publication, how many copies the orders that queue still wait for, without the order `besides`."""
    ids = list(publication_ids)
    waiting = Counter(dict.fromkeys(ids, 0))
    for publication_id, copies in db.session.execute(_QUEUED, {"publication_ids": ids}) if ids else ():
        waiting[publication_id] += int(copies)
    if besides is not None:
        own = select(OrderLine.publication_id, OrderLine.waiting).join(OrderLine.order)
        for publication_id, copies in db.session.execute(own.where(Order.id == besides.id, Order.queues)):
            waiting[publication_id] -= copies
    return {each: waiting[each] for each in ids}


_QUEUED = (
    select(copies_count.c.publication_id, func.sum(copies_count.c.queued))
    .where(copies_count.c.publication_id.in_(bindparam("publication_ids", expanding=True)), IS_QUEUED)
    .group_by(copies_count.c.publication_id)
)


def orders_ahead(line: OrderLine) -> int:
    """How many accepted orders waited before this line for its publication: they are served first."""
    since = line.parts[0][0] if line.parts else line.order.placed_at
    first, later = _is_older(line, since)
    return db.session.scalar(_queued_with(line, func.count()).where(first | later)) or 0


def copies_until_served(line: OrderLine) -> int:
    """How many copies must come until a line has all that it waits for: its own, and those that are served before."""
    if not line.parts:
        return 0
    first, later = _is_older(line, line.parts[-1][0])
    asked_later = case((OrderLine.later < OrderLine.waiting, OrderLine.later), else_=OrderLine.waiting)
    before = case((first, OrderLine.waiting - asked_later), else_=0) + case((later, asked_later), else_=0)
    return int(db.session.scalar(_queued_with(line, func.sum(before))) or 0) + line.waiting


def copies_until_each_served(lines: Sequence[OrderLine]) -> dict[int, int]:
    """The same of many lines that wait, by their ids: the whole queue is added up once."""
    so_far = queue_so_far()
    of_lines = select(so_far.c.id, func.max(so_far.c.so_far)).where(among(so_far.c.id, [line.id for line in lines]))
    return {each: int(copies) for each, copies in db.session.execute(of_lines.group_by(so_far.c.id))}


def queue_so_far() -> Subquery:
    """What each line that waits asks for (`copies`), and how many must come until it has that (`so_far`).

    A line stands there twice where copies were added to it later.
    """
    later = case((OrderLine.later < OrderLine.waiting, OrderLine.later), else_=OrderLine.waiting)
    asked_first = _parts_in_queue(Order.placed_at, OrderLine.waiting - later)
    parts = union_all(asked_first, _parts_in_queue(OrderLine.later_since, later)).subquery()
    place = (parts.c.since, parts.c.order_id)
    so_far = func.sum(parts.c.copies).over(partition_by=parts.c.publication_id, order_by=place)
    return select(parts, so_far.label("so_far")).subquery()


def _parts_in_queue(since: QueryableAttribute[Any], copies: ColumnElement[int]) -> Select[Any]:
    """Copies that wait from a moment, of every line that waits."""
    return (
        select(OrderLine.id, OrderLine.publication_id, OrderLine.order_id, since.label("since"), copies.label("copies"))
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.waits, Order.queues, copies > 0)
    )


def _queued_with(line: OrderLine, what: ColumnElement[Any] | QueryableAttribute[Any]) -> Select[Any]:
    """Select `what` from the lines of other orders that queue for the same publication."""
    queued = (
        select(what)
        .join_from(OrderLine, Order, Order.id == OrderLine.order_id)
        .where(OrderLine.publication_id == line.publication_id, OrderLine.waits, Order.queues)
    )
    return queued.where(Order.id != line.order_id) if line.order_id else queued


def _is_older(line: OrderLine, since: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether the copies asked first, and those asked later, have waited from before (with the lower id, at once)."""

    def is_older(age: QueryableAttribute[Any]) -> ColumnElement[bool]:
        return (age < since) | ((age == since) & (Order.id < line.order_id)) if line.order_id else age <= since

    first = (OrderLine.waiting > OrderLine.later) & is_older(Order.placed_at)
    return first, (OrderLine.later > 0) & is_older(OrderLine.later_since)
