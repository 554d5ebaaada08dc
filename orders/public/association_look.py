"""The association's logo and colour. Their addresses hold a digest, so browsers may keep them for a year."""

import io
import re

from flask import Blueprint, Response, abort, send_file
from flask.typing import ResponseReturnValue

from orders.catalogue import association_editing
from orders.web.static_assets import FOR_A_YEAR

pages = Blueprint("association", __name__)


@pages.get("/association/<digest>.webp")
def logo(digest: str) -> ResponseReturnValue:
    upload = association_editing.find_logo()
    if upload is None or upload.digest != digest:
        abort(404)
    answer = send_file(io.BytesIO(upload.content), mimetype=upload.media_type, etag=upload.digest)
    answer.headers["Cache-Control"] = FOR_A_YEAR
    return answer


@pages.get("/association/<colour>.css")
def colour(colour: str) -> ResponseReturnValue:
    """The accent, as `ffff00`."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        abort(404)
    answer = Response(f":root {{ --yellow: #{colour}; }}\n", mimetype="text/css")
    answer.headers["Cache-Control"] = FOR_A_YEAR
    return answer
