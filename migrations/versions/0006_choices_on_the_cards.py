"""What is chosen on the cards, counted by day: to read online, or to receive."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "choice_count",
        sa.Column("publication_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_choice_count_times_positive")),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_choice_count_publication_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("publication_id", "day", "choice", name=op.f("pk_choice_count")),
    )


def downgrade() -> None:
    op.drop_table("choice_count")
