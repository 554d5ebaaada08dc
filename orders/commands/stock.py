"""`flask stock`: proof that the sums hold."""

import click
from flask.cli import AppGroup

from orders.commands.console import refuse
from orders.database import snapshot
from orders.reports import integrity

stock = AppGroup("stock", help="The ledger of copies.")


@stock.command("verify")
def verify() -> None:
    """Recompute every balance and reservation from the movements. Exit 1 with a line for each that does not hold."""
    with snapshot():
        wrong = integrity.discrepancies()
    if wrong:
        refuse(*(str(discrepancy) for discrepancy in wrong))
    click.echo("all sums hold")
