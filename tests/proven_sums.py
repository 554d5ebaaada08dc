"""The proof of all sums after a test. A ledger that was proven before is not proven again: most tests leave the
empty one, or that of the edition they began with.
"""

from functools import cache

from sqlalchemy import Table, text

from orders.counts.tables import COUNTS
from orders.database import db
from orders.ordering.models import Order
from orders.reports import integrity
from orders.stock.models import Balance, Movement

Ledger = frozenset[tuple[str, str]]

_proven: set[Ledger] = set()


def wrong_sums() -> list[str]:
    """Every sum that does not hold, in words."""
    if (ledger := _ledger_without_orders()) in _proven:
        return []
    wrong = [str(discrepancy) for discrepancy in integrity.discrepancies()]
    if ledger is not None and not wrong:
        _proven.add(ledger)
    return wrong


def _ledger_without_orders() -> Ledger | None:
    """Every row of the balances, movements and counts, as text; None where there is an order, or much to read."""
    kind = db.session.connection().dialect.name
    rows = db.session.execute(text(_rows_as_text(kind))).all()
    if len(rows) > 50 or any(table == "order" for table, _ in rows):
        return None
    return frozenset((table, row) for table, row in rows)


@cache
def _rows_as_text(kind: str) -> str:
    tables: list[Table] = [Order.metadata.tables[each.__tablename__] for each in (Order, Balance, Movement)]
    tables += [count.table for count in COUNTS]
    each = [f"SELECT '{table.name}', {_as_text(table, kind)} FROM \"{table.name}\"" for table in tables]  # noqa: S608 our own names
    return " UNION ALL ".join(each) + " LIMIT 51"


def _as_text(table: Table, kind: str) -> str:
    if kind == "postgresql":
        return f'"{table.name}"::text'
    return "json_array({})".format(", ".join(column.name for column in table.columns))
