"""Stock counts and what people typed into them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def points_to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")


def upgrade() -> None:
    op.create_table(
        "stock_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abandoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("approved_at IS NULL OR abandoned_at IS NULL", name=op.f("ck_stock_count_ends_once")),
        points_to("stock_count", "edition_id", "edition"),
        points_to("stock_count", "started_by_id", "staff_member"),
        points_to("stock_count", "ended_by_id", "staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
    )
    op.create_index(op.f("ix_stock_count_edition_id"), "stock_count", ["edition_id"])
    op.create_table(
        "count_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("last_movement_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.CheckConstraint("found >= 0", name=op.f("ck_count_entry_found_not_negative")),
        points_to("count_entry", "count_id", "stock_count"),
        points_to("count_entry", "publication_id", "publication"),
        points_to("count_entry", "last_movement_id", "movement"),
        points_to("count_entry", "by_id", "staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_entry")),
        sa.UniqueConstraint("submission", name=op.f("uq_count_entry_submission")),
    )
    op.create_index(op.f("ix_count_entry_count_id"), "count_entry", ["count_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_count_entry_count_id"), table_name="count_entry")
    op.drop_table("count_entry")
    op.drop_index(op.f("ix_stock_count_edition_id"), table_name="stock_count")
    op.drop_table("stock_count")
