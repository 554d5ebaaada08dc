"""Indexes of filters that are counted end with all that the count asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NOT_GONE = sa.text("status IN ('pending', 'waiting', 'ready', 'dispatching')")
PICKUP = sa.text("delivery = 'pickup'")
OF_PICKUPS = ["status", "needed_by", "placed_at", "id", "restricted_at"]
BEFORE = {
    "ix_order_status_needed_by": ["status", "needed_by", "placed_at", "id"],
    "ix_order_not_gone": ["needed_by", "placed_at", "id"],
    "ix_order_postcode": ["postcode"],
}
AFTER = {
    "ix_order_status_needed_by": ["status", "needed_by", "placed_at", "id", "delivery", "restricted_at"],
    "ix_order_not_gone": ["needed_by", "placed_at", "id", "status", "delivery", "restricted_at"],
    "ix_order_postcode": ["postcode", "country", "status", "delivery", "restricted_at"],
}


def upgrade() -> None:
    _replace(AFTER)
    op.create_index("ix_order_pickup", "order", OF_PICKUPS, sqlite_where=PICKUP, postgresql_where=PICKUP)


def downgrade() -> None:
    op.drop_index("ix_order_pickup", "order")
    _replace(BEFORE)


def _replace(indexes: dict[str, list[str]]) -> None:
    for name, columns in indexes.items():
        where = NOT_GONE if name == "ix_order_not_gone" else None
        op.drop_index(name, "order")
        op.create_index(name, "order", columns, sqlite_where=where, postgresql_where=where)
