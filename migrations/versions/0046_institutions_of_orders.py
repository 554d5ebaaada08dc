"""Orders are compared and counted by the number of their school; of some the office is asked which it is."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

IN_DIRECTORY = sa.text("institution IS NOT NULL")


def upgrade() -> None:
    op.add_column("order", sa.Column("institution_unsure", sa.Boolean(), nullable=True))
    op.execute(sa.update(sa.table("order", sa.column("institution_unsure"))).values(institution_unsure=sa.false()))
    with op.batch_alter_table("order") as batch:
        batch.alter_column("institution_unsure", existing_type=sa.Boolean(), nullable=False)
    op.create_index(
        "ix_order_unsure",
        "order",
        ["placed_at", "id"],
        sqlite_where=sa.text("institution_unsure = 1"),
        postgresql_where=sa.text("institution_unsure"),
    )
    op.create_index(
        "ix_order_institution",
        "order",
        ["edition_id", "institution", "status"],
        sqlite_where=IN_DIRECTORY,
        postgresql_where=IN_DIRECTORY,
    )


def downgrade() -> None:
    op.drop_index("ix_order_institution", "order")
    op.drop_index("ix_order_unsure", "order")
    with op.batch_alter_table("order") as batch:
        batch.drop_column("institution_unsure")
