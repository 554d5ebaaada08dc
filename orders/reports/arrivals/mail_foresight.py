"""What the first mails about an order say of what comes next: when it is there, in what, what can be read meanwhile.

The worker adds it when it takes a mail: nobody who orders waits for it. It stays with what the mail tells, so that the
mail says the same whenever it is looked at.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.clock import local_day
from orders.database import db
from orders.mail.models import OutgoingMail
from orders.mail.told import as_stored
from orders.ordering.allocation.estimates import promised_on
from orders.ordering.models import Order
from orders.reports.arrivals.arrival import Arrival, expected_arrival, expected_parcels
from orders.reports.delivery_time import Delay, read_delay

SENT = "order_sent"
KINDS = ("order_confirmed", "order_pending", "order_accepted", "order_to_fetch", SENT)


def foresee(mail_ids: Sequence[int], *, office_days: int, post_days: int, at: datetime) -> None:
    """Add it to those of these mails that tell it. A mail that has it keeps it."""
    wanted = select(OutgoingMail).where(OutgoingMail.id.in_(mail_ids), OutgoingMail.kind.in_(KINDS))
    delays: dict[int, Delay] = {}
    for mail in db.session.scalars(wanted):
        order = mail.order_id and db.session.get(Order, mail.order_id)
        if not order or mail.told is None or "next" in mail.told:
            continue
        if order.edition_id not in delays:
            delays[order.edition_id] = read_delay(
                order.edition, local_day(at), office_days=office_days, post_days=post_days
            )
        mail.told = {**mail.told, "next": as_stored(_facts(mail, order, delays[order.edition_id], at))}


def _facts(mail: OutgoingMail, order: Order, delay: Delay, at: datetime) -> Mapping[str, Any]:
    today = local_day(at)
    posted = [mail.posted_at] if mail.kind == SENT else []
    arrival = expected_arrival(order, delay, today=today, promised_on=promised_on(order, today), posted=posted)
    parcels = None if posted else expected_parcels(order)
    return {
        "arrival": arrival and _arrival_facts(arrival),
        "parcels": parcels and {"letters": parcels.letters, "boxes": parcels.boxes},
        "readable": [
            {"title": each.title(order.language), "code": each.code}
            for each in edition_lookup.orderable(order.edition)
            if each.can_be_read_online
        ],
        "has_persons": bool(order.edition.persons),
    }


def _arrival_facts(arrival: Arrival) -> Mapping[str, Any]:
    return {
        "there_on": arrival.there_on,
        "needed": arrival.needed,
        "is_pickup": arrival.is_pickup,
        "is_in_time": arrival.is_in_time,
        "is_late": arrival.is_late,
    }
