"""The history of one order: what was done to it and its dispatches, and how its copies moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from orders.database import db
from orders.ordering.models import Order, OrderLine
from orders.reports import journal_report
from orders.reports.journal_report import Told
from orders.shipping.models import Parcel, ParcelContent
from orders.staff.journal_terms import Action
from orders.stock.models import Movement

LOOKS: tuple[Action, ...] = ("looked at",)
OF_A_WHOLE_DISPATCH = frozenset({"made", "closed", "undone", "tracking noted"})


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line: an entry of the journal, or a movement of copies."""

    at: datetime
    told: Told | None = None
    movement: Movement | None = None


def history(order: Order) -> Sequence[HistoryLine]:
    """Everything that became of an order, the newest first. Who looked at it stands in the journal alone."""
    dispatches = [f"dispatch {number}" for number in _dispatches(order)]
    entries = [
        *journal_report.history(f"order {order.reference}", without=LOOKS),
        *(each for each in journal_report.history(*dispatches) if each.entry.action in OF_A_WHOLE_DISPATCH),
    ]
    entries.sort(key=lambda told: told.entry.id, reverse=True)
    lines = [HistoryLine(each.entry.at, told=each) for each in entries]
    lines += [HistoryLine(each.at, movement=each) for each in _movements(order)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _dispatches(order: Order) -> Sequence[int]:
    """The numbers of the dispatches that the order was ever in."""
    parcels = select(Parcel.dispatch_id).join(ParcelContent).join(OrderLine).where(OrderLine.order_id == order.id)
    return db.session.scalars(parcels.distinct()).all()


def _movements(order: Order) -> Sequence[Movement]:
    return db.session.scalars(
        select(Movement)
        .where(Movement.order_id == order.id)
        .order_by(Movement.id.desc())
        .options(joinedload(Movement.publication), joinedload(Movement.by))
    ).all()
