"""The blueprint that the pages about drop-off points share."""

from typing import Any

from flask import Blueprint, request

from orders.office.access import may_open

pages = Blueprint("dropoff", __name__, url_prefix="/places")

LARGEST_IMPORT = 12 * 1024 * 1024  # bytes: a file of 5 MB comes back from its preview a third longer


@pages.url_value_preprocessor
def let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """One page takes more than a form's few kilobytes, from whoever may open it. Runs before any form is read."""
    if endpoint == "office.dropoff.import_points" and may_open(endpoint):
        request.max_content_length = LARGEST_IMPORT
        request.max_form_memory_size = LARGEST_IMPORT
