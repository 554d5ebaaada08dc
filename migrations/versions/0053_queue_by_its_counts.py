"""The copies in the queue of a publication are added up from the few rows of its count that have any."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    queued = sa.text("queued <> 0")
    op.create_index(
        "ix_copies_count_queued",
        "copies_count",
        ["publication_id", "queued"],
        sqlite_where=queued,
        postgresql_where=queued,
    )


def downgrade() -> None:
    op.drop_index("ix_copies_count_queued", table_name="copies_count")
