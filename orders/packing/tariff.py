"""Reading the packagings and the rates, and changing them after a check.

Every change first locks the packagings, which are never deleted, and reads afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.database import db
from orders.packing.models import (
    A5_MM,
    LIMITS,
    PARCEL_GIRTH_MM,
    ImpossiblePackaging,
    ImpossibleSteps,
    OutOfRange,
    Packaging,
    PostageRate,
    PostKind,
    StepFault,
    StepProblem,
    UnknownPackaging,
)
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor

MOST_PRICE_CENTS = 50_000  # for one letter or parcel: 500 euros and more is a typing error


@dataclass(frozen=True, slots=True)
class Tariff:
    """All that a quote needs: the packagings from light to heavy, the rates by kind and weight."""

    packagings: tuple[Packaging, ...]
    rates: tuple[PostageRate, ...]

    def is_to_be_checked(self, kind: PostKind) -> bool:
        """Whether nobody has compared the prices of letters, or of parcels, with the carrier's."""
        return any(rate.to_be_checked for rate in self.rates if rate.kind is kind)


@dataclass(frozen=True, slots=True)
class PackagingSizes:
    """What can be changed about a packaging; units are in the names, meanings in `Packaging`."""

    inner_width_mm: int
    inner_height_mm: int
    inner_depth_mm: int
    empty_weight_mg: int
    most_weight_mg: int
    piles: int


@dataclass(frozen=True, slots=True)
class Step:
    """A letter or a parcel of at most so many grams costs so many cents; None: not known."""

    up_to_g: int
    price_cents: int | None


def read_tariff() -> Tariff:
    """Packagings and rates of today, in two statements."""
    return tariff_in(db.session())


def tariff_in(session: Session) -> Tariff:
    """The same, as rows of this session."""
    packagings = session.scalars(select(Packaging).order_by(Packaging.empty_weight_mg, Packaging.code))
    rates = session.scalars(select(PostageRate).order_by(PostageRate.kind, PostageRate.up_to_g))
    return Tariff(tuple(packagings), tuple(rates))


def get_packaging(code: str) -> Packaging:
    packaging = db.session.get(Packaging, code)
    if packaging is None:
        raise UnknownPackaging(code)
    return packaging


def sizes_of(packaging: Packaging) -> PackagingSizes:
    """What a form shows before somebody changes it."""
    return PackagingSizes(
        inner_width_mm=packaging.inner_width_mm,
        inner_height_mm=packaging.inner_height_mm,
        inner_depth_mm=packaging.inner_depth_mm,
        empty_weight_mg=packaging.empty_weight_mg,
        most_weight_mg=packaging.most_weight_mg,
        piles=packaging.piles,
    )


def change_packaging(code: str, sizes: PackagingSizes, *, at: datetime, by: Actor, shown: str = "") -> Packaging:
    """Give a packaging other numbers, or refuse with every number that is not allowed. The same numbers change nothing.

    `shown` is the `edit_conflicts.mark` of the numbers that the form showed, as `asdict` gives them.
    """
    _lock()
    packaging = get_packaging(code)
    before, after = asdict(sizes_of(packaging)), asdict(sizes)
    if before == after:
        return packaging
    refuse_if_changed(f"packaging {code}", shown, before)
    if faults := packaging_faults(packaging.kind, sizes):
        raise ImpossiblePackaging(code, faults)
    for field, value in after.items():
        setattr(packaging, field, value)
    db.session.flush()
    journal.record("changed", f"packaging {code}", at=at, by=by, before=before, after=after)
    return packaging


def packaging_faults(kind: PostKind, sizes: PackagingSizes) -> tuple[OutOfRange, ...]:
    """The numbers that are not allowed: too small for one A5 copy, or more than the post takes (`LIMITS`)."""
    return tuple(each for each in _ranges(kind, sizes) if not each.least <= each.value <= each.most)


def _ranges(kind: PostKind, sizes: PackagingSizes) -> Iterator[OutOfRange]:
    limits = LIMITS[kind]
    width, height, depth = sizes.inner_width_mm, sizes.inner_height_mm, sizes.inner_depth_mm
    longest, other = max(width, height), min(width, height)
    long_range = (A5_MM[1], limits.sides_mm[0])
    other_range = (A5_MM[0], _widest(kind, longest))
    yield OutOfRange("inner_width_mm", width, *(long_range if width >= height else other_range))
    yield OutOfRange("inner_height_mm", height, *(other_range if width >= height else long_range))
    yield OutOfRange("inner_depth_mm", depth, 1, _deepest(kind, longest, other))
    yield OutOfRange("empty_weight_mg", sizes.empty_weight_mg, 1, limits.weight_mg // 2)
    yield OutOfRange("most_weight_mg", sizes.most_weight_mg, max(1, sizes.empty_weight_mg) + 1, limits.weight_mg)
    yield OutOfRange("piles", sizes.piles, 1, max(1, piles_side_by_side(width, height)))


def _widest(kind: PostKind, longest: int) -> int:
    """The most for the shorter side of the ground; of a parcel, so that a depth is left (`PARCEL_GIRTH_MM`)."""
    sides = LIMITS[kind].sides_mm
    return sides[1] if kind is PostKind.LETTER else (PARCEL_GIRTH_MM - min(longest, sides[0])) // 2 - 1


def _deepest(kind: PostKind, longest: int, other: int) -> int:
    """The most for the depth: of a parcel, the longest of all sides and twice the two others are at most 3 m."""
    deepest = LIMITS[kind].sides_mm[2]
    if kind is PostKind.PARCEL:
        lying = (PARCEL_GIRTH_MM - longest - 2 * other) // 2
        standing = PARCEL_GIRTH_MM - 2 * (longest + other)
        deepest = min(deepest, lying if lying <= longest else standing)
    return max(1, deepest)


def piles_side_by_side(width_mm: int, height_mm: int) -> int:
    """How many piles of A5 lie on that ground, all turned the same way; 0 when not even one does."""
    if min(width_mm, height_mm) < 0:
        return 0
    short, long = A5_MM
    return max((width_mm // short) * (height_mm // long), (width_mm // long) * (height_mm // short))


def steps_of(kind: PostKind, tariff: Tariff) -> list[Step]:
    """The table of letters or of parcels, the lightest step first."""
    return [Step(rate.up_to_g, rate.price_cents) for rate in tariff.rates if rate.kind is kind]


def change_rates(kind: PostKind, steps: Sequence[Step], *, at: datetime, by: Actor, shown: str = "") -> None:
    """Replace the whole table of letters or of parcels, so that what stands in it is one table of one day.

    Whoever keeps a table has checked it: kept as it is, it is only no longer to be checked. `shown` is the
    `edit_conflicts.mark` of the table that the form showed, as pairs of grams and cents.
    """
    _lock()
    tariff = read_tariff()
    rates = [rate for rate in tariff.rates if rate.kind is kind]
    before = [[rate.up_to_g, rate.price_cents] for rate in rates]
    after = [[step.up_to_g, step.price_cents] for step in steps]
    was_unchecked = tariff.is_to_be_checked(kind)
    if before == after and not was_unchecked:
        return
    refuse_if_changed(f"postage {kind.value}", shown, before)
    if faults := step_faults(kind, steps):
        raise ImpossibleSteps(kind, faults)
    for rate in rates:
        db.session.delete(rate)
    db.session.flush()  # the old steps are gone before new ones of the same weight come
    db.session.add_all(PostageRate(kind=kind, up_to_g=step.up_to_g, price_cents=step.price_cents) for step in steps)
    db.session.flush()
    noted: tuple[dict[str, object], dict[str, object]] = ({"steps": before}, {"steps": after})
    if was_unchecked:
        noted[0]["to_be_checked"], noted[1]["to_be_checked"] = True, False
    journal.record("changed", f"postage {kind.value}", at=at, by=by, before=noted[0], after=noted[1])


def step_faults(kind: PostKind, steps: Sequence[Step]) -> tuple[StepFault, ...]:
    """What is wrong with a table: weights must rise up to what the post takes, known prices must not fall."""
    most_g = LIMITS[kind].weight_mg // 1_000
    if not steps:
        return (StepFault(0, StepProblem.NO_STEPS, None, None),)
    faults = list(_faults_by_step(steps, most_g))
    if steps[-1].up_to_g < most_g:
        faults.append(StepFault(len(steps), StepProblem.STOPS_SHORT, steps[-1].up_to_g, most_g))
    return tuple(faults)


def _faults_by_step(steps: Sequence[Step], most_g: int) -> Iterator[StepFault]:
    weight = price = 0
    for position, step in enumerate(steps, 1):
        if not 0 < step.up_to_g <= most_g:
            yield StepFault(position, StepProblem.WEIGHT, step.up_to_g, most_g)
        elif step.up_to_g <= weight:
            yield StepFault(position, StepProblem.NOT_ASCENDING, step.up_to_g, weight)
        weight = max(weight, step.up_to_g)
        if step.price_cents is None:
            continue
        if not 0 < step.price_cents <= MOST_PRICE_CENTS:
            yield StepFault(position, StepProblem.PRICE, step.price_cents, MOST_PRICE_CENTS)
        elif step.price_cents < price:
            yield StepFault(position, StepProblem.CHEAPER, step.price_cents, price)
        price = max(price, step.price_cents)


def _lock() -> None:
    db.session.execute(select(Packaging.code).order_by(Packaging.code).with_for_update()).all()
