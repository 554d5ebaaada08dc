"""What is in the database and in no model: the index of searches, which `ordering.search_index` makes."""

SEARCH_TABLE = "order_search"  # on SQLite; FTS5 keeps others beside it, whose names begin so
SEARCH_INDEXES = ("ix_order_search_pieces", "ix_order_reference_pieces")  # on PostgreSQL


def is_unmodelled(name: str | None) -> bool:
    """Whether a table or an index with this name is in no model."""
    return name is not None and (name.startswith(SEARCH_TABLE) or name in SEARCH_INDEXES)
