"""Made-up orders: a season to look at, to teach with and to measure, lived through with the same rules as a real one.

An order that was made up came through the door `demo`; every other order is real. Nothing is made up beside a real
order (`stage.set_stage`), for what is in the ledger stays there.
"""
