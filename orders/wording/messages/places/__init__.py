"""What is wrong with public places: drop-off points and events."""

from orders.wording.messages.places import dropoff, events, typed_fields

__all__ = ["dropoff", "events", "typed_fields"]
