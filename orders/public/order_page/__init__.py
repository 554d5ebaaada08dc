"""The page of one order, for whoever has its link: its state, changing it, cancelling it, reporting letters."""
