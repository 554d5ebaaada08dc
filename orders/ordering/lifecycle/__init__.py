"""The steps of an order: placed, changed, accepted or rejected, cancelled, sent."""
