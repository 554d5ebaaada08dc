"""Everything on paper: labels, slips and lists of a dispatch or an order, the printers, and the log of prints."""
