"""What is wrong with a file: of any kind, and of a list of places."""

from orders.wording.messages.files import directory, tables

__all__ = ["directory", "tables"]
