"""`/metrics` for Prometheus: only where `PLI_METRICS_TOKEN` is set, and for whoever sends it as a bearer token."""

import hmac
from collections.abc import Iterator

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from orders.clock import now
from orders.database import db
from orders.reports.live_figures import LiveFigures, live_figures
from orders.web import request_times

pages = Blueprint("metrics", __name__)


@pages.get("/metrics")
def metrics() -> ResponseReturnValue:
    token = current_app.config["METRICS_TOKEN"]
    if not token:
        abort(404)
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {token}".encode()):
        return "", 401, {"WWW-Authenticate": "Bearer"}
    registry = request_times.registry()
    registry.register(_Figures())
    return generate_latest(registry), 200, {"Content-Type": CONTENT_TYPE_LATEST}


class _Figures(Collector):
    """Asks the database anew for each answer; where it is away, says so and nothing else."""

    def collect(self) -> Iterator[Metric]:
        try:
            figures = live_figures(at=now())
        except SQLAlchemyError:
            db.session.rollback()
            yield _gauge("pli_database_up", "Whether the database answers", 0)
            return
        yield _gauge("pli_database_up", "Whether the database answers", 1)
        yield from _gauges(figures)


def _gauges(figures: LiveFigures) -> Iterator[Metric]:
    orders = GaugeMetricFamily("pli_orders", "Orders by state", labels=["status"])
    for status, number in figures.orders.items():
        orders.add_metric([status.value], number)
    yield orders
    stock = GaugeMetricFamily("pli_stock_copies", "Copies of a publication at a place", labels=["publication", "place"])
    for (code, place), copies in sorted(figures.copies.items(), key=lambda each: (each[0][0], each[0][1].value)):
        stock.add_metric([code, place.value.lower()], copies)
    yield stock
    yield _gauge("pli_mails_waiting", "Mails that wait to be sent", figures.mails.waiting)
    yield _gauge("pli_mails_given_up", "Mails that were given up", figures.mails.given_up)
    yield _gauge("pli_oldest_waiting_mail_seconds", "How long the oldest mail waits", figures.oldest_mail)
    yield _gauge("pli_workers", "Workers that were seen lately", figures.workers)


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, said, value=value)
