"""The queue of orders that wait for copies: filled from arrivals, cut back, or rationed."""
