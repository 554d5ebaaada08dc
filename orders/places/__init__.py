"""What drop-off points and events have in common: an address with a point on the map, and which ones are nearest."""
