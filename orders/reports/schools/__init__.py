"""Which places of the directory the campaign reaches."""
