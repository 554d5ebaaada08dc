"""How high copies stand when they lie side by side in piles, as evenly as they can."""

from collections.abc import Sequence
from typing import Protocol


class Pileable(Protocol):
    @property
    def copies(self) -> int: ...

    @property
    def unit_thickness_um(self) -> int: ...


def highest_pile_um(items: Sequence[Pileable], piles: int) -> int:
    """The height of the highest pile, in µm. More copies never make it lower.

    Exact for one pile, for two, and for copies of one publication. In three piles or more (a box) each publication
    is spread over all piles by itself, in layers, as people fill a box: at most one copy of each above the best.
    """
    if piles == 2:
        return _higher_of_two(items)
    return sum(-(-item.copies // piles) * item.unit_thickness_um for item in items)


def _higher_of_two(items: Sequence[Pileable]) -> int:
    """The least height of the higher of two piles: bit n of `heights` says that a pile of n µm can be made."""
    whole, heights = 0, 1
    for item in items:
        left, together = item.copies, 1
        while left:  # 1, 2, 4 … copies at a time: every number of copies is a sum of some of them
            together = min(together, left)
            heights |= heights << together * item.unit_thickness_um
            left -= together
            together *= 2
        whole += item.copies * item.unit_thickness_um
    half = (whole + 1) // 2
    above = heights >> half
    return half + (above & -above).bit_length() - 1
