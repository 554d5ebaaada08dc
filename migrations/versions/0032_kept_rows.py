"""A token that is another one after every change of the catalogue, the audiences and the tariff. `env.py` makes the
triggers that write it."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

WATCHED = (
    *("edition", "defended_person", "edition_link", "publication", "allowance", "audience"),
    *("packaging", "postage_rate"),
)


def upgrade() -> None:
    op.create_table(
        "kept_rows_token",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_rows_token")),
    )
    op.execute("INSERT INTO kept_rows_token (id, token) VALUES (1, 'first')")


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in WATCHED:
        names = [f"{table}_{verb}_is_noted" for verb in ("insert", "update", "delete")] if is_sqlite else [f"{table}_is_noted"]
        for name in names:
            op.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if is_sqlite else f" ON {table}"))
    if not is_sqlite:
        op.execute("DROP FUNCTION IF EXISTS note_change()")
    op.drop_table("kept_rows_token")
