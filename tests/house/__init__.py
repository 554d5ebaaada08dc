"""`make house`: how large the parts of the code are, and whether any has outgrown its bound."""
