"""Prices of the starter catalogue are to be checked; those that stand in a table today were typed by somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "postage_rate", sa.Column("to_be_checked", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("postage_rate") as batch:
        batch.alter_column("to_be_checked", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("postage_rate") as batch:
        batch.drop_column("to_be_checked")
