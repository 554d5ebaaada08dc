"""An order as it was typed: fields read, checked and turned into an `OrderRequest`."""
