"""Drop-off points."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drop_off_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("address", sa.String(100), nullable=False),
        sa.Column("postcode", sa.String(4), nullable=False),
        sa.Column("town", sa.String(60), nullable=False),
        sa.Column("hours", sa.String(150), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drop_off_point")),
        sa.UniqueConstraint("key", name=op.f("uq_drop_off_point_key")),
    )
    op.create_index("ix_drop_off_point_last_day", "drop_off_point", ["last_day"])


def downgrade() -> None:
    op.drop_table("drop_off_point")
