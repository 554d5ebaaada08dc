"""Print runs; a movement from the printer may name the one it is a part of."""

import sqlalchemy as sa
from alembic import op

from orders.database import append_only

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("cost_cents", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.CheckConstraint("copies > 0", name=op.f("ck_print_run_copies_positive")),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_print_run_cost_not_negative")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff_member.id"], name=op.f("fk_print_run_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_print_run_publication_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
        sa.UniqueConstraint("submission", name=op.f("uq_print_run_submission")),
    )
    op.create_index(op.f("ix_print_run_publication_id"), "print_run", ["publication_id"])
    with op.batch_alter_table("movement") as batch:
        batch.add_column(sa.Column("print_run_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_movement_print_run_id"), "print_run", ["print_run_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_index(op.f("ix_movement_print_run_id"), ["print_run_id"])
    append_only(op.get_bind(), "movement")


def downgrade() -> None:
    with op.batch_alter_table("movement") as batch:
        batch.drop_index(op.f("ix_movement_print_run_id"))
        batch.drop_constraint(op.f("fk_movement_print_run_id"), type_="foreignkey")
        batch.drop_column("print_run_id")
    append_only(op.get_bind(), "movement")
    op.drop_index(op.f("ix_print_run_publication_id"), table_name="print_run")
    op.drop_table("print_run")
