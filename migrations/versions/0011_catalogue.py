"""Pictures and PDFs of publications, persons defended and links of editions, and which form made an edition."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FILES = ("cover_digest", "reading_digest")


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_upload")),
    )
    _create_list("defended_person", sa.Column("name", sa.String(length=80), nullable=False), "country")
    _create_list("edition_link", sa.Column("title", sa.String(length=80), nullable=False))
    with op.batch_alter_table("publication") as batch:
        for name in FILES:
            batch.add_column(sa.Column(name, sa.String(length=64), nullable=True))
            batch.create_foreign_key(
                batch.f(f"fk_publication_{name}"), "upload", [name], ["digest"], ondelete="RESTRICT"
            )
    with op.batch_alter_table("edition") as batch:
        batch.add_column(sa.Column("submission", sa.String(length=64), nullable=True))
        batch.create_unique_constraint(batch.f("uq_edition_submission"), ["submission"])


def _create_list(table: str, words: sa.Column[str], *more: str) -> None:
    op.create_table(
        table,
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        words,
        *(sa.Column(name, sa.String(length=60), nullable=False) for name in more),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f(f"fk_{table}_edition_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("edition_id", "position", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    with op.batch_alter_table("edition") as batch:
        batch.drop_constraint("uq_edition_submission", type_="unique")
        batch.drop_column("submission")
    with op.batch_alter_table("publication") as batch:
        for name in FILES:
            batch.drop_constraint(f"fk_publication_{name}", type_="foreignkey")
            batch.drop_column(name)
    op.drop_table("edition_link")
    op.drop_table("defended_person")
    op.drop_table("upload")
