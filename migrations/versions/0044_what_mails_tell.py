"""Mails keep what they tell and are rendered from that; those that are there keep their bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outgoing_mail", sa.Column("told", sa.JSON(), nullable=True))


def downgrade() -> None:
    """The version before sends only what was rendered: a mail that waits would leave empty, so it is given up."""
    op.execute(
        "UPDATE outgoing_mail SET given_up_at = due_at, last_error = 'written by a later version'"
        " WHERE told IS NOT NULL AND sent_at IS NULL AND given_up_at IS NULL"
    )
    op.drop_column("outgoing_mail", "told")
