"""Where postcodes lie, distances, and maps of Belgium made of dots."""
