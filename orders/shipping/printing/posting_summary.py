"""The summary for the post office: letters by weight step, parcels, and their cost by today's rates."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import labels
from labels import PostingParcel, PostingSheet, PostingStep
from orders.clock import local_day
from orders.packing.models import PostageRate, PostKind
from orders.packing.postage import step_of
from orders.packing.tariff import read_tariff
from orders.shipping.dispatches import lifecycle, overview
from orders.shipping.dispatches.overview import Pieces
from orders.shipping.models import Dispatch, DispatchState, Parcel
from orders.shipping.printing.letterhead import letterhead
from orders.shipping.printing.print_requests import PrintRequest


@dataclass(frozen=True, slots=True)
class Step:
    """So many letters or parcels of at most `up_to_g` grams (None: heavier than every step), each for `price_cents`.

    A price that is not known is None, and then the total is None too.
    """

    kind: PostKind
    up_to_g: int | None
    pieces: int
    weight_mg: int
    price_cents: int | None

    @property
    def total_cents(self) -> int | None:
        return None if self.price_cents is None else self.pieces * self.price_cents


@dataclass(frozen=True, slots=True)
class Summary:
    """The steps that there is something of, letters first, light ones first."""

    steps: tuple[Step, ...]

    def pieces(self, kind: PostKind) -> int:
        return sum(step.pieces for step in self.steps if step.kind is kind)

    @property
    def letters(self) -> int:
        return self.pieces(PostKind.LETTER)

    @property
    def parcels(self) -> int:
        return self.pieces(PostKind.PARCEL)

    @property
    def weight_mg(self) -> int:
        return sum(step.weight_mg for step in self.steps)

    @property
    def known_cents(self) -> int:
        """The postage as far as prices are known."""
        return sum(step.total_cents or 0 for step in self.steps)

    @property
    def is_known(self) -> bool:
        """Whether there is a price for all of it."""
        return all(step.price_cents is not None for step in self.steps)


def summary(dispatch: Dispatch, pieces: Sequence[Pieces], rates: Sequence[PostageRate]) -> Summary:
    """The summary of a dispatch; once it is closed, of what was posted."""
    counted: Counter[tuple[PostKind, int | None]] = Counter()
    weights: Counter[tuple[PostKind, int | None]] = Counter()
    prices: dict[tuple[PostKind, int | None], int | None] = {}
    for kind, weight_mg, number in overview.carried(dispatch, pieces):
        rate = step_of(kind, weight_mg, rates)
        key = (kind, rate.up_to_g if rate else None)
        counted[key] += number
        weights[key] += number * weight_mg
        prices[key] = rate.price_cents if rate else None
    ordered = sorted(counted, key=lambda key: (key[0].value, key[1] is None, key[1] or 0))
    return Summary(tuple(Step(*key, counted[key], weights[key], prices[key]) for key in ordered))


def steps_of(parcels: Sequence[Parcel], rates: Sequence[PostageRate]) -> Mapping[int, int | None]:
    """Of each parcel, by its number: the grams of its weight step, None above every step."""
    steps = {parcel.sequence: step_of(parcel.kind, parcel.weight_mg, rates) for parcel in parcels}
    return {sequence: rate.up_to_g if rate else None for sequence, rate in steps.items()}


def print_posting(dispatch: Dispatch, _wanted: PrintRequest | None = None, *, out: BinaryIO) -> None:
    """Print the sheet that goes to the counter with the pile."""
    parcels = lifecycle.parcels_of(dispatch)
    whole = summary(dispatch, overview.count_parcels(dispatch).pieces, read_tariff().rates)
    sheet = PostingSheet(
        dispatch=dispatch.id,
        steps=tuple(
            PostingStep(step.kind is PostKind.LETTER, step.up_to_g, step.pieces, step.weight_mg, step.price_cents)
            for step in whole.steps
        ),
        parcels=tuple(
            PostingParcel(parcel.sequence, parcel.weight_mg, _name(parcel), _place(parcel))
            for parcel in _carried(dispatch, parcels)
            if parcel.kind is PostKind.PARCEL
        ),
        sender=letterhead().sender,
        day=local_day(dispatch.closed_at or dispatch.made_at),
    )
    labels.print_posting_sheet(sheet, out=out, title=f"Au guichet, envoi {dispatch.id}")


def _name(parcel: Parcel) -> str:
    return parcel.orders[0].organisation or parcel.orders[0].name


def _place(parcel: Parcel) -> str:
    order = parcel.orders[0]
    return f"{order.postcode} {order.town}"


def _carried(dispatch: Dispatch, parcels: Sequence[Parcel]) -> Sequence[Parcel]:
    if dispatch.state is not DispatchState.CLOSED:
        return parcels
    return [parcel for parcel in parcels if parcel.posted_at is not None]
