"""Whether an order may be taken as it is: allowances, duplicates, and who counts as the same orderer."""
