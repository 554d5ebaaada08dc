"""The order form: from an empty form to a placed order, with the help it gives while it is filled in."""
