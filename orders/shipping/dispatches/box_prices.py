"""What the post asks for boxes, and which part of it each order in them owes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from orders.ordering.request.offer import current_offer
from orders.packing.models import PostKind
from orders.packing.postage import step_of
from orders.shipping.models import Parcel


def by_order(parcels: Sequence[Parcel]) -> Mapping[int, Mapping[int, int | None]]:
    """Of each box among these parcels, by its id: cents by order id, at the rates of today; None: not known."""
    boxes = [parcel for parcel in parcels if parcel.kind is PostKind.PARCEL]
    rates = current_offer().tariff.rates if boxes else ()
    prices = {}
    for box in boxes:
        rate = step_of(box.kind, box.weight_mg, rates)
        prices[box.id] = _shared(rate.price_cents if rate else None, _weights(box))
    return prices


def _weights(box: Parcel) -> Mapping[int, int]:
    """What the copies of each order weigh, in mg, by order id."""
    weights: dict[int, int] = defaultdict(int)
    for content in box.contents:
        weights[content.line.order_id] += content.copies * content.line.publication.unit_weight_mg
    return weights


def _shared(cents: int | None, weights: Mapping[int, int]) -> Mapping[int, int | None]:
    """A price divided by weight, to the cent."""
    if cents is None:
        return dict.fromkeys(weights)
    whole, before, parts = sum(weights.values()), 0, {}
    for order_id, weight in weights.items():
        parts[order_id] = cents * (before + weight) // whole - cents * before // whole
        before += weight
    return parts
