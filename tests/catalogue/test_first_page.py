"""The first page of a publication's PDF becomes its cover, drawn beside the web server."""

import io

import pikepdf
import pytest
from PIL import Image

from orders import pdf_first_page
from orders.catalogue import publication_files


def a_yellow_page() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page(page_size=(420, 595))
    page.contents_add(b"1 1 0 rg 0 0 420 595 re f")
    pdf.save(out)
    return out.getvalue()


def test_the_first_page_is_drawn_as_it_looks() -> None:
    drawn = publication_files.first_page_of(a_yellow_page())
    assert drawn is not None
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert picture.height == 480
    assert min(picture.getpixel((5, 5))[:2]) > 240  # type: ignore[index]


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"])
def test_what_cannot_be_drawn_is_no_picture(pdf: bytes) -> None:
    assert pdf_first_page.draw_first_page(pdf) is None
