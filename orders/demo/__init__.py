"""Made-up orders: a season to look at, to teach with and to measure, lived through with the same rules as a real one.

An order that was made up came through the door `demo`; every other order is real. No orders are made up beside real
ones (`setup.prepare_editions`), because the ledger cannot be cleaned of them.
"""
