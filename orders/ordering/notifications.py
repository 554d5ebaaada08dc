"""Notifies orderers: posts the mail about an order, in the transaction of what happened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from orders.clock import local_day
from orders.mail import outbox, signed_links
from orders.ordering.allocation.estimates import promised_on
from orders.ordering.models import Order, OrderLine

# What shows the day on which copies are expected; a test compares them with the templates.
NAMES_THE_DAY = frozenset(
    f"order_{name}"
    for name in (
        *("accepted", "arrived", "changed", "confirmed", "delayed", "pending"),
        *("sent", "sent_again", "set_back", "shared", "to_fetch"),
    )
)


def notify(order: Order, kind: str, *, at: datetime, lines: Sequence[OrderLine] | None = None, **more: Any) -> None:
    """Post the mail of this kind to the orderer, in their language, with the link to the order's page.

    Orderers without an e-mail address get no mail: the slip says whom to ask (`order_pdfs`).
    `lines`: those that the mail is about, if not all.
    Every mail may say when what the order waits for is expected: `expected_on`, by publication id. The line keeps
    the day that was said, so that its orderer can be told when it changes (`followup.announced_days`).
    """
    if not order.email:
        return
    expected_on = promised_on(order, local_day(at))
    outbox.post(
        order.email,
        kind,
        language=order.language,
        at=at,
        order_id=order.id,
        order=order,
        page=signed_links.order_page(order.reference, order.link_nonce),
        expected_on=expected_on,
        lines=order.lines if lines is None else lines,
        **more,
    )
    if kind in NAMES_THE_DAY:
        for line in order.lines if lines is None else lines:
            if line.publication_id in expected_on:
                line.announced_on, line.delay_told = expected_on[line.publication_id], False
