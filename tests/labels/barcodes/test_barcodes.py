import random
from functools import cache
from io import BytesIO
from statistics import NormalDist

import pytest
from PIL import Image, ImageChops

from labels import (
    SHEETS,
    AddressLabel,
    BadReference,
    NoRoomForBarcode,
    Slip,
    Unprintable,
    get_sheet,
    print_addresses,
    print_slips,
)
from labels.barcodes.code128 import bars, check_value, is_encodable, modules, placed, spelled
from labels.pdf.drawing import Ink
from labels.print_job import job
from labels.printer_profiles import EXACT
from labels.sheets import A4, PT
from tests.labels.pdf_reading import lines_of, picture_of, scanned, text_of, words_of

LETTERS = "BCDEFGHJKLNPRSTVX"
SHEET = get_sheet("L7163")


def references(count: int, seed: int) -> list[str]:
    letters = random.Random(seed)
    return ["".join(letters.choices(LETTERS, k=8)) for _ in range(count)]


def sheet_of(wanted: list[str]) -> bytes:
    """A sheet of labels with these references."""
    out = BytesIO()
    address = ("Mme Marie Dupont", "Rue de la Senne 32", "5590 CINEY")
    labels = [AddressLabel(address, n, "", reference, barcode=True) for n, reference in enumerate(wanted, 1)]
    print_addresses(labels, SHEET, out=out)
    return out.getvalue()


def page_of_bars(wanted: list[str], pitch: float) -> bytes:
    """References on an A4 page, four in a row, with bars as high as on a label; a row each `pitch` mm."""
    out = BytesIO()
    with job(out, A4, EXACT, title="", language="fr") as begun:
        ink = Ink(A4[1], begun.used)
        for n, reference in enumerate(wanted):
            row, column = divmod(n, 4)
            ink.raw(bars(reference, placed(*ink.point(8 + column * 49.3, 18.1 + row * pitch), 7 * PT)))
        begun.add_page(ink.content())
    return out.getvalue()


def spoilt(picture: Image.Image, turned: float, noise: float = 4) -> Image.Image:
    """A page that lies askew by so many degrees, under Gaussian noise of so many grey levels; always the same."""
    askew = picture.rotate(turned, resample=Image.Resampling.BILINEAR, fillcolor=255)
    return ImageChops.add(askew, grains(askew.size, noise), 1, -128)


@cache
def grains(size: tuple[int, int], noise: float) -> Image.Image:
    """The noise of a page."""
    bell = [round(128 + noise * NormalDist().inv_cdf((byte + 0.5) / 256)) for byte in range(256)]
    return Image.frombytes("L", size, random.Random(5).randbytes(size[0] * size[1])).point(bell)


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_thousand_references_are_all_read_at_the_resolution_of_printers(dpi: int) -> None:
    wanted = references(1000, seed=dpi)
    for start in range(0, 1000, 200):
        page = wanted[start : start + 200]
        picture = picture_of(page_of_bars(page, pitch=5.45), dpi=dpi)
        assert scanned(picture, "code128", every=6) == {f"CODE-128:{each}" for each in page}


@pytest.mark.parametrize("dpi", [203, 300])
def test_they_are_all_read_when_the_paper_lies_askew_and_the_picture_is_noisy(dpi: int) -> None:
    wanted = references(1000, seed=7)
    for start in range(0, 1000, 100):
        page = wanted[start : start + 100]
        picture = spoilt(picture_of(page_of_bars(page, pitch=10.9), dpi=dpi), 1 if start % 200 else -1)
        assert scanned(picture, "code128", every=2) == {f"CODE-128:{each}" for each in page}


@pytest.mark.parametrize("dpi", [203, 300])
def test_every_label_of_a_sheet_is_read_straight_and_askew(dpi: int) -> None:
    wanted = references(14, seed=11)
    picture = picture_of(sheet_of(wanted), dpi=dpi)
    for seen in (picture, spoilt(picture, 1)):
        assert scanned(seen, "code128") == {f"CODE-128:{each}" for each in wanted}


def test_the_reference_of_a_slip_is_read_and_spelled() -> None:
    out = BytesIO()
    print_slips([Slip(("Zoé", "1000 BRUXELLES"), "KLNBRTVX", 1, "", "fr", ())], out=out)
    assert "CODE-128:KLNBRTVX" in scanned(picture_of(out.getvalue(), dpi=203))
    assert "KLNB-RTVX" in lines_of(out.getvalue())


def test_a_label_shows_the_reference_in_letters_beside_its_number() -> None:
    pdf = sheet_of(["KLNBRTVX"])
    assert lines_of(pdf)[-1].split() == ["KLNB-RTVX", "1"]


def test_bars_leave_no_garbage_when_text_is_copied_out() -> None:
    pdf = sheet_of(["KLNBRTVX"])
    assert text_of(pdf).split() == [
        "Mme",
        "Marie",
        "Dupont",
        "Rue",
        "de",
        "la",
        "Senne",
        "32",
        "5590",
        "CINEY",
        "KLNB-RTVX",
        "1",
    ]


@pytest.mark.parametrize("name", [name for name, sheet in SHEETS.items() if sheet.width >= 89 and sheet.height >= 38])
def test_bars_lie_in_the_safe_box_with_their_quiet_zone_on_the_label(name: str) -> None:
    sheet = SHEETS[name]
    out = BytesIO()
    lines = ("Mme Marie Dupont", "École", "Département", "Rue de la Senne 32", "5590 CINEY")
    print_addresses([AddressLabel(lines, 1, "", "KLNBRTVX", barcode=True)], sheet, out=out)
    dpi = 300
    picture = picture_of(out.getvalue(), dpi=dpi)
    assert scanned(picture) == {"CODE-128:KLNBRTVX"}
    safe, label = sheet.safe_box(1), sheet.position(1)
    edges = [round(mm / 25.4 * dpi) for mm in (label.x, safe.bottom - 6, safe.x + 33, safe.bottom - 1)]
    zone = picture.crop((edges[0], edges[1], edges[2], edges[3]))
    left, _, right, _ = zone.point(lambda grey: 255 if grey < 128 else 0).getbbox() or (0, 0, 0, 0)
    assert left / dpi * 25.4 >= 2.5  # ten modules of white on the label itself
    assert (right - left) / dpi * 25.4 == pytest.approx(modules("KLNBRTVX") * 0.25, abs=0.15)
    lowest = max(word.box.bottom for word in words_of(out.getvalue()) if word.text == "CINEY")
    assert lowest < safe.bottom - 7


def test_a_stock_that_is_too_small_for_bars_is_refused() -> None:
    with pytest.raises(NoRoomForBarcode, match="L7160"):
        print_addresses([AddressLabel(("Zoé",), reference="KLNBRTVX", barcode=True)], get_sheet("L7160"), out=BytesIO())


@pytest.mark.parametrize("reference", ["", "KLNB-RTVX", "É", "A" * 21, "A B"])
def test_a_reference_that_cannot_be_bars_is_refused(reference: str) -> None:
    assert not is_encodable(reference)
    with pytest.raises(Unprintable) as refused:
        print_addresses([AddressLabel(("Zoé",), reference=reference, barcode=True)], SHEET, out=BytesIO())
    assert refused.value.refusals == [BadReference(1, reference)]


def test_the_check_symbol_is_that_of_the_standard() -> None:
    assert check_value(b"PJJ123C") == 55  # the worked example of most descriptions, in set B


def test_only_references_of_eight_letters_are_spelled_in_two_halves() -> None:
    assert spelled("KLNBRTVX") == "KLNB-RTVX"
    assert spelled("A1") == "A1"
