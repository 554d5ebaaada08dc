"""The last day on which to order so that copies arrive by 10 December, the day around which letters are written."""

from dataclasses import dataclass
from datetime import date

from flask import current_app

from orders.catalogue.models import Edition
from orders.reports.arrivals.kept_delay import KeptDelays
from orders.reports.delivery_time import Delay


@dataclass(frozen=True, slots=True)
class TenDecember:
    """`order_by` is the last day on which an order arrives by `write_by`, as far as the `delay` tells."""

    write_by: date
    order_by: date
    delay: Delay
    today: date

    @property
    def is_in_time(self) -> bool:
        return self.today <= self.order_by

    @property
    def is_over(self) -> bool:
        return self.today > self.write_by


def ten_december(edition: Edition, today: date) -> TenDecember:
    delay = expected_delay(edition, today)
    return TenDecember(edition.write_by, delay.order_by(edition.write_by), delay, today)


def expected_delay(edition: Edition, today: date) -> Delay:
    """How long an order of this edition takes now."""
    return KeptDelays.among(current_app.extensions).of(edition, today, current_app.config)
