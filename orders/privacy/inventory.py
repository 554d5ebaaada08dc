"""What personal data is held now: where, how many rows, since when."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import and_, func, select, text

from orders.database import Model, UtcDateTime, db
from orders.privacy import erasing
from orders.privacy.registry import Kind, Table
from orders.privacy.tables import TABLES


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of a table that hold something personal, of these kinds; `since`: the moment of the oldest."""

    table: Table
    kinds: tuple[Kind, ...]
    rows: int
    since: datetime | None


def holdings() -> list[Holding]:
    """Every table that may hold personal data, those with most rows first."""
    found = [_holding(table) for table in TABLES if table.erasable]
    return sorted(found, key=lambda each: -each.rows)


def _holding(table: Table) -> Holding:
    stored = Model.metadata.tables[table.name]
    oldest = func.min(text(table.since), type_=UtcDateTime())
    held = select(func.count(), oldest).select_from(stored).where(and_(erasing.still_holds(table)))
    rows, since = db.session.execute(held).one()
    kinds = tuple(dict.fromkeys(column.kind for column in table.erasable))
    return Holding(table, kinds, rows, since.astimezone(UTC) if since else None)
