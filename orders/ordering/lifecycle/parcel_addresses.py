"""A letter goes to a PO box, a parcel does not (bpost). What would be a parcel needs a street."""

from collections.abc import Iterable, Mapping

from orders.addresses import PostalAddress
from orders.addresses.po_boxes import has_only_po_box
from orders.catalogue.models import Publication
from orders.ordering.models import Delivery
from orders.ordering.refusals import ParcelToPoBox
from orders.ordering.request.order_request import OrderRequest
from orders.packing.models import TooLargeToPost
from orders.packing.postage import quote
from orders.packing.splitting import Item


def refuse_parcel_to_po_box(request: OrderRequest, publications: Mapping[str, Publication]) -> None:
    """Refuse with `ParcelToPoBox` what would be a parcel if all of it went at once; `publications` are by code."""
    if request.delivery is Delivery.POST and not request.sent_before_pli:
        refuse_parcel_there(request.address, (Item.of(publications[code], n) for code, n in request.copies.items()))


def refuse_parcel_there(address: PostalAddress, items: Iterable[Item]) -> None:
    """The same for copies that are posted to an address."""
    if has_only_po_box(address) and _is_parcel(items):
        raise ParcelToPoBox


def _is_parcel(items: Iterable[Item]) -> bool:
    try:
        return not quote(items).is_free
    except TooLargeToPost:
        return True
