"""Parcels that are back: returned by the post, or noted as posted by mistake.

Both make movements; earlier ones stay.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from orders.database import db
from orders.ordering import repository
from orders.ordering.followup import posted_boxes, recalls, returned_orders
from orders.ordering.models import Order
from orders.shipping.dispatches.lifecycle import get_dispatch
from orders.shipping.models import Parcel
from orders.shipping.return_models import (
    POSTAL_REASONS,
    NothingPosted,
    NothingToRecall,
    ParcelReturn,
    ReturnReason,
    WhichParcel,
)
from orders.shipping.scanning import posted_parcels
from orders.staff import journal
from orders.staff.journal import Actor


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A parcel that came back, and whether that was known before."""

    order: Order
    parcel: Parcel
    known: bool


def take_back(
    reference: str,
    *,
    reason: ReturnReason,
    lost: bool = False,
    part: int | None = None,
    parcel_id: int | None = None,
    at: datetime,
    by: Actor,
) -> TakenBack:
    """The post gave a parcel of this order back: its copies go onto the shelf, or are `lost`; its orderers are told.

    The same parcel again changes nothing. Refuses with `WhichParcel` where several could be meant and neither `part`
    nor `parcel_id` says which, and with `NothingPosted`.
    """
    order = repository.get_order(reference)
    _lock(posted_parcels(order))
    chosen = [each for each in posted_parcels(order) if parcel_id in (None, each.id) and part in (None, each.part)]
    if not chosen:
        raise NothingPosted
    back = returns_of(chosen)
    away = [parcel for parcel in chosen if parcel.id not in back]
    if not away:
        return TakenBack(order, chosen[-1], known=True)
    if len(away) > 1 or (back and parcel_id is None and part is None):
        raise WhichParcel(away)
    (parcel,) = away
    for each, copies in _copies_in([parcel]).items():
        returned_orders.take_back(each, copies, lost=lost, why=reason.value, at=at, by=by)
    _note([parcel], reason, lost=lost, at=at, by=by)
    return TakenBack(order, parcel, known=False)


def recall(dispatch_id: int, sequences: Collection[int] | None = None, *, at: datetime, by: Actor) -> int:
    """These parcels of a closed dispatch (all, if `None`) never left: their copies are reserved for their orders again.

    Returns how many they are. Refuses with `NothingToRecall` where none of them is with the post.
    """
    dispatch = get_dispatch(dispatch_id)
    _lock(dispatch.parcels)
    posted = [
        parcel
        for parcel in dispatch.parcels
        if parcel.posted_at is not None and (sequences is None or parcel.sequence in sequences)
    ]
    back = returns_of(posted)
    away = [parcel for parcel in posted if parcel.id not in back]
    if not away:
        raise NothingToRecall
    for reference, copies in _copies_in(away).items():
        recalls.recall(reference, copies, at=at, by=by)
    posted_boxes.note_not_posted([parcel.id for parcel in away])
    _note(away, ReturnReason.NEVER_LEFT, lost=False, at=at, by=by)
    return len(away)


def returns_of(parcels: Sequence[Parcel]) -> Mapping[int, ParcelReturn]:
    """How each of these parcels that is here again came back, by its id."""
    wanted = [parcel.id for parcel in parcels]
    rows = db.session.scalars(select(ParcelReturn).where(ParcelReturn.parcel_id.in_(wanted)))
    return {row.parcel_id: row for row in rows}


def why_it_came_back(order: Order) -> ReturnReason:
    """What the post said of the order's latest parcel that it gave back; `OTHER` where it said nothing."""
    given_back = [each for each in returns_of(posted_parcels(order)).values() if each.reason in POSTAL_REASONS]
    return max(given_back, key=lambda each: each.at).reason if given_back else ReturnReason.OTHER


def _lock(parcels: Sequence[Parcel]) -> None:
    """Lock the orders of these parcels, as everybody does who takes parcels back."""
    if references := {order.reference for parcel in parcels for order in parcel.orders}:
        repository.lock_orders(references)


def _copies_in(parcels: Sequence[Parcel]) -> Mapping[str, Mapping[int, int]]:
    """Copies in these parcels together, by order and publication id."""
    copies: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for parcel in parcels:
        for content in parcel.contents:
            copies[content.line.order.reference][content.line.publication_id] += content.copies
    return copies


def _note(parcels: Sequence[Parcel], reason: ReturnReason, *, lost: bool, at: datetime, by: Actor) -> None:
    for parcel in parcels:
        db.session.add(ParcelReturn(parcel_id=parcel.id, reason=reason, lost=lost, at=at, by_id=by.staff_id))
        journal.record(
            "came back",
            f"dispatch {parcel.dispatch_id}",
            at=at,
            by=by,
            after={"parcel": parcel.sequence, "reason": reason.value, "lost": lost},
        )
    db.session.flush()
