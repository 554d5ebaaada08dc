"""Figures that need the data of several rooms."""
