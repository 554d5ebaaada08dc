"""Telling an orderer what became of an order: a mail beside the fact, in the same transaction."""

from datetime import datetime
from typing import Any

from orders.clock import local_day
from orders.mail import outbox, signed_links
from orders.ordering import email_confirmation
from orders.ordering.allocation.estimates import promised_on
from orders.ordering.models import Order

CHANGED = "order_changed"


def tell(order: Order, kind: str, *, at: datetime, **more: Any) -> None:
    """Post the mail of this kind to the orderer, in their language, with the link to the order's page.

    Who ordered without an e-mail address is told by nobody here: the slip says whom to ask (`order_pdfs`).
    Every mail may say when what the order waits for is expected: `expected_on`, by publication id. Changes within ten
    minutes are told in one mail. Of an address that nobody has confirmed, what is too much is held back for the office.
    """
    if not order.email:
        return
    is_too_much = order.door == "web" and email_confirmation.has_enough_mail(order.email, order.email_key, at=at)
    write = outbox.post_soon if kind == CHANGED else outbox.post
    if kind != CHANGED:
        outbox.release(order.id, at=at)
    mail = write(
        order.email,
        kind,
        language=order.language,
        at=at,
        order_id=order.id,
        order=order,
        page=signed_links.mailed_order_page(order.reference, order.link_nonce),
        expected_on=promised_on(order, local_day(at)),
        **more,
    )
    if is_too_much:
        outbox.hold_back(mail, at=at)
