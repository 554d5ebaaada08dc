"""The whole proof: the ledger's sums, the orders' lines, the parcels and the counts together."""

from collections.abc import Iterator

from orders.counts import sums
from orders.ordering import integrity as ordering_proof
from orders.shipping import integrity as shipping_proof
from orders.stock import integrity as stock_proof
from orders.stock.integrity import Discrepancy


def discrepancies() -> list[Discrepancy]:
    """Every sum that does not hold, and what it is about; an empty list when all do.

    Takes several questions to the database: where others may write meanwhile, ask inside `database.snapshot`.
    """
    return [*stock_proof.verify(), *ordering_proof.verify(), *shipping_proof.verify(), *_wrong_counts()]


def _wrong_counts() -> Iterator[Discrepancy]:
    for wrong in sums.verify():
        yield Discrepancy(wrong.about, "what is counted now", f"{wrong.more:+}")
