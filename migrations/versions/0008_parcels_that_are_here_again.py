"""Parcels that came back, or were posted by mistake."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parcel_return",
        sa.Column("parcel_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_parcel_return_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcel.id"], name=op.f("fk_parcel_return_parcel_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("parcel_id", name=op.f("pk_parcel_return")),
    )


def downgrade() -> None:
    op.drop_table("parcel_return")
