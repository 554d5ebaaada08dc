"""Reading orders: search, lists, and figures that other rooms ask for. Nothing here changes a row."""
