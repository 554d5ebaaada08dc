"""From ready orders to posted parcels."""
