"""Orders name the place in the directory that was chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("order", sa.Column("institution", sa.String(64)))


def downgrade() -> None:
    op.drop_column("order", "institution")
