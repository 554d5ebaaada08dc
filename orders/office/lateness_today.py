"""Late orders, by today's clock and by the days that the post takes."""

from datetime import date

from flask import current_app

from orders.clock import local_day, now
from orders.ordering.lookup import lateness
from orders.ordering.lookup.lateness import Lateness
from orders.ordering.models import Order


def lateness_today(order: Order) -> Lateness | None:
    """For templates, as the filter `lateness`: late, nearly so, or neither."""
    return lateness.lateness(order, local_day(now()), post_days=current_app.config["POST_DAYS"])


def late_until_today() -> date:
    """Orders needed on or before this day are late or nearly so."""
    return lateness.late_until(local_day(now()), post_days=current_app.config["POST_DAYS"])
