"""What is wrong with public places: drop-off points and events."""

from orders.wording.messages.places import dropoff, typed_fields

__all__ = ["dropoff", "typed_fields"]
