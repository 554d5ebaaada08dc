"""What staff may still correct of an order that is being packed, went, came back or ended."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from orders.errors import Refused
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle.accepted_postage import BILLING
from orders.ordering.lifecycle.changing import OrderChangedMeanwhile, may_be_changed
from orders.ordering.lifecycle.email_correction import set_email, tell_of_change
from orders.ordering.lifecycle.placing import set_address
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import lock_orders
from orders.ordering.request.order_form_values import OFFICE_FIELDS, asked, changed_since, contents, differences
from orders.ordering.request.order_request import OrderRequest
from orders.staff import journal
from orders.staff.journal import Actor

CONTACT = frozenset({"email", "phone", "language", *BILLING})
WHERE = frozenset(
    {"organisation", "institution", "name", "department", "building", "street", "number", "box", "postcode", "town"}
)
UNTIL_IT_GOES = CONTACT | WHERE | {"message", "needed_by"}
ENDED = (OrderStatus.SENT, OrderStatus.CANCELLED, OrderStatus.REJECTED)


class TooLateToChange(Refused):
    """The state of the order no longer allows these fields to change."""

    def __init__(self, order: Order, fields: Collection[str]) -> None:
        super().__init__(order.reference, fields)
        self.order = order
        self.fields = fields


def open_fields(order: Order) -> Collection[str]:
    """The fields of `order_as_form` that may change now; what `changing.change` takes is all of them."""
    if may_be_changed(order):
        return contents(order, OFFICE_FIELDS).keys()
    return CONTACT if order.status in ENDED else UNTIL_IT_GOES


def correct(
    reference: str, request: OrderRequest, *, version: str, at: datetime, by: Actor, tells: bool = True
) -> Order:
    """Correct what the state of the order allows; one that came back is served again once its address is corrected.

    Refuses with `OrderChangedMeanwhile`, `TooLateToChange`, and like `returned_orders.correct_address`.
    """
    (order,) = lock_orders([reference])
    changed = differences(contents(order, OFFICE_FIELDS), asked(request, OFFICE_FIELDS))
    if not changed:
        return order
    if meanwhile := changed_since(order, version, OFFICE_FIELDS):
        raise OrderChangedMeanwhile(order, meanwhile)
    if too_late := [field for field in changed if field not in open_fields(order)]:
        raise TooLateToChange(order, too_late)
    was_written_to = order.email
    if order.email != request.email:
        set_email(order, request.email, at=at)
    if order.status is OrderStatus.RETURNED and not WHERE.isdisjoint(changed):
        returned_orders.correct_address(reference, request.address, phone=request.phone, at=at, by=by, tells=False)
    elif asdict(order.address) != asdict(request.address):
        set_address(order, request.address)
    for name in ("phone", "language", "message", "needed_by", "institution", *BILLING):
        setattr(order, name, getattr(request, name))
    if tells and (order.status not in ENDED or order.email != was_written_to):
        tell_of_change(order, was_written_to, at=at)
    journal.record("changed", f"order {reference}", at=at, by=by, after={"fields": changed})
    return order
