"""Packing slips: their data, their layout on pages, and drawing them."""
