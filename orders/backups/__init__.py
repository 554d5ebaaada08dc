"""Backups: one file with every row, taken while orders come in, and restored into either kind of database."""
