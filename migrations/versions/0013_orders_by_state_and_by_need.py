"""Indexes for the office's first page and its list: orders by state and delivery, and by the day they are needed."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_order_status_delivery", "order", ["status", "delivery"])
    op.create_index("ix_order_needed_by", "order", ["needed_by"])


def downgrade() -> None:
    op.drop_index("ix_order_needed_by", table_name="order")
    op.drop_index("ix_order_status_delivery", table_name="order")
