"""Figures read across the rooms."""
