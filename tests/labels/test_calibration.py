"""A printer that draws amiss is measured on its ruler page and put right."""

from io import BytesIO

import pytest
from PIL import Image

from labels import (
    DEFAULT,
    EXACT,
    SHEETS,
    BadProfile,
    Cause,
    LabelSheet,
    PrinterProfile,
    UnlikelyScale,
    get_sheet,
    possible_error,
    print_ruler,
    profile_from_ruler,
)
from labels.calibration_readings import Point, crosses
from tests.labels.pdf_reading import picture_of, words_of

DPI = 200
MADE_UP = PrinterProfile(x=1.0, y=-0.7, scale_x=0.995, scale_y=0.995)
EVERY_STOCK = [*SHEETS, "62x30", "62x100"]


def after(printer: PrinterProfile, correction: PrinterProfile) -> PrinterProfile:
    """What comes out of a printer when a page was drawn with this correction."""
    return PrinterProfile(
        x=printer.scale_x * correction.x + printer.x,
        y=printer.scale_y * correction.y + printer.y,
        scale_x=printer.scale_x * correction.scale_x,
        scale_y=printer.scale_y * correction.scale_y,
    )


def printed_crosses(sheet: LabelSheet, printer: PrinterProfile) -> list[Point]:
    """Where the two crosses are on the paper, in mm, as one sees them in a picture of the page."""
    out = BytesIO()
    print_ruler(sheet, profile=printer, out=out)
    picture = picture_of(out.getvalue(), dpi=DPI)
    return [_seen_near(picture, point) for point in crosses(sheet)]


def _seen_near(picture: Image.Image, point: Point) -> Point:
    """The darkest column and the darkest row round a point: the two long lines of its cross."""
    reach = 3.0  # mm
    left, top = (round((mm - reach) / 25.4 * DPI) for mm in point)
    side = round(2 * reach / 25.4 * DPI)
    zone = picture.crop((left, top, left + side, top + side))
    columns = zone.resize((side, 1), Image.Resampling.BOX).tobytes()
    rows = zone.resize((1, side), Image.Resampling.BOX).tobytes()
    return tuple((start + _centre(line)) * 25.4 / DPI for start, line in ((left, columns), (top, rows)))  # type: ignore[return-value]


def _centre(line: bytes) -> float:
    """The middle of the darkest two or three pixels."""
    darkest = min(range(1, len(line) - 1), key=line.__getitem__)
    weights = {place: 255 - line[place] for place in (darkest - 1, darkest, darkest + 1)}
    return sum((place + 0.5) * weight for place, weight in weights.items()) / sum(weights.values())


def readings(sheet: LabelSheet, printer: PrinterProfile) -> list[Point]:
    """What somebody reads: how far to the right and down of each printed cross it should have been."""
    seen = printed_crosses(sheet, printer)
    return [
        (round((right - x) * 4) / 4, round((down - y) * 4) / 4)
        for (right, down), (x, y) in zip(crosses(sheet), seen, strict=True)
    ]


@pytest.mark.parametrize("name", EVERY_STOCK)
def test_a_made_up_printer_is_read_and_put_right(name: str) -> None:
    sheet = get_sheet(name)
    seen = [
        (right - x, down - y)
        for (right, down), (x, y) in zip(crosses(sheet), printed_crosses(sheet, MADE_UP), strict=True)
    ]
    put_right = after(MADE_UP, profile_from_ruler(sheet, *seen))
    for n in (1, sheet.count):
        box = sheet.position(n)
        for x, y in ((box.x, box.y), (box.right, box.bottom)):
            assert put_right.scale_x * x + put_right.x == pytest.approx(x, abs=0.2)
            assert put_right.scale_y * y + put_right.y == pytest.approx(y, abs=0.2)
    for (x, y), (wanted_x, wanted_y) in zip(printed_crosses(sheet, put_right), crosses(sheet), strict=True):
        assert x == pytest.approx(wanted_x, abs=0.2)
        assert y == pytest.approx(wanted_y, abs=0.2)


def test_readings_to_the_quarter_of_a_millimetre_do_as_well_as_is_said() -> None:
    put_right = after(MADE_UP, profile_from_ruler(DEFAULT, *readings(DEFAULT, MADE_UP)))
    for n in range(1, DEFAULT.count + 1):
        box = DEFAULT.position(n)
        assert put_right.scale_x * box.x + put_right.x == pytest.approx(box.x, abs=possible_error(DEFAULT))
        assert put_right.scale_y * box.bottom + put_right.y == pytest.approx(box.bottom, abs=possible_error(DEFAULT))


@pytest.mark.parametrize("name", EVERY_STOCK)
def test_the_crosses_are_as_far_apart_as_the_page_allows(name: str) -> None:
    sheet = get_sheet(name)
    (x1, y1), (x2, y2) = crosses(sheet)
    for first, second, length in ((x1, x2, sheet.page[0]), (y1, y2, sheet.page[1])):
        assert second - first > length * 0.8 or (second - first == length - 20 and length < 110)
    assert possible_error(sheet) <= 0.4


@pytest.mark.parametrize("name", EVERY_STOCK)
def test_one_reading_off_by_half_a_millimetre_never_moves_a_label_by_more_than_one(name: str) -> None:
    sheet = get_sheet(name)
    profile = profile_from_ruler(sheet, (0, 0), (0.5, -0.5))
    for n in (1, sheet.count):
        box = sheet.position(n)
        assert abs(profile.scale_x * box.x + profile.x - box.x) <= 1
        assert abs(profile.scale_y * box.bottom + profile.y - box.bottom) <= 1


def test_one_cross_alone_says_how_far_the_print_must_move() -> None:
    assert profile_from_ruler(DEFAULT, (1.5, -0.5)) == PrinterProfile(1.5, -0.5)


def test_a_roll_too_short_to_measure_a_scale_takes_the_mean_of_both_crosses() -> None:
    assert profile_from_ruler(get_sheet("99012"), (0, 1), (0, 2)) == PrinterProfile(0, 1.5)


@pytest.mark.parametrize(
    ("near", "far", "cause"),
    [
        ((-3.5, -5), (3.5, 5), Cause.NOT_AT_100_PERCENT),  # 96 % of the size, in the middle of the page
        ((3, 4), (-3, -4.9), Cause.NOT_AT_100_PERCENT),
        ((-4, 0), (4, 0), Cause.SIGN),
        ((0, 5), (0, -5), Cause.SIGN),
        ((0, 0), (9, 0), Cause.MISREAD),
        ((0, -1), (0, -10), Cause.MISREAD),
    ],
)
def test_a_scale_that_no_printer_has_is_refused_with_its_likely_cause(near: Point, far: Point, cause: Cause) -> None:
    with pytest.raises(UnlikelyScale) as refusal:
        profile_from_ruler(DEFAULT, near, far)
    assert refusal.value.cause is cause


def test_scales_up_to_three_per_cent_are_taken() -> None:
    (x1, _), (x2, _) = crosses(DEFAULT)
    assert profile_from_ruler(DEFAULT, (0, 0), ((x2 - x1) * 0.029, 0)).scale_x == pytest.approx(1.029)
    with pytest.raises(UnlikelyScale):
        profile_from_ruler(DEFAULT, (0, 0), ((x2 - x1) * 0.031, 0))
    for scale in (0.969, 1.031, float("nan")):
        with pytest.raises(BadProfile):
            PrinterProfile(scale_x=scale)


def test_a_reading_beyond_the_printed_rulers_is_refused() -> None:
    with pytest.raises(BadProfile):
        profile_from_ruler(DEFAULT, (0, 10.5))
    with pytest.raises(BadProfile):
        profile_from_ruler(DEFAULT, (0, 0), (float("nan"), 0))


@pytest.mark.parametrize("name", EVERY_STOCK)
def test_the_digits_of_the_rulers_do_not_overprint(name: str) -> None:
    out = BytesIO()
    print_ruler(get_sheet(name), profile=EXACT, out=out)
    boxes = [(word.text, word.box) for word in words_of(out.getvalue())]
    for place, (text, one) in enumerate(boxes):
        for other_text, other in boxes[place + 1 :]:
            apart = (
                one.right <= other.x + 0.05
                or other.right <= one.x + 0.05
                # letters fill some 6 tenths of the height that poppler gives
                or one.bottom - one.height * 0.2 <= other.y + other.height * 0.2
                or other.bottom - other.height * 0.2 <= one.y + one.height * 0.2
            )
            assert apart, f"{text} on {other_text}"
