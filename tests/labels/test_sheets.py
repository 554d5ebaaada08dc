import pytest

from labels import SHEETS, Box, ImpossibleSheet, LabelSheet, NoSuchPosition, UnknownSheet, get_sheet, roll

A4_STOCKS = [sheet for sheet in SHEETS.values() if sheet.page == (210, 297)]
EVERY_STOCK = [*SHEETS.values(), roll(30), roll(80), roll(1000)]


def named(sheet: LabelSheet) -> str:
    return sheet.name


def test_positions_run_row_by_row_from_the_top_left() -> None:
    sheet = get_sheet("L7163")
    assert [sheet.position(n)[:2] for n in (1, 2, 3, 14)] == [
        pytest.approx((4.67, 15.15)),
        pytest.approx((106.27, 15.15)),
        pytest.approx((4.67, 53.25)),
        pytest.approx((106.27, 243.75)),
    ]


@pytest.mark.parametrize("sheet", EVERY_STOCK, ids=named)
def test_labels_lie_on_the_page_and_never_on_each_other(sheet: LabelSheet) -> None:
    boxes = [sheet.position(n) for n in range(1, sheet.count + 1)]
    for box in boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= sheet.page[0] + 0.01
        assert box.bottom <= sheet.page[1] + 0.01
    for n, box in enumerate(boxes):
        for other in boxes[:n]:
            apart = box.x >= other.right - 0.01 or box.y >= other.bottom - 0.01 or other.x >= box.right - 0.01
            assert apart, (box, other)


@pytest.mark.parametrize("sheet", EVERY_STOCK, ids=named)
def test_the_safe_box_keeps_2_mm_inside_the_label_and_clear_of_what_the_printer_cannot_reach(
    sheet: LabelSheet,
) -> None:
    for n in range(1, sheet.count + 1):
        label, safe = sheet.position(n), sheet.safe_box(n)
        assert safe.x >= label.x + 2 - 1e-6
        assert safe.right <= label.right - 2 + 1e-6
        assert safe.y >= label.y + 2 - 1e-6
        assert safe.bottom <= label.bottom - 2 + 1e-6
        assert safe.x >= sheet.edge_x - 1e-6
        assert safe.right <= sheet.page[0] - sheet.edge_x + 1e-6
        assert safe.y >= sheet.edge_y - 1e-6
        assert safe.bottom <= sheet.page[1] - sheet.edge_y + 1e-6


@pytest.mark.parametrize("sheet", EVERY_STOCK, ids=named)
def test_every_position_of_a_stock_has_room_for_the_same_text(sheet: LabelSheet) -> None:
    sizes = {(round(box.width, 6), round(box.height, 6)) for box in map(sheet.safe_box, range(1, sheet.count + 1))}
    assert len(sizes) == 1


def test_office_printers_leave_4_3_mm_white() -> None:
    assert {(sheet.edge_x, sheet.edge_y) for sheet in A4_STOCKS} == {(4.3, 4.3)}


@pytest.mark.parametrize(("name", "position"), [("L7163", 0), ("L7163", 15), ("L7167", 2), ("99012", -1)])
def test_a_position_that_the_sheet_has_not_is_refused(name: str, position: int) -> None:
    with pytest.raises(NoSuchPosition, match=rf"{name} a les positions 1 à \d+, pas {position}"):
        get_sheet(name).position(position)


@pytest.mark.parametrize(
    ("typed", "meant"), [("L7136", "L7163"), ("7163", "L7163"), ("DK11208", "DK-11208"), ("99021", "99012")]
)
def test_a_misspelt_name_is_answered_with_the_nearest(typed: str, meant: str) -> None:
    with pytest.raises(UnknownSheet) as refused:
        get_sheet(typed)
    assert meant in str(refused.value)


def test_a_name_may_be_typed_in_any_case() -> None:
    assert get_sheet(" l7163 ") is SHEETS["L7163"]
    assert get_sheet("dk-11202") is SHEETS["DK-11202"]


def test_the_roll_is_cut_at_any_length_from_30_mm_to_a_metre() -> None:
    assert get_sheet("62x125").position(1) == Box(0, 0, 62, 125)
    assert get_sheet("62×300").page == (62, 300)
    for length in ("62x29", "62x1001"):
        with pytest.raises(ImpossibleSheet):
            get_sheet(length)


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        ({"width": 3}, "taille"),
        ({"columns": 0}, "une colonne"),
        ({"columns": 3, "pitch_x": 60}, "largeur"),
        ({"rows": 3, "pitch_y": 20}, "hauteur"),
        ({"left": -1}, "hors de la page"),
        ({"columns": 3, "pitch_x": 80}, "bord droit"),
        ({"rows": 20, "pitch_y": 30}, "bord inférieur"),
    ],
)
def test_impossible_geometry_is_refused_when_it_is_built(geometry: dict[str, float], why: str) -> None:
    with pytest.raises(ImpossibleSheet, match=why):
        LabelSheet(**{"name": "odd", "width": 70, "height": 30, **geometry})  # type: ignore[arg-type]
