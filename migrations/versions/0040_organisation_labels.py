"""What the order form calls the organisation of an audience: for those of the starter file, what it says there."""

import sqlalchemy as sa
from alembic import op

from orders.association.profile_cache import starter_values

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

COLUMN = "organisation_labels"


def upgrade() -> None:
    op.add_column("audience", sa.Column(COLUMN, sa.JSON(), nullable=True))
    audience = sa.table("audience", sa.column("code"), sa.column(COLUMN, sa.JSON(none_as_null=True)))
    for each in starter_values()["audiences"]:
        op.execute(audience.update().where(audience.c.code == each["code"]).values({COLUMN: each.get(COLUMN)}))


def downgrade() -> None:
    op.drop_column("audience", COLUMN)
