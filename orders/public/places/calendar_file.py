"""An event as a calendar file (iCalendar, RFC 5545). Moments are UTC, so that no program has to know our time zone."""

from datetime import timedelta
from urllib.parse import urlsplit

from orders.events.models import Event


def of_event(event: Event, title: str, page: str) -> bytes:
    """One event under its title; `page` is its address. Of one that is not public only the town is told."""
    from icalendar import Calendar  # late: a second and 4 MB of time zones
    from icalendar import Event as CalendarEvent

    entry = CalendarEvent()
    entry.add("uid", f"event-{event.id}@{urlsplit(page).hostname}")
    entry.add("dtstamp", event.changed_at)
    if event.begins is None:
        entry.add("dtstart", event.day)
        entry.add("dtend", event.day + timedelta(days=1))
    else:
        entry.add("dtstart", event.begins_at)
        entry.add("dtend", event.ends_at)
    entry.add("summary", title)
    place = f"{event.postcode} {event.town}"
    if event.is_public:
        entry.add("description", event.description)
        place = ", ".join(filter(None, (event.venue, event.address, place)))
    entry.add("location", place)
    entry.add("url", page)
    calendar = Calendar()
    calendar.add("prodid", "-//Pli//events//FR")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
