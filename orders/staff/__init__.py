"""Who works here: accounts, their roles, and the journal of what was done."""
