"""What becomes of the letters of an order: until when they may come, how many were told and counted."""

from dataclasses import dataclass
from datetime import date

from orders.ordering.followup import letter_counts
from orders.ordering.models import Order, OrderStatus
from orders.reports import letter_report

_NO_LETTERS = (OrderStatus.REJECTED, OrderStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class OwnLetters:
    """`may_come`: they are still taken; `may_be_told`: it is time to say how many. `told` by the orderer, `found` by
    the office; `all`: those of the whole edition that are known, once they are being counted.
    """

    may_come: bool = False
    may_be_told: bool = False
    told: int | None = None
    found: int | None = None
    all: int = 0


def letters_of(order: Order, today: date) -> OwnLetters:
    edition = order.edition
    if order.status in _NO_LETTERS:
        return OwnLetters()
    may_come = today <= edition.letters_back_by
    if not order.is_served or today < edition.write_by:
        return OwnLetters(may_come)
    return OwnLetters(
        may_come,
        may_be_told=order.restricted_at is None and edition.archived_at is None,
        told=letter_counts.told_by_orderer(order),
        found=letter_counts.found_by_office(order),
        all=letter_report.known_letters(edition) if today >= letter_counts.asked_from(edition) else 0,
    )
