"""Printings note whether they are of letters or boxes only, and whether labels bear the sender and a bar code."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("printing") as batch:
        batch.add_column(sa.Column("kind", sa.String(length=20)))
        batch.add_column(sa.Column("for_returns", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.text("UPDATE printing SET kind = 'letter' WHERE letters_only"))
    with op.batch_alter_table("printing") as batch:
        batch.drop_column("letters_only")
        batch.alter_column("for_returns", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("printing") as batch:
        batch.add_column(sa.Column("letters_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.text("UPDATE printing SET letters_only = (kind = 'letter') WHERE kind IS NOT NULL"))
    with op.batch_alter_table("printing") as batch:
        batch.drop_column("for_returns")
        batch.drop_column("kind")
        batch.alter_column("letters_only", server_default=None)
