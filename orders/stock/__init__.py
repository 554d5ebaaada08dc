"""Where the copies are: a double-entry ledger of movements between places."""
