"""The picture and the PDF of a publication: given, replaced, taken away, found again by their digest."""

import enum
from datetime import datetime

from orders.catalogue import uploaded_media, uploads
from orders.catalogue.editing import lock_publication
from orders.catalogue.models import Publication, Upload
from orders.database import db
from orders.pdf_first_page import draw_first_page
from orders.staff import journal
from orders.staff.journal import Actor


class FileOf(enum.Enum):
    """What a file is to its publication."""

    COVER = "cover"
    READING = "reading"


MEDIA_TYPES = {FileOf.COVER: uploads.PICTURE, FileOf.READING: uploads.PDF}


def prepare(which: FileOf, content: bytes) -> bytes:
    """What is kept of an uploaded file, or refuse with `UnusableFile`. Slow: done before any lock is held."""
    return uploaded_media.redraw(content) if which is FileOf.COVER else uploaded_media.check_pdf(content)


def first_page_of(reading: bytes) -> bytes | None:
    """The first page of a PDF as a cover, or `None` where it cannot be drawn. Slow, as `prepare` is."""
    page = draw_first_page(reading)
    return uploaded_media.redraw(page) if page else None


def give_file(code: str, which: FileOf, prepared: bytes, *, at: datetime, by: Actor) -> Publication:
    """Give a publication its picture or its PDF. The one before goes, if nothing else shows it."""
    publication = lock_publication(code)
    _point(publication, which, uploads.keep(prepared, MEDIA_TYPES[which], at=at), at=at, by=by)
    return publication


def take_file_away(code: str, which: FileOf, *, at: datetime, by: Actor) -> Publication:
    """Remove the picture or the PDF; pages show the default drawing, or the link that was typed."""
    publication = lock_publication(code)
    _point(publication, which, None, at=at, by=by)
    return publication


def find_upload(digest: str, which: FileOf) -> Upload:
    return uploads.find_upload(digest, MEDIA_TYPES[which])


def _point(publication: Publication, which: FileOf, digest: str | None, *, at: datetime, by: Actor) -> None:
    column = f"{which.value}_digest"
    before = getattr(publication, column)
    if before == digest:
        return
    setattr(publication, column, digest)
    db.session.flush()
    uploads.drop_unused(before)
    journal.record(
        "changed",
        f"publication {publication.code}",
        at=at,
        by=by,
        before={which.value: before},
        after={which.value: digest},
    )
