"""Packagings, postage rates, and the limits of the post.

Millimetres, micrometres, milligrams, grams and cents: whole numbers, so that sums and borders are exact.
"""

import enum
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, choice
from orders.errors import NotFound, Refused


class PostKind(enum.Enum):
    LETTER = "letter"
    PARCEL = "parcel"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that the post takes: sides in mm, the longest first, and weight in mg."""

    sides_mm: tuple[int, int, int]
    weight_mg: int


# bpost, "Tarifs" and the guide for parcels of January 2025: a letter is at most 350 x 230 x 30 mm and 2 kg; a
# parcel at most 30 kg, its longest side at most 1.5 m, and length + 2 x width + 2 x height at most 3 m.
LIMITS = {
    PostKind.LETTER: Limits((350, 230, 30), 2_000_000),
    PostKind.PARCEL: Limits((1_500, 1_500, 1_500), 30_000_000),
}
PARCEL_GIRTH_MM = 3_000

A5_MM = (148, 210)  # ISO 216; every publication is A5, or is folded to it


class Packaging(Model):
    """An envelope or a box. Coordinators change its numbers; which ones there are is fixed.

    `piles`: stacks of A5 copies that lie side by side. `inner_depth_mm`: how thick copies and slips together may
    be for it to close. `most_weight_mg`: with everything, its own weight too. One that can be a letter always is.
    """

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    inner_width_mm: Mapped[int]
    inner_height_mm: Mapped[int]
    inner_depth_mm: Mapped[int]
    empty_weight_mg: Mapped[int]
    most_weight_mg: Mapped[int]
    piles: Mapped[int]
    can_be_letter: Mapped[bool]

    __table_args__ = (
        CheckConstraint("inner_width_mm > 0 AND inner_height_mm > 0 AND inner_depth_mm > 0", name="sizes"),
        CheckConstraint("empty_weight_mg > 0 AND empty_weight_mg < most_weight_mg", name="weights"),
        CheckConstraint("most_weight_mg <= 30000000", name="most_weight"),
        CheckConstraint("NOT can_be_letter OR most_weight_mg <= 2000000", name="letter_weight"),
        CheckConstraint("piles > 0", name="piles"),
    )

    @property
    def kind(self) -> PostKind:
        return PostKind.LETTER if self.can_be_letter else PostKind.PARCEL


class PostageRate(Model):
    """What a letter or a parcel of at most `up_to_g` grams costs within Belgium, in cents; None: not known.

    `to_be_checked`: a first price of the starter catalogue, which nobody has compared with the carrier's.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PostKind] = mapped_column(choice(PostKind))
    up_to_g: Mapped[int]
    price_cents: Mapped[int | None]
    to_be_checked: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("kind", "up_to_g", name="uq_postage_rate_kind_up_to_g"),
        CheckConstraint("kind IN ('letter', 'parcel')", name="kind"),
        CheckConstraint("up_to_g > 0 AND up_to_g <= 30000", name="up_to"),
        CheckConstraint("price_cents > 0", name="price"),
    )


class UnknownPackaging(NotFound):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooLargeToPost(Refused):
    """One copy alone is too heavy (30 kg with box and slip) or too thick for every packaging there is."""

    def __init__(self, code: str, unit_weight_mg: int, unit_thickness_um: int) -> None:
        super().__init__(code, unit_weight_mg, unit_thickness_um)
        self.code = code
        self.unit_weight_mg = unit_weight_mg
        self.unit_thickness_um = unit_thickness_um


class DoesNotFit(Refused):
    """These copies do not go into this packaging: too heavy (mg), too thick (µm, copies and slips), or both."""

    def __init__(self, packaging: str, *, weight_mg: int, most_mg: int, height_um: int, most_um: int) -> None:
        super().__init__(packaging, weight_mg, most_mg, height_um, most_um)
        self.packaging = packaging
        self.weight_mg, self.most_mg = weight_mg, most_mg
        self.height_um, self.most_um = height_um, most_um


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A number of a packaging that is not allowed: `field` must be from `least` to `most`, both included."""

    field: str
    value: int
    least: int
    most: int


class ImpossiblePackaging(Refused):
    """All numbers that are wrong."""

    def __init__(self, code: str, faults: tuple[OutOfRange, ...]) -> None:
        super().__init__(code, faults)
        self.code = code
        self.faults = faults


class StepProblem(enum.Enum):
    NO_STEPS = "no_steps"  # the table is empty
    WEIGHT = "weight"  # under 1 g, or above what the post takes
    NOT_ASCENDING = "not_ascending"  # not heavier than the step before
    STOPS_SHORT = "stops_short"  # the last step does not reach what the post takes
    PRICE = "price"  # nothing, less than nothing, or more than MOST_PRICE_CENTS
    CHEAPER = "cheaper"  # heavier, but cheaper than a lighter step


@dataclass(frozen=True, slots=True)
class StepFault:
    """What is wrong with the step at `position` (from 1; 0: the table), its value and what bounds it (g or cents)."""

    position: int
    problem: StepProblem
    value: int | None
    bound: int | None


class ImpossibleSteps(Refused):
    """All steps that are wrong."""

    def __init__(self, kind: PostKind, faults: tuple[StepFault, ...]) -> None:
        super().__init__(kind, faults)
        self.kind = kind
        self.faults = faults
