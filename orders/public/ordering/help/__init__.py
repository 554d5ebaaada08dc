"""Help with the fields of an address while they are filled in."""
