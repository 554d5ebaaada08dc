"""Rows of the database beside the session: kept by a process, or written at once."""
