"""Copies that were added to an order after it was placed queue from then."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("order_line") as batch:
        batch.add_column(sa.Column("later", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("later_since", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("order_line") as batch:
        batch.alter_column("later", server_default=None)
        batch.create_check_constraint(
            op.f("ck_order_line_later_of_copies"),
            "later >= 0 AND later <= copies AND (later = 0 OR later_since IS NOT NULL)",
        )


def downgrade() -> None:
    with op.batch_alter_table("order_line") as batch:
        batch.drop_constraint(op.f("ck_order_line_later_of_copies"), type_="check")
        batch.drop_column("later_since")
        batch.drop_column("later")
