"""What a coordinator reads before deciding about an order: what is left, what the same people had, who they may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select

from orders.catalogue.models import Allowance, Edition
from orders.database import db
from orders.ordering.models import Order
from orders.ordering.review import duplicates
from orders.ordering.review.allowances import Orderer
from orders.ordering.review.senders import Sender
from orders.stock import balances


class Likeness(Enum):
    """What an order has in common with another one."""

    EMAIL = "email"
    ADDRESS = "address"
    ORGANISATION = "organisation"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Similar:
    """An order that may be of the same people, and why."""

    order: Order
    likenesses: Sequence[Likeness]


@dataclass(frozen=True, slots=True)
class DecisionSummary:
    """Orders of the same people in this edition and the one before, their copies by code, and copies on the shelf.

    `had`: copies that the others of this edition got, are to get or ask; `sent`: those of them that went.
    `had_before`: copies that were sent in the edition before.
    """

    similar: Sequence[Similar]
    had: Mapping[str, int]
    sent: Mapping[str, int]
    had_before: Mapping[str, int]
    on_shelf: Mapping[str, int]
    allowances: Mapping[str, Allowance | None]


def decision_summary(order: Order) -> DecisionSummary:
    """The figures as they are now. Whoever shares an e-mail or postal address or an organisation counts as the same."""
    now = _same_people(order, order.edition_id)
    before = _edition_before(order.edition)
    shelf = balances.copies_on_shelf([line.publication_id for line in order.lines])
    return DecisionSummary(
        similar=[Similar(each, likenesses(order, each)) for each in now],
        had=_copies(now, "wanted"),
        sent=_copies(now, "sent"),
        had_before=_copies(_same_people(order, before), "sent") if before is not None else {},
        on_shelf={line.publication.code: shelf[line.publication_id] for line in order.lines},
        allowances={line.publication.code: line.publication.allowance_of(order.audience) for line in order.lines},
    )


def likenesses(order: Order, other: Order) -> Sequence[Likeness]:
    """Why another order may be of the same people."""
    found = {
        Likeness.EMAIL: order.email_key and order.email_key == other.email_key,
        Likeness.ADDRESS: order.address_key and order.address_key == other.address_key,
        Likeness.INSTITUTION: order.institution and order.institution == other.institution,
        Likeness.ORGANISATION: _is_same_organisation(Sender.of(order), Sender.of(other)),
    }
    return [likeness for likeness, is_so in found.items() if is_so]


def _is_same_organisation(one: Sender, other: Sender) -> bool:
    return one.postcode == other.postcode and one.is_same_organisation(other)


def _same_people(order: Order, edition_id: int) -> list[Order]:
    own = Orderer.of_order(order).order_ids(edition_id, besides=order)
    return duplicates.find_repeats(own, Sender.of(order), edition_id, besides=order)


def _edition_before(edition: Edition) -> int | None:
    earlier = select(Edition.id).where(Edition.year < edition.year).order_by(Edition.year.desc()).limit(1)
    return db.session.scalar(earlier)


def _copies(orders: Sequence[Order], of: str) -> dict[str, int]:
    copies: dict[str, int] = {}
    for line in (line for order in orders for line in order.lines):
        if number := getattr(line, of):
            copies[line.publication.code] = copies.get(line.publication.code, 0) + number
    return copies
