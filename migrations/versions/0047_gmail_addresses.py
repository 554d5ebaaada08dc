"""Gmail takes no notice of dots and has two domains: one person's addresses are compared as one."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.column("email_key", sa.Text())
    orders = sa.table("order", key)
    for domain in ("@gmail.com", "@googlemail.com"):
        local = sa.func.substr(key, 1, sa.func.length(key) - len(domain))
        without_dots = sa.func.replace(local, ".", "") + "@gmail.com"
        op.execute(sa.update(orders).where(key.like(f"%{domain}")).values(email_key=without_dots))


def downgrade() -> None:
    """Keys stay: older versions compare them as they compare others."""
