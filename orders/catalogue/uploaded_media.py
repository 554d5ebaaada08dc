"""Uploaded pictures and PDFs: their type is checked, and pictures are encoded anew without their metadata."""

import enum
import io
import warnings

from orders.errors import Refused

LARGEST_PICTURE = 8 * 1024 * 1024  # bytes
LARGEST_PDF = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000  # a phone's photograph has 12 to 50 million; decoding more would fill the memory
LONGEST_SIDE = 480  # pixels, kept: covers are shown at 240 points at most
CENTRE_OF_A_FACE = (0.5, 0.35)  # of a portrait that is cut to a square
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class FileProblem(enum.Enum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"  # more than `most` bytes
    NO_PICTURE = "no_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    NO_PDF = "no_pdf"


class UnusableFile(Refused):
    def __init__(self, problem: FileProblem, most: int = 0) -> None:
        super().__init__(problem, most)
        self.problem = problem
        self.most = most


def redraw(content: bytes, *, square: int = 0) -> bytes:
    """The picture as WebP, upright, without anything but its pixels: of a moving one the first.

    It is at most `LONGEST_SIDE` high or wide, or cut to a `square` of that side.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # late: 2 MB that only an upload needs

    _check_size(content, LARGEST_PICTURE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise UnusableFile(FileProblem.TOO_MANY_PIXELS)
                upright = ImageOps.exif_transpose(picture)
                drawn = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise UnusableFile(FileProblem.TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise UnusableFile(FileProblem.NO_PICTURE) from None
    if square:
        drawn = ImageOps.fit(drawn, (square, square), centering=CENTRE_OF_A_FACE)
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def check_pdf(content: bytes) -> bytes:
    """Return the PDF unchanged if it begins and ends as a PDF does."""
    _check_size(content, LARGEST_PDF)
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise UnusableFile(FileProblem.NO_PDF)
    return content


def _check_size(content: bytes, most: int) -> None:
    if not content:
        raise UnusableFile(FileProblem.EMPTY)
    if len(content) > most:
        raise UnusableFile(FileProblem.TOO_LARGE, most)
