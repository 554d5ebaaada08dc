"""Rejects requests that are no forms as browsers send them, and answers `HEAD` as `GET`."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, abort, request

ASKED_BY_HEAD = "orders.asked_by_head"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
FILE = "file"


def init_app(app: Flask) -> None:
    app.before_request(_refuse_other_bodies)
    app.wsgi_app = HeadAsGet(app.wsgi_app)  # type: ignore[method-assign]


def _refuse_other_bodies() -> None:
    """No page reads JSON or anything else but a form, and each of its parts has a name. A file stands under `FILE`:
    under another name a form would take it for what somebody typed."""
    if not _has_body():
        return
    if request.mimetype not in FORMS:
        abort(415)
    if request.mimetype == "multipart/form-data" and not request.mimetype_params.get("boundary"):
        abort(400)
    if None in request.form or set(request.files) - {FILE}:
        abort(400)


def _has_body() -> bool:
    return bool(request.content_length) or "chunked" in request.headers.get("Transfer-Encoding", "").lower()


def is_asked_by_head() -> bool:
    """Whether only the status and the headers are asked for: nobody looks at the page."""
    return bool(request.environ.get(ASKED_BY_HEAD))


class HeadAsGet:
    """Answers `HEAD` with the status and the headers of the page that `GET` shows; views know of no `HEAD`."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return self.app(environ, start_response)
        answer = self.app({**environ, "REQUEST_METHOD": "GET", ASKED_BY_HEAD: True}, start_response)
        if hasattr(answer, "close"):
            answer.close()
        return []
