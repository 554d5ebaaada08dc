"""When orders were erased or restricted, what remains of them as counts, and the purges."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

CELL = ("edition_id", "week", "postcode", "audience")


def upgrade() -> None:
    op.add_column("order", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("order", sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "erased_order_count",
        *_cell("erased_order_count"),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*CELL, name=op.f("pk_erased_order_count")),
    )
    op.create_table(
        "erased_copies_count",
        *_cell("erased_copies_count"),
        sa.Column("publication_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_erased_copies_count_publication_id_publication"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(*CELL, "publication_id", name=op.f("pk_erased_copies_count")),
    )
    op.create_table(
        "purge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("orders", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff_member.id"], name=op.f("fk_purge_by_id_staff_member"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge")),
    )
    op.create_table(
        "erased_order",
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_erased_order")),
    )


def _cell(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f(f"fk_{table}_edition_id_edition"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["audience"], ["audience.code"], name=op.f(f"fk_{table}_audience_audience"), ondelete="RESTRICT"
        ),
    ]


def downgrade() -> None:
    for table in ("erased_order", "purge", "erased_copies_count", "erased_order_count"):
        op.drop_table(table)
    op.drop_column("order", "restricted_at")
    op.drop_column("order", "erased_at")
