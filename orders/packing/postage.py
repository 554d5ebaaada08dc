"""What an order's envelopes and boxes cost: letters are free for the orderer, only parcels are invoiced."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from orders.packing.models import LIMITS, Packaging, PostageRate, PostKind
from orders.packing.splitting import Item, PackedParcel, fits, split
from orders.packing.tariff import Tariff, read_tariff


@dataclass(frozen=True, slots=True)
class Charge:
    """What the orderer pays for the post, in cents: 0 for letters alone, None where the rate is not known."""

    cents: int | None

    @property
    def is_due(self) -> bool:
        return self.cents != 0

    def at_most(self, other: "Charge") -> "Charge":
        """The smaller charge. A price that is not known is no limit."""
        return Charge(min((cents for cents in (self.cents, other.cents) if cents is not None), default=None))


FREE = Charge(0)
UNPRICED = Charge(None)


@dataclass(frozen=True, slots=True)
class ParcelSummary:
    """One envelope or box of a quote, without anything of the database: it can be kept or sent as JSON.

    `price_cents` is what the orderer pays for it: 0 for a letter, None for a parcel whose rate is not known.
    """

    packaging: str
    kind: PostKind
    copies: Mapping[str, int]
    weight_g: int
    price_cents: int | None


@dataclass(frozen=True, slots=True)
class Quote:
    """What is sent, and what it costs the orderer. `price_cents` None: à facturer selon le tarif bpost."""

    parcels: tuple[ParcelSummary, ...]
    letters: int
    boxes: int
    weight_g: int
    price_cents: int | None

    @property
    def is_free(self) -> bool:
        """Nothing but letters."""
        return self.boxes == 0

    @property
    def charge(self) -> Charge:
        return Charge(self.price_cents)


def quote(items: Iterable[Item]) -> Quote:
    """A quote by the packagings and rates of today. Refuses with `TooLargeToPost`."""
    return quote_by(read_tariff(), items)


def quote_by(tariff: Tariff, items: Iterable[Item]) -> Quote:
    parcels = split(items, tariff.packagings)
    summaries = tuple(_summary(parcel, tariff.rates) for parcel in parcels)
    prices = [summary.price_cents for summary in summaries]
    known = [price for price in prices if price is not None]
    letters = sum(parcel.kind is PostKind.LETTER for parcel in parcels)
    return Quote(
        parcels=summaries,
        letters=letters,
        boxes=len(parcels) - letters,
        weight_g=_grams(sum(parcel.weight_mg for parcel in parcels)),
        price_cents=sum(known) if len(known) == len(prices) else None,
    )


def last_letter(item: Item, packagings: Iterable[Packaging], *, beside: Sequence[Item] = ()) -> int:
    """The largest number of copies of this publication that is still one letter, with what lies beside it.

    The copies of `item` itself do not matter. 0: not one copy is a letter. One more copy makes a parcel.
    """
    letters = [packaging for packaging in packagings if packaging.can_be_letter]
    others = [other for other in beside if other.copies and other.code != item.code]

    def is_no_letter(copies: int) -> bool:
        items = [*others, replace(item, copies=copies)]
        return not any(fits(items, packaging) for packaging in letters)

    most = LIMITS[PostKind.LETTER].weight_mg // item.unit_weight_mg
    return bisect_left(range(1, most + 1), True, key=is_no_letter)


def step_of(kind: PostKind, weight_mg: int, rates: Iterable[PostageRate]) -> PostageRate | None:
    """The rate of a letter or a parcel of this weight, both with everything; None when it is above every step."""
    enough = [rate for rate in rates if rate.kind is kind and weight_mg <= rate.up_to_g * 1_000]
    return min(enough, key=lambda rate: rate.up_to_g, default=None)


def letter_steps(weights_mg: Iterable[int], rates: Sequence[PostageRate]) -> dict[int | None, int]:
    """How many letters of these weights stand at each step: grams of the step -> letters, the lightest step first.

    None counts those above every step.
    """
    steps = (step_of(PostKind.LETTER, weight_mg, rates) for weight_mg in weights_mg)
    counted = Counter(step.up_to_g if step else None for step in steps)
    return dict(sorted(counted.items(), key=lambda pair: (pair[0] is None, pair[0])))


def _summary(parcel: PackedParcel, rates: Iterable[PostageRate]) -> ParcelSummary:
    price: int | None = 0
    if parcel.kind is PostKind.PARCEL:
        rate = step_of(parcel.kind, parcel.weight_mg, rates)
        price = rate.price_cents if rate else None
    return ParcelSummary(parcel.packaging.code, parcel.kind, parcel.contents, _grams(parcel.weight_mg), price)


def _grams(weight_mg: int) -> int:
    """Whole grams, rounded up: a letter must never look lighter than it is."""
    return -(-weight_mg // 1_000)
