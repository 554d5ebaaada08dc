"""A line for each request, and the number by which a request is found again in every log: `X-Request-ID`.

A proxy in front may give the number; one that does not look like a number of that kind is replaced by a new one. The
line holds the pattern of the address instead of the address: links of orders are secrets, and searches are for names.
"""

import logging
import re
import secrets
from time import perf_counter

from flask import Flask, Response, g, request

from orders.web import request_checks, static_assets

HEADER = "X-Request-ID"
QUIET = {
    *static_assets.ENDPOINTS,
    "health.alive",
    "health.ready",
    "metrics.metrics",
}  # asked for every few seconds, and tell nothing
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_log = logging.getLogger("orders.requests")


def init_app(app: Flask) -> None:
    """To be called before others: what comes first sees a request first, and its answer last."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if _ID.fullmatch(given) else secrets.token_hex(16)
    g.request_began = perf_counter()


def _end(response: Response) -> Response:
    response.headers[HEADER] = g.request_id
    if request.endpoint not in QUIET:
        _log.info("request", extra={"facts": _facts(response)})
    return response


def _facts(response: Response) -> dict[str, object]:
    return {
        "method": "HEAD" if request_checks.is_asked_by_head() else request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round((perf_counter() - g.request_began) * 1000, 1),
    }
