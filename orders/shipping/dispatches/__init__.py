"""A dispatch: created from ready orders, repacked, packed, closed or undone."""
