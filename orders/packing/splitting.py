"""Letter or parcel: how the copies of an order become envelopes and boxes (docs/decisions/0006-letter-or-parcel.md).

One letter where everything goes into one; else as few boxes as possible, and a letter for the rest where it fits.
Nothing here reads or writes a database: the packagings are given.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from orders.catalogue.models import Publication
from orders.packing.models import LIMITS, DoesNotFit, Packaging, PostKind, TooLargeToPost
from orders.packing.stack_height import highest_pile_um

SLIP_WEIGHT_MG = 5_000  # a sheet of A4 of 80 g/m²: 4.99 g
SLIP_THICKNESS_UM = 200  # the same sheet, folded once: two layers of 0.1 mm
# Both sides of an envelope of 120 g/m², 0.15 mm each: the post measures the outside. With the slip that leaves
# 29.5 mm for copies of the 30: two piles of 12 manuals (27.6 mm) are a letter, one of 13 (29.9 mm) is not.
ENVELOPE_THICKNESS_UM = 300


@dataclass(frozen=True, slots=True)
class Item:
    """Copies of one publication, and what one of them weighs (mg) and measures (µm)."""

    code: str
    copies: int
    unit_weight_mg: int
    unit_thickness_um: int

    def __post_init__(self) -> None:
        if self.copies < 0 or self.unit_weight_mg <= 0 or self.unit_thickness_um <= 0:
            raise ValueError(f"not copies of a printed thing: {self}")

    @classmethod
    def of(cls, publication: Publication, copies: int) -> "Item":
        return cls(publication.code, copies, publication.unit_weight_mg, publication.unit_thickness_um)


@dataclass(frozen=True, slots=True)
class PackedParcel:
    """One envelope or box, filled. `weight_mg` is everything: copies, slips and the packaging itself.

    `thickness_um` is what the post measures of an envelope, outside; of a box, how high it is filled.
    """

    packaging: Packaging
    contents: Mapping[str, int]
    weight_mg: int
    thickness_um: int

    @property
    def kind(self) -> PostKind:
        return self.packaging.kind


def split(items: Iterable[Item], packagings: Sequence[Packaging], *, slips: int = 1) -> tuple[PackedParcel, ...]:
    """Put every copy into a parcel: as few parcels as the order of filling allows, the rest in a letter if it can be.

    Filled one after the other, thickest publication first, each as full as it gets. `slips` go into every parcel:
    one for each order in it. Nothing to pack is no parcel. Refuses (`TooLargeToPost`) only what cannot be split.
    More copies never give fewer parcels: leaving copies out of a parcel that closes leaves one that closes.
    """
    left = sorted(_together(items), key=lambda item: (-item.unit_thickness_um, item.code))
    parcels = []
    while left:
        taken, left = _fill(left, packagings, slips)
        packaging = smallest(taken, packagings, slips) if taken else None
        if packaging is None:
            raise TooLargeToPost(left[0].code, left[0].unit_weight_mg, left[0].unit_thickness_um)
        parcels.append(_filled(taken, packaging, slips))
    return tuple(parcels)


def pack(items: Iterable[Item], packaging: Packaging, *, slips: int = 1) -> PackedParcel:
    """Put these copies into this packaging because somebody wants it so, or refuse with `DoesNotFit`."""
    together = _together(items)
    if not fits(together, packaging, slips=slips):
        raise DoesNotFit(
            packaging.code,
            weight_mg=_weight_mg(together, packaging, slips),
            most_mg=packaging.most_weight_mg,
            height_um=highest_pile_um(together, packaging.piles) + slips * SLIP_THICKNESS_UM,
            most_um=_room_um(packaging),
        )
    return _filled(together, packaging, slips)


def fits(items: Sequence[Item], packaging: Packaging, *, slips: int = 1) -> bool:
    """Whether the packaging closes on these copies and slips, and the post still takes it as what it is."""
    if _weight_mg(items, packaging, slips) > packaging.most_weight_mg:
        return False
    room = _room_um(packaging) - slips * SLIP_THICKNESS_UM
    if sum(item.copies * item.unit_thickness_um for item in items) > packaging.piles * room:
        return False
    return highest_pile_um(items, packaging.piles) <= room


def _room_um(packaging: Packaging) -> int:
    """How thick copies and slips may be together."""
    inside = packaging.inner_depth_mm * 1_000
    if packaging.kind is PostKind.PARCEL:
        return inside
    return min(inside, LIMITS[PostKind.LETTER].sides_mm[2] * 1_000 - ENVELOPE_THICKNESS_UM)


def _weight_mg(items: Sequence[Item], packaging: Packaging, slips: int) -> int:
    copies = sum(item.copies * item.unit_weight_mg for item in items)
    return packaging.empty_weight_mg + slips * SLIP_WEIGHT_MG + copies


def _filled(items: Sequence[Item], packaging: Packaging, slips: int) -> PackedParcel:
    envelope = ENVELOPE_THICKNESS_UM if packaging.kind is PostKind.LETTER else 0
    return PackedParcel(
        packaging=packaging,
        contents={item.code: item.copies for item in items},
        weight_mg=_weight_mg(items, packaging, slips),
        thickness_um=highest_pile_um(items, packaging.piles) + slips * SLIP_THICKNESS_UM + envelope,
    )


def smallest(items: Sequence[Item], packagings: Iterable[Packaging], slips: int) -> Packaging | None:
    """A letter if it can be one, and then the lightest that closes: a lighter letter may be a cheaper one."""
    closing = [packaging for packaging in packagings if fits(items, packaging, slips=slips)]
    return min(closing, key=lambda each: (not each.can_be_letter, each.empty_weight_mg, each.code), default=None)


def _fill(left: Sequence[Item], packagings: Sequence[Packaging], slips: int) -> tuple[list[Item], list[Item]]:
    """What goes into the next parcel, and what is left: as much as any packaging takes, in the order given."""
    taken: list[Item] = []
    for position, item in enumerate(left):
        copies = _most(item, taken, packagings, slips)
        if copies:
            taken.append(replace(item, copies=copies))
        if copies < item.copies:
            rest = replace(item, copies=item.copies - copies)
            return taken, [rest, *left[position + 1 :]]
    return taken, []


def _most(item: Item, beside: Sequence[Item], packagings: Sequence[Packaging], slips: int) -> int:
    """How many copies of this item some packaging takes beside the others."""

    def is_too_many(copies: int) -> bool:
        items = [*beside, replace(item, copies=copies)]
        return not any(fits(items, packaging, slips=slips) for packaging in packagings)

    return bisect_left(range(1, item.copies + 1), True, key=is_too_many)


def _together(items: Iterable[Item]) -> list[Item]:
    """Each publication once, without those of which there are no copies."""
    together: dict[str, Item] = {}
    for item in items:
        before = together.setdefault(item.code, replace(item, copies=0))
        if replace(before, copies=item.copies) != item:
            raise ValueError(f"copies of {item.code} differ in weight or thickness")
        together[item.code] = replace(item, copies=before.copies + item.copies)
    return [item for item in together.values() if item.copies]
