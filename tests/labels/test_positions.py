"""Where ink falls on every position of every stock, read back from the PDF and from a rendering of it."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw

from labels import (
    SHEETS,
    AddressLabel,
    LabelSheet,
    NoSuchPosition,
    PrinterProfile,
    TooLong,
    Unprintable,
    get_sheet,
    print_addresses,
    roll,
)
from labels.sheets import PT
from tests.labels.pdf_reading import about, lines_of, picture_of, text_of, words_of

EVERY_STOCK = [*SHEETS.values(), roll(40), roll(100)]

# As many lines as bpost knows, the widest letters, accents above capitals, descenders in the last line.
FULL = (
    "Mme Wilhelmina Ŵmmmm-Ẫǻjgyq",
    "Département des Œuvres",
    "ÅŜÊ Association des Ǻmis",
    "Bâtiment Ö, 2e étage",
    "Rue de la Senne 43-45 bte 20",
    "1120 NEDER-OVER-HEEMBEEK",
    "ÇĢŲ jgpqy",
)
SHORT = ("Ǻda", "Rue 1", "5590 Çgjpy")


def printed(
    sheet: LabelSheet, labels: list[AddressLabel], *, start: int = 1, first: int = 1, last: int | None = None
) -> bytes:
    out = BytesIO()
    print_addresses(labels, sheet, start=start, first=first, last=last, out=out)
    return out.getvalue()


def full_sheet(sheet: LabelSheet) -> list[AddressLabel]:
    """A label for every position, full and short ones in turn, with everything in the corner."""
    return [
        AddressLabel(FULL if n % 2 else SHORT, sequence=9000 + n, part="2/3", sender="Groupe local, Ixelles")
        for n in range(1, sheet.count + 1)
    ]


@pytest.mark.parametrize("sheet", EVERY_STOCK, ids=lambda sheet: sheet.name)
def test_every_word_lies_inside_the_safe_box_of_its_position_to_a_tenth_of_a_mm(sheet: LabelSheet) -> None:
    words = words_of(printed(sheet, full_sheet(sheet)))
    assert len(words) > 3 * sheet.count
    boxes = [sheet.safe_box(n) for n in range(1, sheet.count + 1)]
    seen = set()
    for word in words:
        homes = [
            n
            for n, box in enumerate(boxes)
            if box.x - 0.1 <= word.box.x
            and word.box.right <= box.right + 0.1
            and box.y - 0.1 <= word.box.y
            and word.box.bottom <= box.bottom + 0.1
        ]
        assert len(homes) == 1, (word, homes)
        seen.add(homes[0])
    assert len(seen) == sheet.count


@pytest.mark.parametrize("sheet", EVERY_STOCK, ids=lambda sheet: sheet.name)
def test_no_ink_falls_within_2_mm_of_an_edge_nor_where_the_printer_cannot_reach(sheet: LabelSheet) -> None:
    dpi = 150
    picture = picture_of(printed(sheet, full_sheet(sheet)), dpi=dpi)
    forbidden = Image.new("L", picture.size, 255)
    pen = ImageDraw.Draw(forbidden)
    for n in range(1, sheet.count + 1):
        box = sheet.position(n)
        left, top = max(box.x + 2, sheet.edge_x), max(box.y + 2, sheet.edge_y)
        right = min(box.right - 2, sheet.page[0] - sheet.edge_x)
        bottom = min(box.bottom - 2, sheet.page[1] - sheet.edge_y)
        pen.rectangle([round(mm / 25.4 * dpi) for mm in (left, top, right, bottom)], fill=0)
    ink = picture.point(lambda grey: 255 if grey < 200 else 0)
    assert ink.getbbox() is not None
    assert ImageChops.darker(ink, forbidden).getbbox() is None


@pytest.mark.parametrize("sheet", EVERY_STOCK, ids=lambda sheet: sheet.name)
def test_the_page_has_the_size_of_the_paper(sheet: LabelSheet) -> None:
    width, height = about(printed(sheet, full_sheet(sheet)))["Page size"].split(" pts")[0].split(" x ")
    assert (float(width) * 25.4 / 72, float(height) * 25.4 / 72) == pytest.approx(sheet.page, abs=0.01)


def test_rows_of_one_label_never_touch_each_other_or_what_stands_in_the_corner() -> None:
    for sheet in EVERY_STOCK:
        words = words_of(printed(sheet, full_sheet(sheet)))
        for word in words:
            for other in words:
                across = min(word.box.right, other.box.right) - max(word.box.x, other.box.x)
                down = min(word.box.bottom, other.box.bottom) - max(word.box.y, other.box.y)
                assert word is other or across < 0.1 or down < 0.1, (sheet.name, word, other)


def test_the_pile_begins_at_the_start_position_of_the_first_sheet_only() -> None:
    sheet = get_sheet("L7163")
    labels = [AddressLabel((f"Nom{n}", "1050 IXELLES")) for n in range(1, 20)]
    words = [word for word in words_of(printed(sheet, labels, start=5)) if word.text.startswith("Nom")]
    places = {}
    for word in words:
        position = next(n for n in range(1, 15) if _inside(word.box, sheet.position(n)))
        places[word.text] = (word.page, position)
    assert places["Nom1"] == (1, 5)
    assert places["Nom10"] == (1, 14)
    assert places["Nom11"] == (2, 1)
    assert places["Nom19"] == (2, 9)


def _inside(box: tuple[float, float, float, float], outline: tuple[float, float, float, float]) -> bool:
    x, y, width, height = outline
    return x <= box[0] <= x + width and y <= box[1] <= y + height


@pytest.mark.parametrize("start", [0, 15, -3])
def test_a_start_position_that_the_sheet_has_not_is_refused(start: int) -> None:
    with pytest.raises(NoSuchPosition):
        printed(get_sheet("L7163"), [AddressLabel(SHORT)], start=start)


def test_a_part_of_the_pile_is_printed_again_by_its_numbers() -> None:
    labels = [AddressLabel((f"Nom{n}",), sequence=n) for n in range(1, 101)]
    again = printed(get_sheet("L7163"), labels, start=3, first=27, last=41)
    assert [line for line in text_of(again).split() if line.startswith("Nom")] == [f"Nom{n}" for n in range(27, 42)]


def test_every_pdf_asks_for_its_true_size_and_its_own_tray() -> None:
    pdf = printed(get_sheet("L7160"), [AddressLabel(SHORT)])
    assert b"/PrintScaling/None" in pdf
    assert b"/PickTrayByPDFSize true" in pdf


def test_the_sequence_number_stands_in_the_lower_right_corner_with_the_part() -> None:
    sheet = get_sheet("L7163")
    words = words_of(printed(sheet, [AddressLabel(SHORT, sequence=27, part="2/3")]))
    corner = [word for word in words if word.text in {"27", "·", "2/3"}]
    assert [word.text for word in corner] == ["27", "·", "2/3"]
    assert corner[-1].box.right == pytest.approx(sheet.safe_box(1).right, abs=0.1)
    assert corner[0].box.bottom == pytest.approx(sheet.safe_box(1).bottom, abs=0.1)
    assert corner[0].box.height * PT == pytest.approx(12 * 1.2, abs=0.1)


def test_a_number_is_small_where_a_long_address_needs_the_room() -> None:
    sheet = get_sheet("L7162")
    words = words_of(printed(sheet, [AddressLabel(FULL, sequence=27, sender="Groupe local")]))
    assert next(word for word in words if word.text == "27").box.height * PT == pytest.approx(7 * 1.2, abs=0.1)


@pytest.mark.parametrize(("lines", "size"), [(3, 14), (4, 14), (5, 12.5), (7, 8.5)])
def test_an_address_is_as_large_as_its_lines_allow(lines: int, size: float) -> None:
    address = ("Marie", *("Rue 1",) * (lines - 2), "5590 Ciney")
    words = words_of(printed(get_sheet("L7163"), [AddressLabel(address, sequence=27)]))
    assert words[0].box.height * PT == pytest.approx(size * 1.2, abs=0.1)


@pytest.mark.parametrize(
    "label",
    [
        AddressLabel(SHORT, 1, "x" * 300),
        AddressLabel(SHORT, 1, "", "ABCDEFGHIJKLMNOPQRST", barcode=True),
        AddressLabel(SHORT, sender="Expéditeur " * 20),
    ],
)
def test_what_has_no_room_beside_the_address_is_refused(label: AddressLabel) -> None:
    with pytest.raises(Unprintable) as refused:
        printed(get_sheet("DK-11208"), [label])
    assert isinstance(refused.value.refusals[0], TooLong)


def test_an_address_is_set_in_the_order_it_was_given_and_nothing_is_added() -> None:
    assert lines_of(printed(get_sheet("L7163"), [AddressLabel(FULL)])) == list(FULL)


def test_a_short_address_is_centred_in_the_height_of_the_label() -> None:
    sheet = get_sheet("L7165")
    words = words_of(printed(sheet, [AddressLabel(("Zoé", "Rue 1", "5590 CINEY"))]))
    top, bottom = min(word.box.y for word in words), max(word.box.bottom for word in words)
    label = sheet.position(1)
    assert top - label.y == pytest.approx(label.bottom - bottom, abs=0.3)


def test_a_profile_moves_and_stretches_everything_from_the_top_left_corner() -> None:
    sheet = get_sheet("L7163")
    labels = full_sheet(sheet)
    exact = words_of(printed(sheet, labels))
    out = BytesIO()
    print_addresses(labels, sheet, out=out, profile=PrinterProfile(x=1.5, y=-0.75, scale_x=1.002, scale_y=0.996))
    moved = words_of(out.getvalue())
    assert len(exact) == len(moved)
    for before, after in zip(exact, moved, strict=True):
        assert after.box.x == pytest.approx(before.box.x * 1.002 + 1.5, abs=0.02)
        assert after.box.y == pytest.approx(before.box.y * 0.996 - 0.75, abs=0.02)
