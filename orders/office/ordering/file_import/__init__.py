"""The page that imports a file of orders."""
