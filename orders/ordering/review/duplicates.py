"""Orders that look as if they had been placed before in the same edition: twice by mistake, or by two colleagues.

The same e-mail address, the same address, the same number in the directory, or, where one of them has no number, the
same organisation in one postcode. A repeat is a question to the orderer and a decision for a coordinator, never a
refusal. Strangers must not learn who ordered: orders of people at home and those that only share an e-mail address are
shown to nobody but the office.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from orders.catalogue.audience_lookup import get_audience
from orders.catalogue.models import Publication
from orders.database import db
from orders.errors import Refused
from orders.ordering.models import Order
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.allowances import Orderer
from orders.ordering.review.earlier_orders import CALLED_OFF
from orders.ordering.review.senders import Sender


@dataclass(frozen=True, slots=True)
class Repeat:
    """What an orderer may know of an earlier order: when it was placed, and its copies that are sent or to come."""

    placed_at: datetime
    copies: Mapping[Publication, int]


class LooksRepeated(Refused):
    """The same organisation, or the same address, ordered before; to be asked, with the earliest first."""

    def __init__(self, repeats: Sequence[Repeat]) -> None:
        super().__init__(repeats)
        self.repeats = repeats


def find_repeats(own: Collection[int], sender: Sender, edition_id: int, *, besides: Order | None = None) -> list[Order]:
    """The orders of the edition that look like one of this sender and are not called off, the earliest first.

    `own`: those of the same orderer (`Orderer.order_ids`). `besides`: the order that is being changed.
    """
    ids = {*own, *_of_the_same_organisation(sender, edition_id)} - {besides.id if besides else None}
    return list(db.session.scalars(_NOT_CALLED_OFF, {"order_ids": list(ids)})) if ids else []


_NOT_CALLED_OFF = (
    select(Order)
    .where(Order.id.in_(bindparam("order_ids", expanding=True)))
    .where(Order.status.not_in(CALLED_OFF))
    .order_by(Order.placed_at, Order.id)
)


def _of_the_same_organisation(sender: Sender, edition_id: int) -> set[int]:
    """The ids of the orders to the same postcode whose organisation is this one."""
    if not sender.organisation:
        return set()
    neighbours = db.session.execute(
        select(Order.id, Order.organisation, Order.postcode, Order.town, Order.institution).where(
            Order.edition_id == edition_id, Order.postcode == sender.postcode, Order.organisation != ""
        )
    )
    return {each.id for each in neighbours if sender.is_same_organisation(Sender.of_row(each))}


def to_be_asked(request: OrderRequest, found: Sequence[Order]) -> list[Repeat]:
    """The repeats that may be shown to the person who orders; none to people at home."""
    if not found or get_audience(request.audience).is_private:
        return []
    orderer = Orderer.of(request)
    same = _of_the_same_organisation(Sender.of(request), found[0].edition_id)

    def is_known_to_be_theirs(order: Order) -> bool:
        is_of_house = bool(orderer.address_key) and order.address_key == orderer.address_key
        is_of_school = bool(orderer.institution) and order.institution == orderer.institution
        return is_of_house or is_of_school or order.id in same

    return [
        Repeat(order.placed_at, {line.publication: line.copies - line.given_up for line in order.lines})
        for order in found
        if not get_audience(order.audience).is_private and is_known_to_be_theirs(order)
    ]
