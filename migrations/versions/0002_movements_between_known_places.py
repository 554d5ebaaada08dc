"""Movements go between places that exist: the database checks it too, not only the application."""

from alembic import op

from orders.database import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PLACES = "('PRINTER', 'SHELF', 'RESERVED', 'SENT', 'LOST')"


def upgrade() -> None:
    with op.batch_alter_table("movement") as batch:
        batch.create_check_constraint(
            op.f("ck_movement_known_places"), f"origin IN {PLACES} AND destination IN {PLACES}"
        )
    append_only(op.get_bind(), "movement")


def downgrade() -> None:
    with op.batch_alter_table("movement") as batch:
        batch.drop_constraint(op.f("ck_movement_known_places"), type_="check")
    append_only(op.get_bind(), "movement")
