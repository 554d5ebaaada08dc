"""Drop-off points: where letters can be left, instead of posting them."""
