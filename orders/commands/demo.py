"""`flask demo`: made-up orders to look at, to teach with and to measure."""

import click
from flask.cli import with_appcontext

from orders.clock import local_day, now
from orders.commands.console import progress, refuse
from orders.database import is_migrated, transact
from orders.demo import demand_plan, setup, simulation
from orders.demo.random_orders import NobodyMayOrder
from orders.errors import Refused
from orders.references import show_reference
from orders.wording import sentence

MOST_ORDERS = 100_000


@click.command("demo")
@click.option("--orders", "count", type=click.IntRange(1, MOST_ORDERS), required=True, help="How many orders.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same orders.")
@with_appcontext
def demo(count: int, seed: int) -> None:
    """Make up a season of orders and live through it until now: deliveries, dispatches, returns, letters.

    Only where no order is real: every order must have been made up by this command. Their mails count as sent and
    never leave. What is made up stays: use a database of its own, as `make demo` does.
    """
    if not is_migrated():
        refuse("the database lacks its tables or the latest of them: type `flask db upgrade` first")
    moment = now()
    try:
        transact(setup.prepare_editions, at=moment)
        life = simulation.simulation_of(demand_plan.plan(count, seed=seed, at=moment), seed=seed, at=moment)
    except Refused as refusal:
        refuse(sentence(refusal))
    with progress("orders", count) as placed:
        for day in life.days:
            transact(simulation.simulate_day, day, life, placed)
    click.echo(f"{count} orders made up")


@sentence.register
def _(said: setup.RealOrdersHere) -> str:
    first = f"{show_reference(said.first.reference)}, of {local_day(said.first.placed_at)}"
    real = "1 real order is" if said.count == 1 else f"{said.count} real orders are"
    return f"{real} here (the first: {first}): nothing was made up beside that. `make demo` has its own database"


@sentence.register
def _(said: setup.NoEditionOpen) -> str:
    return "no edition is open today: open one, or use a database without any"


@sentence.register
def _(said: NobodyMayOrder) -> str:
    return f"the allowances of edition {said.year} let nobody have a copy: nothing was made up"
