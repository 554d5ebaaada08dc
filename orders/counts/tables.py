"""What is counted, and by what. Those who read a count know its columns; nobody else writes it.

The rows of a table add up. Every change of an order adds rows of its own, positive and negative, so that no two orders
wait for each other; the worker puts them together from time to time (`sums.roll_up`). A reader takes the sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, literal_column, text

from orders.database import db

SUM, CHANGE = text("is_sum"), text("NOT is_sum")


@dataclass(frozen=True, slots=True)
class Count:
    """A table, and its columns as SQL of what it counts: an order `o`, its line `l`, or a movement `m`.

    `{day}` stands for the day in Brussels on which the order was placed or the copies moved.
    """

    table: Table
    source: str
    """The table of which each row counts."""
    keys: Mapping[str, str]
    figures: Mapping[str, str]
    later: tuple[str, ...] = ()
    """Columns of the source, besides those of `COUNTED`, that a migration after the first counts added."""

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
order_institution_count = _table(
    "order_institution_count", [_key("edition_id", Integer), _key("institution", String(64))], ["orders"]
)
copies_count = _table(
    "copies_count",
    [
        _key("publication_id", Integer),
        _key("day", Date),
        _key("audience", String(20)),
        _key("delivery", String(20)),
        _key("status", String(20)),
    ],
    ["lines", "asked", "demanded", "reserved", "sent", "waiting", "queued"],
)
IS_QUEUED = copies_count.c.queued != literal_column("0")
"""Of these few rows of `copies_count` copies in the queue are added up."""
Index(
    "ix_copies_count_queued",
    *(copies_count.c.publication_id, copies_count.c.queued),
    sqlite_where=IS_QUEUED,
    postgresql_where=IS_QUEUED,
)
copies_postcode_count = _table(
    "copies_postcode_count", [_key("publication_id", Integer), _key("postcode", String(10))], ["asked", "sent"]
)

movement_count = _table(
    "movement_count",
    [
        _key("publication_id", Integer),
        _key("block", Integer),
        _key("day", Date),
        _key("origin", String(20)),
        _key("destination", String(20)),
        _key("reason", String(20)),
    ],
    ["movements", "copies"],
)
BLOCK = 500
"""Movements are counted in blocks of so many numbers: what a place held after one of them is read from the blocks
before it and the movements of its own."""

IS_FOR_PLACE = "o.institution IS NOT NULL AND o.status NOT IN ('rejected', 'cancelled')"
IS_FROM_THERE = "o.erased_at IS NULL AND o.status NOT IN ('rejected', 'cancelled')"
WAITING = "l.copies - l.reserved - l.sent - l.given_up"

COUNTS = (
    Count(
        order_count,
        "order",
        {
            "edition_id": "o.edition_id",
            "day": "{day}",
            "audience": "o.audience",
            "delivery": "o.delivery",
            "status": "o.status",
        },
        {"orders": "1", "served": "CASE WHEN o.is_served THEN 1 ELSE 0 END"},
    ),
    Count(
        order_postcode_count,
        "order",
        {"edition_id": "o.edition_id", "postcode": "o.postcode"},
        {"orders": f"CASE WHEN {IS_FROM_THERE} THEN 1 ELSE 0 END"},
    ),
    Count(
        order_institution_count,
        "order",
        {"edition_id": "o.edition_id", "institution": "COALESCE(o.institution, '')"},
        {"orders": f"CASE WHEN {IS_FOR_PLACE} THEN 1 ELSE 0 END"},
        later=("institution",),
    ),
    Count(
        copies_count,
        "order_line",
        {
            "publication_id": "l.publication_id",
            "day": "{day}",
            "audience": "o.audience",
            "delivery": "o.delivery",
            "status": "o.status",
        },
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
    ),
    Count(
        copies_postcode_count,
        "order_line",
        {"publication_id": "l.publication_id", "postcode": "o.postcode"},
        {
            "asked": f"CASE WHEN {IS_FROM_THERE} THEN l.copies ELSE 0 END",
            "sent": f"CASE WHEN {IS_FROM_THERE} THEN l.sent ELSE 0 END",
        },
    ),
    Count(
        movement_count,
        "movement",
        {
            "publication_id": "m.publication_id",
            "block": f"m.id / {BLOCK}",
            "day": "{day}",
            "origin": "m.origin",
            "destination": "m.destination",
            "reason": "m.reason",
        },
        {"movements": "1", "copies": "m.copies"},
    ),
)
"""All that is counted. `demanded`: copies that people wanted, of an order that was called off only those that went;
`waiting`: of any order, `queued`: of those that stock may be reserved for (`Order.queues`)."""


COUNTED = {
    "order": (
        *("id", "edition_id", "placed_at", "audience", "delivery", "status", "postcode", "is_served"),
        *("accepted_at", "returned_at", "rejected_at", "cancelled_at", "erased_at"),
    ),
    "order_line": ("order_id", "publication_id", "copies", "reserved", "sent", "given_up"),
    "movement": ("id", "at", "publication_id", "copies", "origin", "destination", "reason"),
}
"""The columns that anything above follows from, by table."""
