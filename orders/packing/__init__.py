"""How copies become envelopes and boxes, and what these cost."""
