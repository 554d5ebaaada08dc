"""Pictures, portraits and PDFs. Their addresses say what is in them, so that browsers keep them for a year."""

import io

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from orders.catalogue import publication_files, uploads
from orders.catalogue.models import Upload
from orders.catalogue.publication_files import FileOf
from orders.web.static_assets import FOR_A_YEAR

pages = Blueprint("files", __name__)

FOR_A_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


@pages.get("/covers/<digest>.webp")
def cover(digest: str) -> ResponseReturnValue:
    return _sent(publication_files.find_upload(digest, FileOf.COVER), f"{digest}.webp")


@pages.get("/portraits/<digest>.webp")
def portrait(digest: str) -> ResponseReturnValue:
    """The portrait of a person defended."""
    return _sent(uploads.find_upload(digest, uploads.PICTURE), f"{digest}.webp")


@pages.get("/readings/<digest>/<name>.pdf")
def reading(digest: str, name: str) -> ResponseReturnValue:
    """A PDF to read in the browser; `name` is what it is called when somebody keeps it."""
    answer = _sent(publication_files.find_upload(digest, FileOf.READING), f"{name}.pdf")
    answer.headers["Content-Security-Policy"] = FOR_A_PDF
    return answer


def _sent(upload: Upload, name: str) -> Response:
    answer = send_file(
        io.BytesIO(upload.content),
        mimetype=upload.media_type,
        download_name=name,
        etag=upload.digest,
        last_modified=upload.uploaded_at,
        conditional=True,
    )
    answer.headers["Cache-Control"] = FOR_A_YEAR
    return answer
