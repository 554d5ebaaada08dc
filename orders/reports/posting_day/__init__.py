"""What can still be packed for the next posting, and which orders have to leave with it."""
