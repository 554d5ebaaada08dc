"""What is done once a day, what coordinators were warned of, and letters that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHORES = ("alerts", "letters")


def upgrade() -> None:
    chore = op.create_table(
        "daily_chore",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_daily_chore")),
    )
    op.bulk_insert(chore, [{"name": name, "done_on": None} for name in CHORES])
    op.create_table(
        "alert",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thing", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "thing", name=op.f("pk_alert")),
    )
    op.create_table(
        "letter_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_office", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.CheckConstraint("letters >= 0 AND letters <= 100000", name=op.f("ck_letter_count_letters")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["order.id"], name=op.f("fk_letter_count_order_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff_member.id"], name=op.f("fk_letter_count_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_count")),
        sa.UniqueConstraint("submission", name=op.f("uq_letter_count_submission")),
    )
    op.create_index(op.f("ix_letter_count_order_id"), "letter_count", ["order_id"])


def downgrade() -> None:
    op.drop_table("letter_count")
    op.drop_table("alert")
    op.drop_table("daily_chore")
