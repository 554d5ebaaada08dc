"""Notifies orderers: posts the mail about an order, in the transaction of what happened."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from orders.clock import local_day
from orders.mail import outbox, signed_links
from orders.ordering import email_confirmation
from orders.ordering.allocation.estimates import promised_on
from orders.ordering.mail_facts import line_facts, order_facts
from orders.ordering.models import Order, OrderLine

# What shows the day on which copies are expected; a test compares them with the templates.
NAMES_THE_DAY = frozenset(
    f"order_{name}"
    for name in (
        *("accepted", "arrived", "changed", "confirmed", "delayed", "pending"),
        *("sent", "sent_again", "set_back", "shared", "to_fetch"),
    )
)

CHANGED = "order_changed"
FIRST = ("order_confirmed", "order_pending")  # before which nothing was told about an order


def notify(
    order: Order,
    kind: str,
    *,
    at: datetime,
    lines: Sequence[OrderLine] | None = None,
    announced_on: Mapping[int, date] | None = None,
    **more: Any,
) -> None:
    """Post the mail of this kind to the orderer, in their language, with the link to the order's page.

    No mail goes to orderers who asked that their data lie still, nor to those without an e-mail address: the slip says
    whom to ask (`order_pdfs`).
    `lines`: those that the mail is about, if not all; `announced_on`: the days that were told before, by publication
    id. `more`: plain values that the templates know besides.
    Every mail may say when what the order waits for is expected. The line keeps the day that was said, so that its
    orderer can be told when it changes (`followup.announced_days`).
    Changes within ten minutes are told in one mail.
    """
    if not order.email or order.restricted_at is not None:
        return
    expected_on, about = promised_on(order, local_day(at)), order.lines if lines is None else lines
    if lines is not None:
        more["lines"] = [line_facts(line, expected_on, announced_on) for line in lines]
    _post(order, kind, at=at, told={"order": order_facts(order, expected_on), **more})
    if kind in NAMES_THE_DAY:
        for line in about:
            if line.publication_id in expected_on:
                line.announced_on, line.delay_told = expected_on[line.publication_id], False


def _post(order: Order, kind: str, *, at: datetime, told: Mapping[str, Any]) -> None:
    """Of an address that nobody has confirmed, what is too much for a day is held back for the office."""
    is_too_much = order.door == "web" and email_confirmation.has_enough_mail(order.email, order.email_key, at=at)
    if kind not in (CHANGED, *FIRST):
        outbox.release(order.id, at=at)
    post = outbox.post_soon if kind == CHANGED else outbox.post
    page = signed_links.mailed_order_page(order.reference, order.link_nonce)
    mail = post(order.email, kind, language=order.language, at=at, order_id=order.id, page=page, **told)
    if is_too_much:
        outbox.hold_back(mail, at=at)
