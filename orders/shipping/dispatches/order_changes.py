"""Changing one order at the office, wherever it is: also while its dispatch is printed and packed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from orders.addresses import PostalAddress
from orders.addresses.po_boxes import has_only_po_box
from orders.database import db
from orders.ordering import repository
from orders.ordering.followup import corrections
from orders.ordering.lifecycle import changing
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.ordering.refusals import ParcelToPoBox
from orders.ordering.request.order_form_values import OFFICE_FIELDS
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.matching import address_key
from orders.packing.models import PostKind
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Parcel, ParcelContent, SharedParcel
from orders.staff import journal
from orders.staff.journal import Actor


def change(reference: str, request: OrderRequest, *, version: str, at: datetime, by: Actor, tells: bool) -> Order:
    """Make an order what the request says, as far as its state allows.

    With another address its parcels on the table count as not packed, and its printed paper is outdated
    (`print_log.stale_papers`). Refuses with `SharedParcel` and like `changing.change` or `corrections.correct`.
    """
    (order,) = repository.lock_orders([reference])
    if changing.may_be_changed(order):
        return changing.change(reference, request, version=version, at=at, by=by, fields=OFFICE_FIELDS, tells=tells)
    if order.status is OrderStatus.DISPATCHING and request.address.lines() != order.address.lines():
        _readdress(order, request.address, at=at, by=by)
    return corrections.correct(reference, request, version=version, at=at, by=by, tells=tells)


def _readdress(order: Order, address: PostalAddress, *, at: datetime, by: Actor) -> None:
    parcels = parcels_on_the_table(order)
    is_elsewhere = address_key(address) != order.address_key
    if is_elsewhere and (shared := [each.sequence for each in parcels if len(each.orders) > 1]):
        raise SharedParcel(shared)
    if has_only_po_box(address) and any(each.kind is PostKind.PARCEL for each in parcels):
        raise ParcelToPoBox
    for parcel in parcels:
        if parcel.packed_at is not None:
            parcel.packed_at = None
            thing = f"dispatch {parcel.dispatch_id}"
            journal.record("unpacked", thing, at=at, by=by, after={"parcel": parcel.sequence})


def parcels_on_the_table(order: Order) -> Sequence[Parcel]:
    """The parcels of an order in its open dispatch, which is locked."""
    dispatch = lifecycle.lock_open_dispatch(order.dispatch_id or 0)
    inside = select(ParcelContent.parcel_id).join(OrderLine).where(OrderLine.order_id == order.id)
    parcels = select(Parcel).where(Parcel.dispatch_id == dispatch.id, Parcel.id.in_(inside)).order_by(Parcel.sequence)
    return db.session.scalars(parcels.execution_options(populate_existing=True)).all()
