"""Files in the database: kept once however many show them, and gone with the last that does."""

import hashlib
from datetime import datetime

from sqlalchemy import exists, or_, select

from orders.association.models import THE_ROW, Association
from orders.catalogue.models import DefendedPerson, Publication, Upload
from orders.database import db
from orders.errors import NotFound

PICTURE, PDF = "image/webp", "application/pdf"


class UnknownUpload(NotFound):
    """No picture and no PDF has this digest, or none any more."""


def keep(content: bytes, media_type: str, *, at: datetime) -> str:
    """Keep a file, and return the digest by which it is found again."""
    digest = hashlib.sha256(content).hexdigest()
    if db.session.get(Upload, digest) is None:
        db.session.add(Upload(digest=digest, media_type=media_type, content=content, uploaded_at=at))
        db.session.flush()
    return digest


def drop_unused(digest: str | None) -> None:
    """Delete a file that nothing shows any more. Expects that what showed it is written already."""
    if digest and not _is_shown(digest):
        db.session.delete(db.session.get_one(Upload, digest))
        db.session.flush()


def find_upload(digest: str, media_type: str) -> Upload:
    """The file of this type. Raises `UnknownUpload`."""
    upload = db.session.get(Upload, digest)
    if upload is None or upload.media_type != media_type:
        raise UnknownUpload(digest)
    return upload


def _is_shown(digest: str) -> bool:
    of_publications = or_(Publication.cover_digest == digest, Publication.reading_digest == digest)
    shown = select(exists().where(of_publications) | exists().where(DefendedPerson.portrait_digest == digest))
    profile = db.session.scalar(select(Association.profile).where(Association.id == THE_ROW))
    return bool(db.session.scalar(shown)) or digest == (profile or {}).get("logo_digest")
