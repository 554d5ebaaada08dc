"""Workers note since when the mail server does not answer them."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("worker_heartbeat", sa.Column("mail_silent_since", sa.DateTime(timezone=True)))
    op.add_column("worker_heartbeat", sa.Column("mail_error", sa.String(200), nullable=False, server_default=""))
    with op.batch_alter_table("worker_heartbeat") as batch:
        batch.alter_column("mail_error", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("worker_heartbeat") as batch:
        batch.drop_column("mail_error")
        batch.drop_column("mail_silent_since")
