"""Reading PDFs back with other programs than the one that wrote them: poppler and zbar."""

import re
import subprocess
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree

from PIL import Image

from labels import Box

MM = 25.4 / 72  # mm in a point


class Word(NamedTuple):
    """A word that pdftotext found: its page (from 1), its box in mm from the top left, its letters."""

    page: int
    box: Box
    text: str


def text_of(pdf: bytes) -> str:
    """The text of all pages, as a reader copies it out; a form feed ends each page."""
    return _poppler(["pdftotext", "-layout", "-", "-"], pdf).decode()


def lines_of(pdf: bytes) -> list[str]:
    """The lines of text without what surrounds them, empty ones left out."""
    return [line.strip() for line in text_of(pdf).replace("\f", "\n").split("\n") if line.strip()]


def words_of(pdf: bytes) -> list[Word]:
    """Every word with the box of its letters, from the ascent to the descent of its typeface."""
    html = _poppler(["pdftotext", "-bbox", "-", "-"], pdf).decode()
    page = 0
    words = []
    for element in ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", html, count=1)).iter():
        name = element.tag.rpartition("}")[2]
        if name == "page":
            page += 1
        elif name == "word":
            left, top, right, bottom = (float(element.attrib[side]) * MM for side in ("xMin", "yMin", "xMax", "yMax"))
            assert right > left, f"{element.text} is blank"
            words.append(Word(page, Box(left, top, right - left, bottom - top), element.text or ""))
    return words


def about(pdf: bytes) -> dict[str, str]:
    """What pdfinfo says of the file."""
    lines = _poppler(["pdfinfo", "-"], pdf).decode().splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def spoken(pdf: bytes) -> list[str]:
    """What a screen reader finds, in its order: kinds of elements and, in quotes, their texts."""
    return [line.strip() for line in _poppler(["pdfinfo", "-struct-text", "-"], pdf).decode().splitlines()]


def fonts_of(pdf: bytes) -> list[str]:
    """The lines of pdffonts, one a font."""
    return _poppler(["pdffonts", "-"], pdf).decode().splitlines()[2:]


def picture_of(pdf: bytes, page: int = 1, dpi: int = 150) -> Image.Image:
    """A page as a grey picture."""
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", str(page), "-l", str(page), "-"]
    return Image.open(BytesIO(_poppler(command, pdf))).convert("L")


def scanned(picture: Image.Image, kind: str = "", every: int = 1) -> set[str]:
    """What zbar reads in a picture, as `CODE-128:KLNBRTVX`.

    Faster of one `kind` only (`code128`), and by looking at `every` sixth row, for one.
    """
    only = ["-Sdisable", f"-S{kind}.enable", "-Sx-density=0", f"-Sy-density={every}"] if kind else []
    out = BytesIO()
    picture.save(out, "PPM")
    done = subprocess.run(["zbarimg", "-q", *only, "-"], input=out.getvalue(), capture_output=True, check=False)
    return set(done.stdout.decode().split())


def _poppler(command: list[str], pdf: bytes) -> bytes:
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return done.stdout
