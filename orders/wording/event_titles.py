"""What an event is called on a page."""

from orders.events.models import Event
from orders.wording.association_text import association_text


def event_title(event: Event) -> str:
    """Its title; the gathering of an order has none until somebody writes one, and is called as the campaign is."""
    return event.title or association_text().campaign
