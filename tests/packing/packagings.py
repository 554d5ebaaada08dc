"""The first packagings and weight steps, as the migration writes them, for tests that need no database."""

from orders.packing.models import Packaging, PostageRate, PostKind
from orders.packing.splitting import Item
from orders.packing.tariff import Tariff

LETTER_STEPS = (100, 350, 1_000, 2_000)
PARCEL_STEPS = (2_000, 5_000, 10_000, 20_000, 30_000)


def envelope(code: str, width: int, height: int, depth: int, weight: int, piles: int) -> Packaging:
    return Packaging(
        code=code,
        inner_width_mm=width,
        inner_height_mm=height,
        inner_depth_mm=depth,
        empty_weight_mg=weight,
        most_weight_mg=2_000_000,
        piles=piles,
        can_be_letter=True,
    )


C5 = envelope("C5", 229, 162, 14, 8_000, 1)
C4 = envelope("C4", 324, 229, 30, 21_000, 2)
BOX = Packaging(
    code="BOX",
    inner_width_mm=430,
    inner_height_mm=305,
    inner_depth_mm=300,
    empty_weight_mg=600_000,
    most_weight_mg=30_000_000,
    piles=4,
    can_be_letter=False,
)
FIRST = (C5, C4, BOX)


def manuals(copies: int) -> Item:
    return Item("MAN26", copies, 59_000, 2_300)


def booklets(copies: int) -> Item:
    return Item("LIV26", copies, 17_000, 350)


def rates(kind: PostKind, prices: dict[int, int | None]) -> tuple[PostageRate, ...]:
    return tuple(PostageRate(kind=kind, up_to_g=grams, price_cents=cents) for grams, cents in prices.items())


def tariff(*prices: int | None) -> Tariff:
    """Today's packagings; `prices` in cents of the five steps of parcels, all unknown when none is given."""
    known = prices or (None,) * len(PARCEL_STEPS)
    letters = rates(PostKind.LETTER, dict.fromkeys(LETTER_STEPS))
    return Tariff(FIRST, letters + rates(PostKind.PARCEL, dict(zip(PARCEL_STEPS, known, strict=True))))
