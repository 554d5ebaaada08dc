"""What goes to the carrier and comes back: the manifest file, and tracking numbers."""
