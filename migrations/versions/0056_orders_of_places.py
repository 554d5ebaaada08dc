"""Orders counted by the place that they are for. `env.py` fills the count, and makes its triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

NAME = "order_institution_count"


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(64), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("is_sum", sa.Boolean(), nullable=False),
    )
    sums, changes = sa.text("is_sum"), sa.text("NOT is_sum")
    keys = ["edition_id", "institution"]
    op.create_index(f"uq_{NAME}", NAME, keys, unique=True, sqlite_where=sums, postgresql_where=sums)
    op.create_index(f"ix_{NAME}_change", NAME, ["is_sum"], sqlite_where=changes, postgresql_where=changes)


def downgrade() -> None:
    op.drop_table(NAME)
