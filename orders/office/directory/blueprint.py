"""The blueprint that the pages of the directory share."""

from typing import Any

from flask import Blueprint, request

from orders.office.access import may_open

pages = Blueprint("directory", __name__, url_prefix="/directory")

LARGEST_LIST = 12 * 1024 * 1024  # bytes: the list of the French Community has three million


@pages.url_value_preprocessor
def let_lists_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """One page takes more than a form's few kilobytes, from whoever may open it. Runs before any form is read."""
    if endpoint == "office.directory.upload" and may_open(endpoint):
        request.max_content_length = LARGEST_LIST + 10_000
