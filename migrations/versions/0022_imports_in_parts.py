"""An import of a file that broke off can be gone on with: its rows are known by a key, and its end by a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

UNFINISHED = sa.text("finished_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("order_import") as batch:
        batch.add_column(sa.Column("key", sa.String(32), nullable=False, server_default=""))
        batch.add_column(sa.Column("finished_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE order_import SET finished_at = at")
    with op.batch_alter_table("order_import") as batch:
        batch.alter_column("key", server_default=None)
    op.create_index(
        "uq_order_import_unfinished",
        "order_import",
        ["digest"],
        unique=True,
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )


def downgrade() -> None:
    op.drop_index("uq_order_import_unfinished", table_name="order_import")
    with op.batch_alter_table("order_import") as batch:
        batch.drop_column("finished_at")
        batch.drop_column("key")
