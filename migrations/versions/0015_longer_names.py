"""Names and e-mail addresses as long as they are. The keys are unbounded: abbreviations are written out in them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LENGTHS = {
    "organisation": (40, 125),
    "name": (40, 80),
    "department": (40, 125),
    "building": (40, 125),
    "street": (40, 80),
    "number": (8, 12),
    "box": (8, 12),
    "town": (40, 60),
    "email": (50, 254),
    "billing_name": (80, 125),
}
KEYS = ("email_key", "address_key", "organisation_key")


def upgrade() -> None:
    _change({name: (sa.String(old), sa.String(new)) for name, (old, new) in LENGTHS.items()}, sa.String(160), sa.Text())


def downgrade() -> None:
    """PostgreSQL refuses it while a longer value is kept: nothing is cut."""
    _change({name: (sa.String(new), sa.String(old)) for name, (old, new) in LENGTHS.items()}, sa.Text(), sa.String(160))


def _change(lengths: dict, old_key: sa.types.TypeEngine, new_key: sa.types.TypeEngine) -> None:
    with op.batch_alter_table("order") as batch:
        for name, (old, new) in {**lengths, **dict.fromkeys(KEYS, (old_key, new_key))}.items():
            batch.alter_column(name, existing_type=old, type_=new, existing_nullable=False)
