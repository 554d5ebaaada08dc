"""Titles, front texts, links and persons defended in several languages; persons have a portrait and a sentence."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

TRANSLATIONS = ("title_translations", "front_text_translations")
BY_LANGUAGE = ("countries", "sentences", "links", "alt_texts")


def upgrade() -> None:
    for name in TRANSLATIONS:
        op.add_column("edition", sa.Column(name, sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("edition_link", sa.Column("language", sa.String(2), nullable=False, server_default=""))
    with op.batch_alter_table("edition") as batch:
        for name in TRANSLATIONS:
            batch.alter_column(name, server_default=None)
    with op.batch_alter_table("edition_link") as batch:
        batch.alter_column("language", server_default=None)
    first = _first_language()
    kept = _read("edition_id, position, name, country, link")
    op.drop_table("defended_person")
    persons = op.create_table(
        "defended_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in BY_LANGUAGE),
        sa.Column("portrait_digest", sa.String(64)),
        sa.Column("credit", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_defended_person_edition_id_edition"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["portrait_digest"],
            ["upload.digest"],
            name=op.f("fk_defended_person_portrait_digest_upload"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defended_person")),
    )
    op.create_index("ix_defended_person_edition_id", "defended_person", ["edition_id"])
    for edition_id, position, name, country, link in kept:
        texts: dict[str, dict[str, str]] = {each: {} for each in BY_LANGUAGE}
        texts["countries"] = {first: country} if country else {}
        texts["links"] = {first: link} if link else {}
        row = {"edition_id": edition_id, "position": position, "name": name, "credit": "", **texts}
        op.bulk_insert(persons, [row])


def _first_language() -> str:
    """The language that the association speaks first."""
    association = sa.table("association", sa.column("profile", sa.JSON()))
    profile = op.get_bind().execute(sa.select(association.c.profile)).scalar()
    return str(profile["languages"][0]) if profile else "fr"


def _read(columns: str) -> Sequence[Any]:
    statement = f"SELECT {columns} FROM defended_person ORDER BY edition_id, position"
    return op.get_bind().execute(sa.text(statement)).all()


def downgrade() -> None:
    persons = sa.table(
        "defended_person",
        *(sa.column(name) for name in ("edition_id", "position", "id", "name")),
        *(sa.column(name, sa.JSON()) for name in ("countries", "links")),
    )
    order = (persons.c.edition_id, persons.c.position, persons.c.id)
    kept = op.get_bind().execute(sa.select(persons).order_by(*order)).all()
    op.drop_table("defended_person")
    old = op.create_table(
        "defended_person",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=60), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_defended_person_edition_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("edition_id", "position", name=op.f("pk_defended_person")),
    )
    for place, each in enumerate(kept, 1):
        country, link = (next(iter(texts.values()), "") for texts in (each.countries, each.links))
        row = {"edition_id": each.edition_id, "position": place, "name": each.name, "country": country, "link": link}
        op.bulk_insert(old, [row])
    with op.batch_alter_table("edition_link") as batch:
        batch.drop_column("language")
    with op.batch_alter_table("edition") as batch:
        for name in TRANSLATIONS:
            batch.drop_column(name)
