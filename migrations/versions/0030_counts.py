"""Numbers of orders and copies that are kept where the facts change. `env.py` fills them, and makes their triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KEYS = {
    "order_count": {"edition_id": None, "day": None, "audience": 20, "delivery": 20, "status": 20},
    "order_postcode_count": {"edition_id": None, "postcode": 10},
    "copies_count": {"publication_id": None, "day": None, "audience": 20, "delivery": 20, "status": 20},
    "copies_postcode_count": {"publication_id": None, "postcode": 10},
    "movement_count": {
        **{"publication_id": None, "block": None, "day": None},
        **{"origin": 20, "destination": 20, "reason": 20},
    },
}
FIGURES = {
    "order_count": ("orders", "served"),
    "order_postcode_count": ("orders",),
    "copies_count": ("lines", "asked", "demanded", "reserved", "sent", "waiting", "queued"),
    "copies_postcode_count": ("asked", "sent"),
    "movement_count": ("movements", "copies"),
}


def upgrade() -> None:
    op.add_column("order", sa.Column("is_served", sa.Boolean(), nullable=True))
    op.execute(
        'UPDATE "order" SET is_served = EXISTS '
        '(SELECT 1 FROM order_line WHERE order_line.order_id = "order".id AND sent > 0)'
    )
    with op.batch_alter_table("order") as batch:
        batch.alter_column("is_served", existing_type=sa.Boolean(), nullable=False)
    for name, keys in KEYS.items():
        op.create_table(
            name,
            *(sa.Column(key, _kind(key, length), nullable=False) for key, length in keys.items()),
            *(sa.Column(figure, sa.Integer(), nullable=False) for figure in FIGURES[name]),
            sa.Column("is_sum", sa.Boolean(), nullable=False),
        )
        sums, changes = sa.text("is_sum"), sa.text("NOT is_sum")
        op.create_index(f"uq_{name}", name, list(keys), unique=True, sqlite_where=sums, postgresql_where=sums)
        op.create_index(f"ix_{name}_change", name, ["is_sum"], sqlite_where=changes, postgresql_where=changes)


def _kind(key: str, length: int | None) -> sa.types.TypeEngine[object]:
    if length is not None:
        return sa.String(length)
    return sa.Date() if key == "day" else sa.Integer()


def downgrade() -> None:
    for name in KEYS:
        op.drop_table(name)
    with op.batch_alter_table("order") as batch:
        batch.drop_column("is_served")
