"""One decision about many orders: each is cancelled or accepted by its own rule, or refused with a reason."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from orders.database import db
from orders.errors import Refused
from orders.ordering.lifecycle import approval, cancellation
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import lock_orders
from orders.staff.journal import Actor


class Rule(Protocol):
    def __call__(self, reference: str, /, *, at: datetime, by: Actor) -> Order: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """The references of the orders that it was done to, and of the others with what their rule said."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)


def cancel(references: Collection[str], *, at: datetime, by: Actor) -> Outcome:
    """Cancel each, those that hold the least first, so that released copies do not go to an order cancelled later."""
    return _each(cancellation.cancel, references, lambda order: (_held(order), -order.id), at=at, by=by)


def accept(references: Collection[str], *, at: datetime, by: Actor) -> Outcome:
    """Accept each as it was asked for, the oldest first, so that they keep their places in the queue."""
    return _each(approval.accept, references, lambda order: (order.placed_at, order.id), at=at, by=by)


def _held(order: Order) -> int:
    return sum(line.reserved for line in order.lines) if order.status is not OrderStatus.WAITING else -1


def _each(
    rule: Rule,
    references: Collection[str],
    sequence: Callable[[Order], tuple[Any, ...]],
    *,
    at: datetime,
    by: Actor,
) -> Outcome:
    outcome = Outcome()
    orders = sorted(lock_orders(references), key=sequence)
    for reference in [order.reference for order in orders]:
        try:
            with db.session.begin_nested():
                rule(reference, at=at, by=by)
            outcome.done.append(reference)
        except Refused as refusal:
            outcome.refused.append((reference, refusal))
    return outcome
