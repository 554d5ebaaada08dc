"""Compression of responses: brotli, or gzip for browsers without it.

Static files are compressed once, as well as can be: before the web server forks its processes (`compress_files`). Pages
for everyone are compressed each time, quickly, and only those that repeat nothing of the request: where such text
stands beside a secret, the length of the compressed page reveals the secret letter by letter (BREACH). So no page of
staff or of one order is compressed.
"""

import gzip
from functools import cache
from pathlib import Path

import brotli
from flask import Flask, Response, request

from orders.web import static_assets

CODINGS = ("br", "gzip")  # the better one first
TEXT = ("text/", "application/javascript", "image/svg+xml")
SUFFIXES = (".css", ".js", ".svg")
FOR_EVERYONE = ("public", "notices")


def init_app(app: Flask) -> None:
    app.after_request(_compress)


def compress_files(app: Flask) -> None:
    """Compress every static file now, so that no visitor waits for it: some 80 kB of text, a fifth of a second."""
    with app.app_context():
        for file in static_assets.folder().rglob("*"):
            if file.suffix in SUFFIXES:
                for coding in CODINGS:
                    _file(file, coding)


def _compress(response: Response) -> Response:
    if response.status_code != 200 or not (response.mimetype or "").startswith(TEXT):
        return response
    file = static_assets.find_file()
    if file is None and not _repeats_nothing():
        return response
    response.vary.add("Accept-Encoding")
    if coding := _accepted():
        if file:
            response.close()  # the file, which nobody will read from here
            response.direct_passthrough = False
        response.set_data(_file(file, coding) if file else _page(response.get_data(), coding))
        response.content_encoding = coding
        if (etag := response.get_etag()[0]) is not None:
            response.set_etag(etag, weak=True)  # other bytes, the same content
    return response


def _repeats_nothing() -> bool:
    is_plain = request.method == "GET" and not request.query_string and not request.view_args
    return is_plain and request.blueprint in FOR_EVERYONE


def _accepted() -> str | None:
    """The coding that the browser prefers; the better one of two equals."""
    liked = {coding: request.accept_encodings.quality(coding) for coding in CODINGS}
    best = max(CODINGS, key=lambda coding: liked[coding])
    return best if liked[best] > 0 else None


@cache
def _file(file: Path, coding: str) -> bytes:
    content = file.read_bytes()
    return brotli.compress(content) if coding == "br" else gzip.compress(content, mtime=0)


def _page(content: bytes, coding: str) -> bytes:
    return brotli.compress(content, quality=4) if coding == "br" else gzip.compress(content, 5, mtime=0)
