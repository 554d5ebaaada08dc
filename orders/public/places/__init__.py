"""What is near somebody: where letters can be left."""
