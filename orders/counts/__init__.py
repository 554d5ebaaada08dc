"""Numbers of orders and copies that are kept where the facts change, so that no page adds up a season.

Triggers of the database write them, in the transaction that changes an order or a line, however it is changed: by the
rules, by a statement for many orders, by hand. See docs/decisions/0076.
"""
