"""What a form said when it was dealt with, as a digest: forms that were sent before have none, and count as the same."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEYS = {
    "order": "placed_at",
    "movement": "at",
    "count_entry": "at",
    "print_run": "ordered_at",
    "dispatch": "made_at",
    "printing": "at",
    "letter_count": "at",
}


def upgrade() -> None:
    op.create_table(
        "submitted_form",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_submitted_form")),
    )
    for table, moment in KEYS.items():
        op.execute(
            f'INSERT INTO submitted_form (key, digest, at) SELECT submission, \'\', {moment} FROM "{table}" '
            "WHERE submission IS NOT NULL ON CONFLICT DO NOTHING"
        )
    op.execute(
        "INSERT INTO submitted_form (key, digest, at) SELECT submission, '', CURRENT_TIMESTAMP FROM edition "
        "WHERE submission IS NOT NULL ON CONFLICT DO NOTHING"
    )


def downgrade() -> None:
    op.drop_table("submitted_form")
