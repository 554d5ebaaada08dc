"""Indexes for what every order asks: who waits, who ordered before, which mails were posted.

On PostgreSQL the planner also has to know how few lines wait, or it would not use their index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WAITS = sa.text("copies - reserved - sent - given_up > 0")


def upgrade() -> None:
    op.create_index(
        "ix_order_line_waiting",
        "order_line",
        ["publication_id", "order_id"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )
    op.drop_index("ix_order_edition_id_email_key", table_name="order")
    op.create_index("ix_order_email_key_edition_id", "order", ["email_key", "edition_id"])
    op.create_index("ix_outgoing_mail_kind_posted_at", "outgoing_mail", ["kind", "posted_at"])
    op.create_index(
        "ix_outgoing_mail_address_kind_posted_at", "outgoing_mail", ["address", "kind", "posted_at"]
    )
    op.create_index("ix_dispatch_closed_at", "dispatch", ["closed_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE STATISTICS st_order_line_waiting ON (copies - reserved - sent - given_up) FROM order_line"
        )
        op.execute("ANALYZE order_line")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP STATISTICS st_order_line_waiting")
    op.drop_index("ix_dispatch_closed_at", table_name="dispatch")
    op.drop_index("ix_outgoing_mail_address_kind_posted_at", table_name="outgoing_mail")
    op.drop_index("ix_outgoing_mail_kind_posted_at", table_name="outgoing_mail")
    op.drop_index("ix_order_email_key_edition_id", table_name="order")
    op.create_index("ix_order_edition_id_email_key", "order", ["edition_id", "email_key"])
    op.drop_index("ix_order_line_waiting", table_name="order_line")
