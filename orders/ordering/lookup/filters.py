"""What to look for among the orders, as a filter that stands in an address or a form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TypeVar

from orders.addresses.postcodes import PROVINCES
from orders.catalogue.audience_lookup import find_audience
from orders.days import read_day
from orders.errors import Refused
from orders.ordering.models import Delivery, OrderStatus
from orders.ordering.search_text import fold

M = TypeVar("M", bound=Enum)

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; what is `None` or empty does not matter. `q` holds words, all of which must be found."""

    status: OrderStatus | None = None
    q: str = ""
    publication: str = ""
    audience: str = ""
    """The code of an audience."""
    delivery: Delivery | None = None
    province: str = ""
    needed_until: date | None = None
    """Orders that have not gone and are needed on or before this day."""
    among: tuple[OrderStatus, ...] = ()
    """Only these states, whatever else is asked; stands in no address."""

    def as_arguments(self) -> dict[str, str]:
        """The filter as it stands in an address; `filter_from` reads it back."""
        values = {
            "status": self.status.value if self.status else "",
            "q": self.q,
            "publication": self.publication,
            "audience": self.audience,
            "delivery": self.delivery.value if self.delivery else "",
            "province": self.province,
            "needed_until": self.needed_until.isoformat() if self.needed_until else "",
        }
        return {name: value for name, value in values.items() if value}


READY_TO_POST = Filter(status=OrderStatus.READY, delivery=Delivery.POST)
READY_FOR_PICKUP = Filter(status=OrderStatus.READY, delivery=Delivery.PICKUP)


def filter_from(arguments: Mapping[str, str]) -> Filter:
    """Read a filter from an address or a form. A value that no order can have finds nothing to filter by."""
    return Filter(
        status=_member(OrderStatus, arguments.get("status", "")),
        q=arguments.get("q", "").strip()[:LONGEST_SEARCH],
        publication=arguments.get("publication", "").strip(),
        audience=_audience(arguments.get("audience", "")),
        delivery=_member(Delivery, arguments.get("delivery", "")),
        province=_province(arguments.get("province", "")),
        needed_until=read_day(arguments.get("needed_until", "")),
    )


class UnknownFilter(Refused):
    """Part of a filter is invalid, so an action on everything that it finds is refused."""

    def __init__(self, field: str, typed: str) -> None:
        super().__init__(field, typed)
        self.field = field
        self.typed = typed[:40]


def filter_to_act_on(arguments: Mapping[str, str]) -> Filter:
    """The same for a form that acts on all that is found: refuses with `UnknownFilter` what `filter_from` ignores."""
    wanted = filter_from(arguments)
    for field in ("status", "audience", "delivery", "province", "needed_until"):
        if (typed := arguments.get(field, "").strip()) and not getattr(wanted, field):
            raise UnknownFilter(field, typed)
    return wanted


def _member(kind: type[M], value: str) -> M | None:
    return next((member for member in kind if member.value == value), None)


def _audience(value: str) -> str:
    return value if find_audience(value) else ""


def _province(value: str) -> str:
    """A province however it is written, or none."""
    return next((name for name in PROVINCES if fold(name) == fold(value.strip())), "")


def that_may_be_posted(wanted: Filter) -> Filter | None:
    """What of a filter's orders may enter a dispatch, as a filter; `None` where it asks for others only."""
    if wanted.status not in (None, OrderStatus.READY) or wanted.delivery not in (None, Delivery.POST):
        return None
    return replace(wanted, status=OrderStatus.READY, delivery=Delivery.POST)


def that_are(wanted: Filter, statuses: tuple[OrderStatus, ...]) -> Filter:
    """What of a filter's orders is in one of these states, as a filter."""
    return replace(wanted, among=statuses)
