"""How long requests take, by endpoint, as a histogram for Prometheus.

Where several processes serve, `PROMETHEUS_MULTIPROC_DIR` names the folder in which each keeps its numbers, so that any
of them can answer for all; `orders.commands.web_server` empties it at the start.
"""

import os
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = Histogram(
    "pli_http_request_seconds",
    "How long requests took, by endpoint, method and status",
    ("endpoint", "method", "status"),
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0),
    registry=None,
)


def init_app(app: Flask) -> None:
    if app.config["METRICS_TOKEN"]:
        app.after_request(_observe)


def registry() -> CollectorRegistry:
    """A registry that knows the times of every process of this server."""
    found = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(found)  # type: ignore[no-untyped-call]
    else:
        found.register(SECONDS)
    return found


def _observe(response: Response) -> Response:
    method = request.method if request.endpoint else "other"  # what nobody knows may be called anything
    labels = (request.endpoint or "none", method, str(response.status_code))
    SECONDS.labels(*labels).observe(perf_counter() - g.request_began)
    return response
