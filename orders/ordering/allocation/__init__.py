"""Copies for an order: reserved now, or estimated for later."""
