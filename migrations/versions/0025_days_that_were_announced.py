"""A line keeps the day that its orderer was told, so that they are told once when it changes."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("order_line") as batch:
        batch.add_column(sa.Column("announced_on", sa.Date()))
        batch.add_column(sa.Column("delay_told", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("order_line") as batch:
        batch.alter_column("delay_told", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("order_line") as batch:
        batch.drop_column("delay_told")
        batch.drop_column("announced_on")
