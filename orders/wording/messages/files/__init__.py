"""What is wrong with a file: of any kind, of orders, and of places."""

from orders.wording.messages.files import order_rows, place_lists, tables

__all__ = ["order_rows", "place_lists", "tables"]
