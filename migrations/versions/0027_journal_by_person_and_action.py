"""The journal is searched by the member of the staff and by the action, and read from its end."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_audit_entry_by_id_at": ["by_id", "at"],
    "ix_audit_entry_action_at": ["action", "at"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "audit_entry", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "audit_entry")
