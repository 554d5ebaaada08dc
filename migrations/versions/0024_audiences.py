"""Audiences are rows: those of the starter file, and whatever else orders and allowances already name."""

import sqlalchemy as sa
from alembic import op

from orders.association.profile_cache import starter_values

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

REFERRING = ("order", "allowance")


def upgrade() -> None:
    audience = op.create_table(
        "audience",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("other_words", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(20), nullable=False),
        sa.Column("is_school", sa.Boolean(), nullable=False),
        sa.Column("gathers", sa.Boolean(), nullable=False),
        sa.Column("review_above", sa.Integer()),
        sa.Column("maximum", sa.Integer()),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "(review_above IS NULL AND maximum IS NULL) OR (review_above >= 0 AND review_above <= maximum)",
            name=op.f("ck_audience_review_before_maximum"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_audience")),
    )
    op.bulk_insert(audience, [*_starting(audience), *_in_use()])
    for table in REFERRING:
        with op.batch_alter_table(table) as batch:
            batch.create_foreign_key(
                op.f(f"fk_{table}_audience"), "audience", ["audience"], ["code"], ondelete="RESTRICT"
            )


def downgrade() -> None:
    for table in REFERRING:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_audience"), type_="foreignkey")
    op.drop_table("audience")


def _starting(audience: sa.Table) -> list[dict]:
    """Those of the starter file: what it says of columns that came later is for later revisions."""
    known = [column.name for column in audience.columns]
    return [{name: each.get(name) for name in known} for each in starter_values()["audiences"]]


def _in_use() -> list[dict]:
    """A database that was filled with another starter file keeps its audiences, named by their codes."""
    starting = {each["code"] for each in starter_values()["audiences"]}
    union = " UNION ".join(f'SELECT audience FROM "{table}"' for table in REFERRING)
    used = {code for (code,) in op.get_bind().execute(sa.text(union))} - starting
    return [
        {
            "code": code,
            "names": {"fr": code},
            "hints": {},
            "other_words": [],
            "position": position,
            "organisation": "optional",
            "is_school": False,
            "gathers": False,
            "review_above": None,
            "maximum": None,
            "retired_at": None,
        }
        for position, code in enumerate(sorted(used), len(starting) + 1)
    ]
