"""What search engines may keep: the pages that are the same for everybody. All others say `noindex`.

`robots.txt` closes only what has nothing to read. A page that it closed would never be asked for, so nobody would see
its `noindex`, and its address could be listed all the same.
"""

from flask import Flask, Response, current_app, render_template, request

INDEXED = frozenset(
    (
        "public.front",
        "public.place",
        "where.index",
        "events.index",
        "events.event",
        "notices.privacy",
        "notices.accessibility",
        "files.cover",
        "files.portrait",
        "files.reading",
        "association.logo",
        "search_engines.robots",
        "static",
    )
)


def init_app(app: Flask) -> None:
    app.add_url_rule("/robots.txt", "search_engines.robots", _robots)
    app.after_request(_forbid)
    app.jinja_env.globals.update(is_indexed=is_indexed, public_address=public_address)


def is_indexed() -> bool:
    """Whether search engines may keep the page that is asked for."""
    return request.endpoint in INDEXED


def public_address(path: str | None = None) -> str:
    """The absolute address of a path, or of this page without its query: never from a request's Host header."""
    return str(current_app.config["PUBLIC_URL"]) + (request.path if path is None else path)


def _robots() -> Response:
    return Response(render_template("robots.txt"), mimetype="text/plain")


def _forbid(response: Response) -> Response:
    if not is_indexed() or response.status_code >= 400:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
