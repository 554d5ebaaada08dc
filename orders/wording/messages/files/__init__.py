"""What is wrong with a file: of any kind, and of a list of places."""

from orders.wording.messages.files import place_lists, tables

__all__ = ["place_lists", "tables"]
