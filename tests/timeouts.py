"""How long tests wait for something before they fail; generous, for slow machines."""

PATIENCE = 180.0  # seconds
