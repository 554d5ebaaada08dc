"""How long a test waits for what must come: a slow machine is no failure."""

PATIENCE = 180.0  # seconds
