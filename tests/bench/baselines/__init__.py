"""The same things as everybody writes them: what our speeds are compared with."""
