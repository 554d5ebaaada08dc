"""Events that people propose."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time()),
        sa.Column("ends", sa.Time()),
        sa.Column("venue", sa.String(100), nullable=False),
        sa.Column("address", sa.String(100), nullable=False),
        sa.Column("postcode", sa.String(4), nullable=False),
        sa.Column("town", sa.String(60), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("contact_name", sa.String(80), nullable=False),
        sa.Column("contact_email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("order_id", sa.Integer()),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("published_at", MOMENT),
        sa.Column("refused_at", MOMENT),
        sa.Column("refusal", sa.String(500), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_event_order_id_order"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_day", "event", ["day"])
    op.create_index("ix_event_order_id", "event", ["order_id"])


def downgrade() -> None:
    op.drop_table("event")
