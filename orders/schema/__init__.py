"""The schema: which migrations a database has, and changing it in one transaction."""
