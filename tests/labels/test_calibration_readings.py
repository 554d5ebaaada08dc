from io import BytesIO
from pathlib import Path

import pytest

from labels import (
    EXACT,
    SHEETS,
    BadProfile,
    PrinterProfile,
    get_sheet,
    load_profile,
    print_ruler,
    print_window_ruler,
    profile_from_ruler,
    save_profile,
)
from labels.calibration_readings import crosses
from tests.labels.pdf_reading import about, picture_of, text_of, words_of


@pytest.mark.parametrize("name", [*SHEETS, "62x60"])
def test_every_stock_has_a_ruler_page_of_its_own_size(name: str) -> None:
    sheet, out = get_sheet(name), BytesIO()
    print_ruler(sheet, out=out)
    assert name in text_of(out.getvalue())
    assert about(out.getvalue())["Pages"] == "1"
    for word in words_of(out.getvalue()):
        assert word.box.x >= 0
        assert word.box.y >= 0
        assert word.box.right <= sheet.page[0]
        assert word.box.bottom <= sheet.page[1]


def test_the_outline_of_a_label_is_drawn_where_the_label_is() -> None:
    sheet, out, dpi = get_sheet("L7163"), BytesIO(), 200
    print_ruler(sheet, out=out)
    picture = picture_of(out.getvalue(), dpi=dpi)
    box = sheet.position(13)
    for x, y in ((box.x, box.y + 20), (box.right, box.y + 20), (box.x + 20, box.bottom)):
        spot = [round(mm / 25.4 * dpi) for mm in (x, y)]
        zone = picture.crop((spot[0] - 1, spot[1] - 1, spot[0] + 2, spot[1] + 2))
        assert min(zone.tobytes()) < 120


def test_two_crosses_tell_the_scale_too() -> None:
    # A printer that draws everything 0.5 % too large, then 2 mm to the left and 1 mm down.
    sheet = get_sheet("L7160")
    readings = []
    for x, y in crosses(sheet):
        # where on the printed ruler the true edge falls
        readings.append(((x + 2) / 1.005 - x, (y - 1) / 1.005 - y))
    profile = profile_from_ruler(sheet, *readings)
    for x, y in crosses(sheet):
        sent_x, sent_y = profile.scale_x * x + profile.x, profile.scale_y * y + profile.y
        assert sent_x * 1.005 - 2 == pytest.approx(x)
        assert sent_y * 1.005 + 1 == pytest.approx(y)


def test_a_profile_is_kept_in_a_file_of_numbers(tmp_path: Path) -> None:
    profile = PrinterProfile(1.5, -0.5, 1.002, 0.999)
    save_profile(profile, tmp_path / "kitchen.json")
    assert load_profile(tmp_path / "kitchen.json") == profile
    (tmp_path / "empty.json").write_text("{}")
    assert load_profile(tmp_path / "empty.json") == EXACT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1, 2]",
        '{"x": "1"}',
        '{"x": true}',
        '{"left": 1}',
        '{"x": 21}',
        '{"scale_y": 2}',
        '{"edge": -1}',
        '{"x": NaN}',
    ],
)
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(BadProfile):
        load_profile(path)


def test_a_profile_may_say_that_the_printer_reaches_further(tmp_path: Path) -> None:
    sheet = get_sheet("3474")
    assert sheet.safe_box(1).x == pytest.approx(4.3)
    assert sheet.reached_by(0).safe_box(1).x == pytest.approx(3)
    assert sheet.reached_by(8).safe_box(1).x == pytest.approx(8)
    assert sheet.reached_by(EXACT.edge) is sheet


def test_the_window_has_a_ruler_page_too() -> None:
    out = BytesIO()
    print_window_ruler(out=out)
    assert "20 · 45 · 85 · 40 mm" in text_of(out.getvalue())
