"""The blueprint that the catalogue's pages share."""

from typing import Any

from flask import Blueprint, request

from orders.catalogue.uploaded_media import LARGEST_PDF, LARGEST_PICTURE
from orders.office.access import may_open

pages = Blueprint("catalogue", __name__, url_prefix="/catalogue")

BESIDE_A_FILE = 1024 * 1024  # bytes: the other fields, and room to say in words that a file is too large
LARGEST_BODIES = {
    "office.catalogue.cover": 2 * LARGEST_PICTURE + BESIDE_A_FILE,
    "office.catalogue.portrait": 2 * LARGEST_PICTURE + BESIDE_A_FILE,
    "office.catalogue.reading": 2 * LARGEST_PDF + BESIDE_A_FILE,
}


@pages.url_value_preprocessor
def let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Three pages take more than a form's few kilobytes, from whoever may open them. Runs before any form is read."""
    if endpoint in LARGEST_BODIES and may_open(endpoint):
        request.max_content_length = LARGEST_BODIES[endpoint]
