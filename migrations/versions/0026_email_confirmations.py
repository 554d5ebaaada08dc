"""Orders of which the link in a mail was opened: those that stand until now count as opened."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "email_confirmation",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["order.id"], name=op.f("fk_email_confirmation_order_id_order"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_email_confirmation")),
    )
    op.execute('INSERT INTO email_confirmation (order_id, at) SELECT id, placed_at FROM "order" WHERE email <> \'\'')


def downgrade() -> None:
    op.drop_table("email_confirmation")
