"""Schools, groups, associations and libraries give their name: where the setting is still the one that it began with."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

CODES = ("school", "group", "association", "library")


def upgrade() -> None:
    audience = sa.table("audience", sa.column("code", sa.String), sa.column("organisation", sa.String))
    those = audience.c.code.in_(CODES) & (audience.c.organisation == "optional")
    op.execute(audience.update().where(those).values(organisation="required"))


def downgrade() -> None:
    """Nothing: nobody knows any more which of them was optional, and both are settings that a coordinator changes."""
