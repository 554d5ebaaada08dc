"""The whole proof: the ledger's sums, the orders' lines and the parcels together."""

from orders.ordering import proving as ordering_proof
from orders.shipping import proving as shipping_proof
from orders.stock import proving as stock_proof
from orders.stock.proving import Discrepancy


def discrepancies() -> list[Discrepancy]:
    """Every sum that does not hold, and what it is about; an empty list when all do.

    Takes several questions to the database: where others may write meanwhile, ask inside `database.one_moment`.
    """
    return [*stock_proof.verify(), *ordering_proof.verify(), *shipping_proof.verify()]
