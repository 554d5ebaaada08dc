"""A form that was sent, and is sent again with something else in it: it is either a change, or one more order."""

from dataclasses import dataclass

from orders.idempotency import new_key
from orders.mail import signed_links
from orders.ordering.lifecycle import changing
from orders.ordering.models import Order
from orders.ordering.request.order_form_values import version
from orders.ordering.request.order_request import OrderRequest


@dataclass(frozen=True, slots=True)
class SentBefore:
    """The `order` that the form made. `token` opens its page, `version` is what a change of it starts from.

    `may_become_this`: whether the order can be changed into what the form says now. `again` is the key under which the
    form makes another order.
    """

    order: Order
    token: str
    version: str
    may_become_this: bool
    again: str


def sent_before(order: Order, asked: OrderRequest) -> SentBefore:
    same_person = (order.email, order.audience) == (asked.email, asked.audience)  # which no change can change
    return SentBefore(
        order=order,
        token=signed_links.token(order.reference, order.link_nonce),
        version=version(order),
        may_become_this=same_person and changing.may_be_changed(order),
        again=new_key(),
    )
