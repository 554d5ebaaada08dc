"""Packing slips: what one says, how it flows over pages, how it is drawn."""
