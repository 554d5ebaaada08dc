"""The directory: places of official lists and the schools at them."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_code", sa.String(40), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("street", sa.String(80), nullable=False),
        sa.Column("house", sa.String(12), nullable=False),
        sa.Column("box", sa.String(12), nullable=False),
        sa.Column("building", sa.String(125), nullable=False),
        sa.Column("postcode", sa.String(4), nullable=False),
        sa.Column("town", sa.String(60), nullable=False),
        sa.Column("commune", sa.String(60), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("gone_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_place")),
        sa.UniqueConstraint("list_code", "number", name=op.f("uq_directory_place_list_code_number")),
    )
    op.create_index("ix_directory_place_postcode", "directory_place", ["postcode"])
    op.create_table(
        "directory_school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("official_name", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("network", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["directory_place.id"],
            name=op.f("fk_directory_school_place_id_directory_place"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_school")),
        sa.UniqueConstraint("place_id", "number", name=op.f("uq_directory_school_place_id_number")),
    )
    op.create_table(
        "directory_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_code", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_import")),
    )


def downgrade() -> None:
    for table in ("directory_import", "directory_school", "directory_place"):
        op.drop_table(table)
