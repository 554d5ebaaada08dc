"""The whole proof: the ledger's sums, the orders' lines and the parcels together."""

from orders.ordering import integrity as ordering_proof
from orders.shipping import integrity as shipping_proof
from orders.stock import integrity as stock_proof
from orders.stock.integrity import Discrepancy


def discrepancies() -> list[Discrepancy]:
    """Every sum that does not hold, and what it is about; an empty list when all do.

    Takes several questions to the database: where others may write meanwhile, ask inside `database.snapshot`.
    """
    return [*stock_proof.verify(), *ordering_proof.verify(), *shipping_proof.verify()]
