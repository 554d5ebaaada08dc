"""Telling an orderer what became of an order: a mail beside the fact, in the same transaction."""

from datetime import datetime
from typing import Any

from orders.mail import links, outbox
from orders.ordering.models import Order


def tell(order: Order, kind: str, *, at: datetime, **more: Any) -> None:
    """Post the mail of this kind to the orderer, in their language, with the link to the order's page."""
    outbox.post(
        order.email,
        kind,
        language=order.language,
        at=at,
        order_id=order.id,
        order=order,
        page=links.order_page(order.reference, order.link_nonce),
        **more,
    )
