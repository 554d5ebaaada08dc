"""Indexes along which the lists of orders are read, page by page."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NOT_GONE = sa.text("status IN ('pending', 'waiting', 'ready', 'dispatching')")
INDEXES = {
    "ix_order_audience_placed_at": ["audience", "placed_at", "id"],
    "ix_order_edition_id_placed_at": ["edition_id", "placed_at", "id"],
    "ix_order_status_needed_by": ["status", "needed_by", "placed_at", "id"],
    "ix_order_postcode": ["postcode"],
    "ix_order_phone": ["phone"],
}


def upgrade() -> None:
    op.drop_index("ix_order_status_delivery", table_name="order")
    op.drop_index("ix_order_needed_by", table_name="order")
    for name, columns in INDEXES.items():
        op.create_index(name, "order", columns)
    op.create_index(
        "ix_order_not_gone",
        "order",
        ["needed_by", "placed_at", "id"],
        sqlite_where=NOT_GONE,
        postgresql_where=NOT_GONE,
    )


def downgrade() -> None:
    for name in ("ix_order_not_gone", *INDEXES):
        op.drop_index(name, table_name="order")
    op.create_index("ix_order_needed_by", "order", ["needed_by"])
    op.create_index("ix_order_status_delivery", "order", ["status", "delivery"])
