"""Static files: their addresses carry a hash of their content, so that browsers may keep them for a year."""

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

ENDPOINTS = ("static",)
FOR_A_YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    app.url_defaults(_add_hash)
    for address, name in (("favicon.ico", "mark.svg"), ("apple-touch-icon.png", "touch-icon.png")):
        app.add_url_rule(f"/{address}", address.partition(".")[0], partial(_lead_to, name))
    app.after_request(_let_browsers_keep)


def _lead_to(name: str) -> BaseResponse:
    """To the file that browsers ask for at an address of their own choice."""
    return redirect(url_for("static", filename=name))


def find_file() -> Path | None:
    """The static file that the request asks for, which has been found; None where it asks for something else."""
    if request.endpoint not in ENDPOINTS or not request.view_args:
        return None
    return folder() / request.view_args["filename"]


def _add_hash(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in ENDPOINTS and "filename" in values:
        values["v"] = _hash(folder() / values["filename"])


def folder() -> Path:
    return Path(str(current_app.static_folder))


@cache
def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def _let_browsers_keep(response: Response) -> Response:
    """For a year, if it is the content that was asked for: another web server may have the next version already."""
    file = find_file() if response.status_code in (200, 304) else None
    if file and request.args.get("v") == _hash(file):
        response.headers["Cache-Control"] = FOR_A_YEAR
    return response
