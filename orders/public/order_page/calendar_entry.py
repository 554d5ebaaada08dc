"""The days of an order as a calendar file (iCalendar, RFC 5545): when letters are written, until when they are back.

Calendars are shared, so nothing in it leads to the order.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response
from flask_babel import gettext

from orders.clock import now
from orders.mail import signed_links
from orders.ordering import repository
from orders.ordering.models import Order
from orders.public.blueprint import pages
from orders.wording.association_text import association_text

if TYPE_CHECKING:
    from icalendar import Event

A_DAY = timedelta(days=1)


@pages.get("/o/<token>/calendar.ics")
def calendar(token: str) -> Response:
    """The file that the page and the mails lead to."""
    order = repository.get_order_by_link(token)
    answer = Response(_calendar(order, at=now()), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{order.reference}.ics"'
    return answer


def _calendar(order: Order, *, at: datetime) -> bytes:
    from icalendar import Calendar

    association = association_text()
    where = f"{association.name}, {association.address_line}"
    file = Calendar()
    file.add("prodid", "-//Pli//orders//FR")
    file.add("version", "2.0")
    writing = gettext("Nous écrivons : %(campaign)s", campaign=association.campaign)
    back = gettext("Dernier jour pour renvoyer nos lettres : %(campaign)s", campaign=association.campaign)
    day = order.gathering_on or order.needed_by or order.edition.write_by
    file.add_component(_entry(order, "write", day, writing, "", at=at))
    file.add_component(_entry(order, "back", order.edition.letters_back_by, back, where, at=at))
    return bytes(file.to_ical())


def _entry(order: Order, name: str, day: date, title: str, where: str, *, at: datetime) -> "Event":
    from icalendar import Event

    front = signed_links.page("public.front")
    entry = Event()
    entry.add("uid", f"{order.reference}-{name}@{urlsplit(front).hostname}")
    entry.add("dtstamp", at)
    entry.add("dtstart", day)
    entry.add("dtend", day + A_DAY)
    entry.add("summary", title)
    entry.add("url", front)
    if where:
        entry.add("location", where)
    return entry
