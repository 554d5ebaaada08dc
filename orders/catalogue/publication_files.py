"""The picture and the PDF of a publication: given, replaced, taken away, found again by their digest."""

import enum
import hashlib
from datetime import datetime

from sqlalchemy import exists, or_, select

from orders.catalogue import uploaded_media
from orders.catalogue.editing import lock_publication
from orders.catalogue.models import Publication, Upload
from orders.database import db
from orders.errors import NotFound
from orders.staff import journal
from orders.staff.journal import Actor


class UnknownUpload(NotFound):
    """No picture and no PDF has this digest, or none any more."""


class FileOf(enum.Enum):
    """What a file is to its publication."""

    COVER = "cover"
    READING = "reading"


MEDIA_TYPES = {FileOf.COVER: "image/webp", FileOf.READING: "application/pdf"}


def prepare(which: FileOf, content: bytes) -> bytes:
    """What is kept of an uploaded file, or refuse with `UnusableFile`. Slow: done before any lock is held."""
    return uploaded_media.redraw(content) if which is FileOf.COVER else uploaded_media.check_pdf(content)


def give_file(code: str, which: FileOf, prepared: bytes, *, at: datetime, by: Actor) -> Publication:
    """Give a publication its picture or its PDF. The one before goes, if nothing else shows it."""
    publication = lock_publication(code)
    digest = hashlib.sha256(prepared).hexdigest()
    if db.session.get(Upload, digest) is None:
        db.session.add(Upload(digest=digest, media_type=MEDIA_TYPES[which], content=prepared, uploaded_at=at))
        db.session.flush()
    _point(publication, which, digest, at=at, by=by)
    return publication


def take_file_away(code: str, which: FileOf, *, at: datetime, by: Actor) -> Publication:
    """Remove the picture or the PDF; pages show the default drawing, or the link that was typed."""
    publication = lock_publication(code)
    _point(publication, which, None, at=at, by=by)
    return publication


def find_upload(digest: str, which: FileOf) -> Upload:
    upload = db.session.get(Upload, digest)
    if upload is None or upload.media_type != MEDIA_TYPES[which]:
        raise UnknownUpload(digest)
    return upload


def _point(publication: Publication, which: FileOf, digest: str | None, *, at: datetime, by: Actor) -> None:
    column = f"{which.value}_digest"
    before = getattr(publication, column)
    if before == digest:
        return
    setattr(publication, column, digest)
    db.session.flush()
    if before is not None and not _is_shown(before):
        db.session.delete(db.session.get_one(Upload, before))
    journal.record(
        "changed",
        f"publication {publication.code}",
        at=at,
        by=by,
        before={which.value: before},
        after={which.value: digest},
    )


def _is_shown(digest: str) -> bool:
    shown = or_(Publication.cover_digest == digest, Publication.reading_digest == digest)
    return bool(db.session.scalar(select(exists().where(shown))))
