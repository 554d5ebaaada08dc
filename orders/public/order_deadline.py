"""The last day on which to order so that copies arrive by 10 December, the day around which letters are written."""

from dataclasses import dataclass
from datetime import date
from time import monotonic

from flask import current_app

from orders.catalogue.models import Edition
from orders.reports.delivery_time import Delay, read_delay

FORMS = 30  # times as long as an untouched form (`FORM_KEPT_SECONDS`) a delay is kept: a minute
_EXTENSION = "expected_delay"


@dataclass(frozen=True, slots=True)
class _Kept:
    read_at: float
    day: date
    delay: Delay


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
    """How long an order of this edition takes now, as measured, or as set while nothing is.

    It is read from thousands of parcels and changes by the day: each process keeps it for a minute.
    """
    config, kept = current_app.config, _kept()
    found = kept.get(edition.id)
    if found and found.day == today and monotonic() - found.read_at < config["FORM_KEPT_SECONDS"] * FORMS:
        return found.delay
    delay = read_delay(edition, today, office_days=config["OFFICE_DAYS"], post_days=config["POST_DAYS"])
    kept[edition.id] = _Kept(monotonic(), today, delay)
    return delay


def _kept() -> dict[int, _Kept]:
    kept: dict[int, _Kept] = current_app.extensions.setdefault(_EXTENSION, {})
    return kept
