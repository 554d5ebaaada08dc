"""What can be ordered: editions of the campaign and their publications."""
