"""The whole proof: the ledger's sums and the orders' lines together."""

from orders.ordering import proving as ordering_proof
from orders.stock import proving as stock_proof
from orders.stock.proving import Discrepancy


def discrepancies() -> list[Discrepancy]:
    """Every sum that does not hold; an empty list when all do."""
    return [*stock_proof.verify(), *ordering_proof.verify()]
