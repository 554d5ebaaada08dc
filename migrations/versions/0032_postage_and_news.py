"""Indexes of the few orders that pay postage, and of those whose orderers agreed to receive news.

The index of searches is made by `env.py`: where pg_trgm may not be created, all else goes on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

PAYS = {"sqlite_where": sa.text("postage_due = 1"), "postgresql_where": sa.text("postage_due")}
AGREED = {"sqlite_where": sa.text("news_text <> ''"), "postgresql_where": sa.text("news_text <> ''")}


def upgrade() -> None:
    op.create_index("ix_order_postage_due", "order", ["placed_at", "id"], **PAYS)
    op.create_index("ix_order_news", "order", ["placed_at", "id"], **AGREED)


def downgrade() -> None:
    op.drop_index("ix_order_news", table_name="order")
    op.drop_index("ix_order_postage_due", table_name="order")
