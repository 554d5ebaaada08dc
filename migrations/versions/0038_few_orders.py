"""Indexes of the few orders that pay postage, that did not arrive, or whose orderers agreed to receive news.

The index of searches is made by `env.py`: where pg_trgm may not be created, all else goes on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

PAYS = {"sqlite_where": sa.text("postage_due = 1"), "postgresql_where": sa.text("postage_due")}
MISSING = sa.text("reported_missing_at IS NOT NULL")
AGREED = {"sqlite_where": sa.text("news_text <> ''"), "postgresql_where": sa.text("news_text <> ''")}


def upgrade() -> None:
    op.create_index("ix_order_postage_due", "order", ["placed_at", "id"], **PAYS)
    op.create_index("ix_order_news", "order", ["placed_at", "id"], **AGREED)
    op.create_index(
        "ix_order_missing", "order", ["reported_missing_at"], sqlite_where=MISSING, postgresql_where=MISSING
    )


def downgrade() -> None:
    op.drop_index("ix_order_missing", table_name="order")
    op.drop_index("ix_order_news", table_name="order")
    op.drop_index("ix_order_postage_due", table_name="order")
