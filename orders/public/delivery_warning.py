"""Whether copies can be there on the day on which somebody needs them, and the sentence where they cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from orders.addresses import clean
from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.days import read_day
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.reports.delivery_time import Delay
from orders.wording import association_text, long_day
from orders.workdays import days_after


@dataclass(frozen=True, slots=True)
class Rest:
    """Copies that are not there yet: the day on which the last of them is expected, None where nobody knows."""

    expected_on: date | None


def day_needed(typed: Mapping[str, str]) -> date | None:
    """The day that a form gives: the day on which copies are needed, or the day of the gathering."""
    return read_day(clean(typed.get("needed_by") or "")) or read_day(clean(typed.get("gathering_on") or ""))


def warning(
    edition: Edition,
    needed: date,
    since: date,
    delay: Delay,
    *,
    is_pickup: bool,
    has_now: bool,
    rest: Rest | None,
    arrives_on: date | None = None,
) -> str:
    """What is said about an order of the day `since` that is needed on a day; nothing where it can be met.

    `has_now`: some of it is there; `rest`: some of it is not. `arrives_on`: when the first is there, where it is known
    better than from the day of the order.
    """

    def there_on(ready: date) -> date:
        return days_after(ready, delay.office_days) if is_pickup else delay.arrival(ready)

    first_on = arrives_on or there_on(since)
    if first_on > needed and (has_now or rest is None):
        may_be_fetched = days_after(since, delay.office_days) <= needed
        return _too_late(first_on, may_be_fetched=may_be_fetched, may_be_read=_may_be_read(edition))
    if rest is None:
        return ""
    if rest.expected_on is None:
        return gettext("Ce qui n’est pas encore là arrivera peut-être trop tard : nous n’en savons pas le jour.")
    day = there_on(rest.expected_on)
    return _rest_too_late(day, is_pickup=is_pickup) if day > needed else ""


def warning_about(
    order: Order, promised_on: Mapping[int, date], delay: Delay, today: date, arrives_on: date | None = None
) -> str:
    """The same about an order that was placed, until it is being packed; once its day is over, nothing."""
    if order.needed_by is None or order.needed_by < today or order.accepted_at is None:
        return ""
    if order.status not in (OrderStatus.WAITING, OrderStatus.READY):
        return ""
    waiting = [promised_on.get(line.publication_id) for line in order.lines if line.waiting]
    rest = Rest(None if None in waiting else max(day for day in waiting if day)) if waiting else None
    return warning(
        order.edition,
        order.needed_by,
        local_day(order.accepted_at),
        delay,
        is_pickup=order.delivery is Delivery.PICKUP,
        has_now=any(line.reserved for line in order.lines),
        rest=rest,
        arrives_on=arrives_on if order.status is OrderStatus.READY else None,
    )


def _rest_too_late(day: date, *, is_pickup: bool) -> str:
    if is_pickup:
        return gettext(
            "Ce qui attend la réimpression serait prêt vers le %(day)s : trop tard pour ce jour-là.", day=long_day(day)
        )
    return gettext(
        "Ce qui attend la réimpression serait chez vous vers le %(day)s : trop tard pour ce jour-là.",
        day=long_day(day),
    )


def _may_be_read(edition: Edition) -> bool:
    """Whether something of it can be read on the screen."""
    return any(each.can_be_read_online for each in edition_lookup.orderable(edition))


def _too_late(day: date, *, may_be_fetched: bool, may_be_read: bool) -> str:
    said = (
        gettext(
            "Par la poste, vos exemplaires seraient chez vous vers le %(day)s : trop tard pour ce jour-là.",
            day=long_day(day),
        )
        if may_be_fetched
        else gettext("Vos exemplaires seraient prêts vers le %(day)s : trop tard pour ce jour-là.", day=long_day(day))
    )
    return " ".join(filter(None, (said, _instead(may_be_fetched=may_be_fetched, may_be_read=may_be_read))))


def _instead(*, may_be_fetched: bool, may_be_read: bool) -> str:
    """What to do instead, where anything can be done."""
    town = association_text().pickup_town
    if may_be_fetched and may_be_read:
        return gettext("Venez plutôt les retirer à %(town)s, ou lisez en ligne, depuis l’accueil.", town=town)
    if may_be_fetched:
        return gettext("Venez plutôt les retirer à %(town)s.", town=town)
    return gettext("En attendant, lisez en ligne, depuis l’accueil.") if may_be_read else ""
