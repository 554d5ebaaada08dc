"""Printer profiles: how far a printer shifts and stretches a page, so that it can be corrected.

Print the ruler page (`print_ruler`), read off where its two crosses are, and keep the numbers here.
"""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from labels.refusals import BadProfile

MOST_SHIFT = 20.0  # mm
LEAST_SCALE, MOST_SCALE = 0.97, 1.03  # a working printer stretches by some thousandths


def is_likely_scale(scale: float) -> bool:
    """Whether a printer may stretch the page so much."""
    return LEAST_SCALE <= scale <= MOST_SCALE


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """`x`, `y`: mm to move everything right and down; `scale_x`, `scale_y`: factors from the top left corner.

    `edge` replaces the white border (mm) that the sheet assumes the printer cannot reach.
    Raises `BadProfile` for values that no printer has.
    """

    x: float = 0.0
    y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    edge: float | None = None

    def __post_init__(self) -> None:
        if not (abs(self.x) <= MOST_SHIFT and abs(self.y) <= MOST_SHIFT):
            raise BadProfile(f"x et y déplacent l’impression de {MOST_SHIFT:g} mm au plus")
        if not (is_likely_scale(self.scale_x) and is_likely_scale(self.scale_y)):
            raise BadProfile(f"scale_x et scale_y vont de {LEAST_SCALE} à {MOST_SCALE}")
        if self.edge is not None and not 0 <= self.edge <= 20:
            raise BadProfile("edge va de 0 à 20 mm")


EXACT = PrinterProfile()


def load_profile(path: Path) -> PrinterProfile:
    """Read a profile from a JSON file such as `{"x": 1.5, "y": -0.5}`. Raises `BadProfile`, or `OSError`."""
    try:
        values = json.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise BadProfile(f"{path.name} n’est pas du JSON : {error}") from None
    known = {field.name for field in fields(PrinterProfile)}
    if not isinstance(values, dict) or not values.keys() <= known:
        raise BadProfile(f"{path.name} peut contenir {', '.join(sorted(known))}, rien d’autre")
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values.values()):
        raise BadProfile(f"{path.name} contient une valeur qui n’est pas un nombre")
    return PrinterProfile(**values)


def save_profile(profile: PrinterProfile, path: Path) -> None:
    """Write `profile` as the JSON that `load_profile` reads."""
    known = {name: value for name, value in asdict(profile).items() if value is not None}
    path.write_text(json.dumps(known, indent=2) + "\n", "utf-8")
