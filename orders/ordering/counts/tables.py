"""What is counted, and by what.

The rows of a table add up. Every change of an order adds rows of its own, positive and negative, so that no two orders
wait for each other; the worker puts them together from time to time (`sums.roll_up`). A reader takes the sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, text

from orders.database import db

SUM, CHANGE = text("is_sum"), text("NOT is_sum")


@dataclass(frozen=True, slots=True)
class Count:
    """A table, and its columns as SQL of an order `o` and, where lines are counted, its line `l`.

    `{day}` stands for the day in Brussels on which the order was placed.
    """

    table: Table
    keys: Mapping[str, str]
    figures: Mapping[str, str]
    is_of_lines: bool

    @property
    def columns(self) -> Mapping[str, str]:
        return {**self.keys, **self.figures}


def _table(name: str, keys: list[Column[object]], figures: list[str]) -> Table:
    is_sum = Column("is_sum", Boolean, nullable=False)
    table = Table(name, db.metadata, *keys, *(Column(each, Integer, nullable=False) for each in figures), is_sum)
    Index(f"uq_{name}", *keys, unique=True, sqlite_where=SUM, postgresql_where=SUM)
    Index(f"ix_{name}_change", is_sum, sqlite_where=CHANGE, postgresql_where=CHANGE)
    return table


def _key(name: str, kind: type[Integer] | type[Date] | String) -> Column[object]:
    return Column(name, kind, nullable=False)


order_count = _table(
    "order_count",
    [
        _key("edition_id", Integer),
        _key("day", Date),
        _key("audience", String(20)),
        _key("delivery", String(20)),
        _key("status", String(20)),
    ],
    ["orders", "served"],
)
order_postcode_count = _table(
    "order_postcode_count", [_key("edition_id", Integer), _key("postcode", String(10))], ["orders"]
)
copies_count = _table(
    "copies_count",
    [_key("publication_id", Integer), _key("day", Date), _key("audience", String(20)), _key("status", String(20))],
    ["lines", "asked", "demanded", "reserved", "sent", "waiting", "queued"],
)
copies_postcode_count = _table(
    "copies_postcode_count", [_key("publication_id", Integer), _key("postcode", String(10))], ["asked", "sent"]
)

STANDS = "o.status NOT IN ('rejected', 'cancelled')"
WAITING = "l.copies - l.reserved - l.sent - l.given_up"

COUNTS = (
    Count(
        order_count,
        {
            "edition_id": "o.edition_id",
            "day": "{day}",
            "audience": "o.audience",
            "delivery": "o.delivery",
            "status": "o.status",
        },
        {"orders": "1", "served": "CASE WHEN o.is_served THEN 1 ELSE 0 END"},
        is_of_lines=False,
    ),
    Count(
        order_postcode_count,
        {"edition_id": "o.edition_id", "postcode": "o.postcode"},
        {"orders": f"CASE WHEN {STANDS} THEN 1 ELSE 0 END"},
        is_of_lines=False,
    ),
    Count(
        copies_count,
        {"publication_id": "l.publication_id", "day": "{day}", "audience": "o.audience", "status": "o.status"},
        {
            "lines": "1",
            "asked": "l.copies",
            "demanded": (
                "CASE WHEN o.rejected_at IS NOT NULL THEN 0 WHEN o.cancelled_at IS NOT NULL THEN l.sent "
                "ELSE l.copies END"
            ),
            "reserved": "l.reserved",
            "sent": "l.sent",
            "waiting": WAITING,
            "queued": f"CASE WHEN o.accepted_at IS NOT NULL AND o.returned_at IS NULL THEN {WAITING} ELSE 0 END",
        },
        is_of_lines=True,
    ),
    Count(
        copies_postcode_count,
        {"publication_id": "l.publication_id", "postcode": "o.postcode"},
        {"asked": f"CASE WHEN {STANDS} THEN l.copies ELSE 0 END", "sent": f"CASE WHEN {STANDS} THEN l.sent ELSE 0 END"},
        is_of_lines=True,
    ),
)
"""All that is counted. `demanded`: copies that people wanted, of an order that was called off only those that went;
`waiting`: of any order, `queued`: of those that stock may be reserved for (`Order.queues`)."""

OF_ORDERS = (
    *("id", "edition_id", "placed_at", "audience", "delivery", "status", "postcode", "is_served"),
    *("accepted_at", "returned_at", "rejected_at", "cancelled_at"),
)
"""The columns of an order that anything above follows from."""
OF_LINES = ("order_id", "publication_id", "copies", "reserved", "sent", "given_up")
