"""Computes the profile of a printer from what was read at the two crosses of its ruler page.

A printer draws what should be at `p` at `scale * p + shift`; the profile is the opposite of that. Each axis has two
readings, as far apart as the page allows: labels lie too close together to measure a scale from.
"""

from enum import Enum

from labels.printer_profiles import PrinterProfile, is_likely_scale
from labels.refusals import BadProfile
from labels.sheets import LabelSheet

READ_TO = 0.25  # mm: how well a ruler with millimetres is read
REACH = 10.0  # mm that the printed rulers go to either side
_INSIDE_A4, _INSIDE_SINGLE = 20.0, 10.0  # mm from the edges of the paper to a cross
_MEASURABLE = 40.0  # mm between the crosses: on less, a reading's error is larger than any scale
_ALIKE = 0.01  # scales of both axes that differ less have one cause

Point = tuple[float, float]


class Cause(Enum):
    """What is most likely wrong when the scale is one that no printer has."""

    NOT_AT_100_PERCENT = "la page a sans doute été imprimée « ajustée à la page » : imprimez-la à 100 %, puis relisez"
    SIGN = "un signe est sans doute faux : vers la droite et vers le bas, c’est positif"
    MISREAD = "une lecture est fausse de plusieurs millimètres : les deux croix sont-elles échangées ?"


class UnlikelyScale(BadProfile):
    """Two readings that would stretch a page as no printer does; `scale_x` and `scale_y` are the printer's."""

    def __init__(self, scale_x: float, scale_y: float, cause: Cause) -> None:
        super().__init__(f"l’imprimante agrandirait à {scale_x:.1%} × {scale_y:.1%} : {cause.value}")
        self.scale_x = scale_x
        self.scale_y = scale_y
        self.cause = cause


def cross_inset(sheet: LabelSheet) -> float:
    """How far the crosses are from the edges of the paper, in mm: what is held against a ruler."""
    return _INSIDE_SINGLE if sheet.is_single else _INSIDE_A4


def crosses(sheet: LabelSheet) -> tuple[Point, Point]:
    """The points that are read, in mm: near the upper left and the lower right corner of the page."""
    inset, (width, height) = cross_inset(sheet), sheet.page
    return (inset, inset), (width - inset, height - inset)


def profile_from_ruler(sheet: LabelSheet, near: Point, far: Point | None = None) -> PrinterProfile:
    """The profile that puts right what was read: x and y in mm at cross 1, and at cross 2 if they differ.

    Raises `BadProfile` when no printer is so far off: `UnlikelyScale`, with the likely cause, when it is the scale.
    """
    if not all(abs(reading) <= REACH for reading in (*near, *(far or ()))):
        raise BadProfile(f"les règles de la page vont de −{REACH:g} à {REACH:g} mm")
    if far is None:
        return PrinterProfile(*near)
    first, second = crosses(sheet)
    (scale_x, x), (scale_y, y) = (_line(first[axis], second[axis], near[axis], far[axis]) for axis in (0, 1))
    if not (is_likely_scale(scale_x) and is_likely_scale(scale_y)):
        raise UnlikelyScale(1 / scale_x, 1 / scale_y, _cause(sheet, near, far, (scale_x, scale_y)))
    return PrinterProfile(x=x, y=y, scale_x=scale_x, scale_y=scale_y)


def possible_error(sheet: LabelSheet) -> float:
    """How far off, in mm, a label may still be anywhere on the page when both crosses were read to `READ_TO`."""
    first, second = crosses(sheet)
    return max(_spread(second[axis] - first[axis], sheet.page[axis]) for axis in (0, 1)) * READ_TO


def _spread(apart: float, length: float) -> float:
    """How much larger the error of two readings is at the edge of the page; one mean of both is as good as each."""
    return length / apart if apart >= _MEASURABLE else 1.0


def _line(first: float, second: float, near: float, far: float) -> tuple[float, float]:
    """Scale and shift that put both readings of one axis right; where they are too close, their mean as the shift."""
    if second - first < _MEASURABLE:
        return 1.0, (near + far) / 2
    scale = 1 + (far - near) / (second - first)
    return scale, near - (scale - 1) * first


def _cause(sheet: LabelSheet, near: Point, far: Point, scales: Point) -> Cause:
    if not any(map(is_likely_scale, scales)) and abs(scales[0] - scales[1]) <= _ALIKE:
        return Cause.NOT_AT_100_PERCENT
    first, second = crosses(sheet)
    turned = (_line(first[axis], second[axis], -near[axis], far[axis])[0] for axis in (0, 1))
    if all(is_likely_scale(scale) or is_likely_scale(other) for scale, other in zip(scales, turned, strict=True)):
        return Cause.SIGN
    return Cause.MISREAD
