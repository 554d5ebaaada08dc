"""What mails tell about an order, as the plain values that a mail keeps. Names in here stand in the templates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from orders.ordering.mail_words import first_name, postal_lines
from orders.ordering.models import Order, OrderLine


def order_facts(order: Order, expected_on: Mapping[int, date]) -> dict[str, Any]:
    """The order as it is now; `expected_on`: when what it waits for is expected, by publication id."""
    return {
        "first_name": first_name(order.name),
        "postal_lines": postal_lines(order.address),
        "shown_reference": order.shown_reference,
        "status": order.status,
        "delivery": order.delivery,
        "when_short": order.when_short,
        "is_accepted": order.accepted_at is not None,
        "is_short": order.is_short,
        "postage_due": order.postage_due,
        "postage_cents": order.postage_cents,
        "letters_back_by": order.edition.letters_back_by,
        "lines": [line_facts(line, expected_on) for line in order.lines],
    }


def line_facts(
    line: OrderLine, expected_on: Mapping[int, date], announced_on: Mapping[int, date] | None = None
) -> dict[str, Any]:
    """One line; `announced_on`: the days that were told before, where they are told now to be others."""
    return {
        **_title(line),
        "copies": line.copies,
        "reserved": line.reserved,
        "waiting": line.waiting,
        "sent": line.sent,
        "given_up": line.given_up,
        "expected_on": expected_on.get(line.publication_id),
        "announced_on": (announced_on or {}).get(line.publication_id),
    }


def copies_facts(order: Order, copies: Mapping[int, int]) -> list[dict[str, Any]]:
    """Copies of some publications of an order, given by publication id, in the order of its lines."""
    return [
        {**_title(line), "copies": copies[line.publication_id]}
        for line in order.lines
        if copies.get(line.publication_id)
    ]


def _title(line: OrderLine) -> dict[str, str]:
    language = line.order.language
    return {"title": line.publication.title(language), "title_language": line.publication.title_language(language)}
