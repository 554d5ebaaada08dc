"""Who asked to be written to when the next edition opens."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("institution", sa.String(64)),
        sa.Column("organisation", sa.String(125), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("department", sa.String(125), nullable=False),
        sa.Column("building", sa.String(125), nullable=False),
        sa.Column("street", sa.String(80), nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("box", sa.String(12), nullable=False),
        sa.Column("postcode", sa.String(10), nullable=False),
        sa.Column("town", sa.String(60), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("copies", sa.JSON(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("asked_edition_id", sa.Integer()),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_reminder_edition_id_edition"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["asked_edition_id"], ["edition.id"], name=op.f("fk_reminder_asked_edition_id_edition"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("email", name=op.f("uq_reminder_email")),
    )


def downgrade() -> None:
    op.drop_table("reminder")
