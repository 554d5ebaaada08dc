"""Programs that make the tables of `orders/addresses/data` from what others publish; Pli runs without them."""
