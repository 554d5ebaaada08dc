"""Telling an orderer what became of an order: a mail beside the fact, in the same transaction."""

from datetime import datetime
from typing import Any

from orders.clock import local_day
from orders.mail import outbox, signed_links
from orders.ordering.allocation.estimates import promised_on
from orders.ordering.models import Order


def tell(order: Order, kind: str, *, at: datetime, **more: Any) -> None:
    """Post the mail of this kind to the orderer, in their language, with the link to the order's page.

    Who ordered without an e-mail address is told by nobody here: the slip says whom to ask (`order_pdfs`).
    Every mail may say when what the order waits for is expected: `expected_on`, by publication id.
    """
    if not order.email:
        return
    outbox.post(
        order.email,
        kind,
        language=order.language,
        at=at,
        order_id=order.id,
        order=order,
        page=signed_links.order_page(order.reference, order.link_nonce),
        expected_on=promised_on(order, local_day(at)),
        **more,
    )
