import random
import string
from io import BytesIO

import pytest
import segno
from PIL import Image

from labels.barcodes.qr import LONGEST, encode, picture
from labels.pdf.drawing import Ink
from labels.print_job import job
from labels.printer_profiles import EXACT
from labels.sheets import PT
from tests.labels.pdf_reading import picture_of, scanned


def modules(link: str) -> list[list[int]]:
    """The rows of a code, as ones and zeros."""
    version, bits = encode(link)
    side = 17 + 4 * version
    stride = -(-side // 8) * 8
    return [[bits >> (stride * side - 1 - row * stride - column) & 1 for column in range(side)] for row in range(side)]


def link_of(length: int, seed: int = 1) -> str:
    letters = random.Random(seed)
    return "https://e.org/o/"[:length] + "".join(letters.choices(string.ascii_letters + "-_.", k=max(0, length - 16)))


@pytest.mark.parametrize("length", [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251])
def test_every_version_is_what_another_encoder_draws(length: int) -> None:
    # At full capacity: below it segno pads with one zero byte more than the standard says.
    link = link_of(length)
    version, _ = encode(link)
    other = segno.make(link, error="m", version=version, mask=0, mode="byte", boost_error=False)
    assert modules(link) == [list(row) for row in other.matrix]


@pytest.mark.parametrize("length", [1, 15, 27, 43, 63, 85, 107, 123, 153, 181, 214, 230])
def test_a_code_with_padding_is_read_by_a_scanner(length: int) -> None:
    assert scanned(drawn([link_of(length, seed=length)])) == {f"QR-Code:{link_of(length, seed=length)}"}


def test_many_links_that_differ_in_a_few_letters_are_each_read() -> None:
    links = [link_of(85, seed=n) for n in range(100)]
    assert scanned(drawn(links)) == {f"QR-Code:{link}" for link in links}


def drawn(links: list[str]) -> Image.Image:
    """A page with a code of 22 mm for each link, rendered at 203 dpi."""
    out = BytesIO()
    with job(out, (320, 320), EXACT, title="", language="fr") as begun:
        ink = Ink(320, begun.used)
        for n, link in enumerate(links):
            ink.raw(picture(link, *ink.point(6 + n % 10 * 31, 30 + n // 10 * 31), 22 * PT))
        begun.add_page(ink.content())
    return picture_of(out.getvalue(), dpi=203)


def test_a_link_longer_than_251_bytes_is_refused() -> None:
    assert encode("x" * LONGEST)[0] == 11
    with pytest.raises(ValueError, match="252 bytes"):
        encode("x" * 252)
