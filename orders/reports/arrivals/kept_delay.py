"""How long an order takes now, kept by a process for a minute: it is read from thousands of parcels."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

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
class KeptDelays:
    """Delays by edition id."""

    kept: dict[int, _Kept] = field(default_factory=dict)

    @classmethod
    def among(cls, extensions: MutableMapping[str, Any]) -> "KeptDelays":
        """Those of the application with these extensions."""
        found: KeptDelays = extensions.setdefault(_EXTENSION, cls())
        return found

    def of(self, edition: Edition, today: date, config: Mapping[str, Any]) -> Delay:
        """How long an order of this edition takes, as measured, or as set while nothing is."""
        found = self.kept.get(edition.id)
        if found and found.day == today and monotonic() - found.read_at < config["FORM_KEPT_SECONDS"] * FORMS:
            return found.delay
        delay = read_delay(edition, today, office_days=config["OFFICE_DAYS"], post_days=config["POST_DAYS"])
        self.kept[edition.id] = _Kept(monotonic(), today, delay)
        return delay
