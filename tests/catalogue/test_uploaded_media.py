"""Pictures and PDFs of publications: what they really are, and pictures without their metadata."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from orders.catalogue import edition_lookup, publication_files, uploaded_media
from orders.catalogue.models import Upload
from orders.catalogue.publication_files import FileOf
from orders.catalogue.uploaded_media import FileProblem, UnusableFile
from orders.database import db, transact
from tests.factories import BY, NOW, make_edition

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **more)
    return out.getvalue()


def photograph() -> bytes:
    """Taken lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "secret description"
    exif.get_ifd(0x8825)[1] = "N"
    return picture((60, 40), exif=exif)


def give(code: str, which: FileOf, content: bytes) -> str:
    prepared = publication_files.prepare(which, content)
    return str(
        getattr(transact(publication_files.give_file, code, which, prepared, at=NOW, by=BY), f"{which.value}_digest")
    )


def test_a_picture_is_drawn_anew_upright_and_without_its_metadata() -> None:
    drawn = Image.open(io.BytesIO(uploaded_media.redraw(photograph())))
    assert (drawn.format, drawn.size) == ("WEBP", (40, 60))
    assert not drawn.getexif()
    assert b"secret" not in uploaded_media.redraw(photograph())


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGB"), ("PNG", "1")])
def test_usual_kinds_of_pictures_are_taken(kind: str, mode: str) -> None:
    colour = {"1": 1, "P": 1}.get(mode, "red")
    out = io.BytesIO()
    Image.new(mode, (2_000, 1_000), colour).save(out, kind)
    assert Image.open(io.BytesIO(uploaded_media.redraw(out.getvalue()))).size == (480, 240)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", FileProblem.NO_PICTURE),
        (b"<html>", FileProblem.NO_PICTURE),
        (PDF, FileProblem.NO_PICTURE),
        (picture()[:100], FileProblem.NO_PICTURE),
        (picture((400, 400))[:-500], FileProblem.NO_PICTURE),
        (picture(kind="BMP"), FileProblem.NO_PICTURE),
        (b"x" * (uploaded_media.LARGEST_PICTURE + 1), FileProblem.TOO_LARGE),
        (picture((7_000, 7_000), "PNG", "1"), FileProblem.TOO_MANY_PIXELS),
        (picture((20_000, 20_000), "PNG", "1"), FileProblem.TOO_MANY_PIXELS),
    ],
    ids=lambda value: value.value if isinstance(value, FileProblem) else "",
)
def test_what_is_no_picture_is_refused(content: bytes, problem: FileProblem) -> None:
    with pytest.raises(UnusableFile) as refused:
        uploaded_media.redraw(content)
    assert refused.value.problem is problem


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 cut off", b"<html>%PDF- %%EOF", picture()])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableFile):
        uploaded_media.check_pdf(content)


def test_a_picture_is_shown_instead_of_our_drawing_and_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        digest = give("MAN26", FileOf.COVER, photograph())
    assert f'src="/covers/{digest}.webp"' in client.get("/").text
    assert f'src="/covers/{digest}.webp"' in client.get("/order").text
    answer = client.get(f"/covers/{digest}.webp")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == (
        "image/webp",
        "public, max-age=31536000, immutable",
    )
    assert client.get(f"/covers/{digest}.webp", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get(f"/readings/{digest}/MAN26.pdf").status_code == 404
    assert client.get("/covers/0.webp").status_code == 404


def test_a_pdf_is_read_here_instead_of_behind_a_link(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        digest = give("MAN26", FileOf.READING, PDF)
    assert "Lire en ligne" in client.get("/").text
    answer = client.get("/read/MAN26", follow_redirects=True)
    assert answer.request.path == f"/readings/{digest}/MAN26.pdf"
    assert (answer.mimetype, answer.data) == ("application/pdf", PDF)
    assert "inline" in answer.headers["Content-Disposition"]
    assert client.get(answer.request.path, headers={"Range": "bytes=0-4"}).data == b"%PDF-"


def test_a_file_that_nothing_shows_any_more_is_gone(app_context: Flask) -> None:
    make_edition()
    first = give("MAN26", FileOf.COVER, picture())
    assert give("LIV26", FileOf.COVER, picture()) == first
    give("MAN26", FileOf.COVER, picture((10, 10)))
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 2
    transact(publication_files.take_file_away, "LIV26", FileOf.COVER, at=NOW, by=BY)
    assert db.session.get(Upload, first) is None
    assert edition_lookup.get_publication("LIV26").cover_digest is None
