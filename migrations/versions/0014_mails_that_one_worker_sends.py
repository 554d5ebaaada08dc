"""Which worker sends a mail, that its last line leaves, and when it was tried."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outgoing_mail", sa.Column("claimed_by", sa.String(length=16), nullable=True))
    op.execute("UPDATE outgoing_mail SET claimed_by = ''")
    op.add_column("outgoing_mail", sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outgoing_mail", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("outgoing_mail") as batch:
        batch.alter_column("claimed_by", existing_type=sa.String(length=16), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("outgoing_mail") as batch:
        batch.drop_column("tried_at")
        batch.drop_column("handed_at")
        batch.drop_column("claimed_by")
