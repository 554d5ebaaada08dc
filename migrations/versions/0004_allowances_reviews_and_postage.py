"""Allowances; what an order needs to be reviewed, invoiced, and to come back.

Every publication that there is gets the starter allowances; every order that there is gets its keys, by the same
rules as a new one, so that what was ordered before counts.
"""

import sqlalchemy as sa
from alembic import op
from orders.ordering.review.matching import address_key, email_key
from orders.ordering.review.organisation_names import organisation_key

from orders.addresses import PostalAddress

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AUDIENCES = ("family", "school", "group", "organiser", "association", "library", "other")
STARTER = {"family": (5, 10), "school": (150, 400)}
OTHERS = (50, 150)

TEXTS = ("repeat_reason", "decision_reason", "billing_address")
KEYS = ("email_key", "address_key", "organisation_key")
ADDRESS = ("name", "street", "number", "box", "postcode", "town", "country")
OPTIONAL = {
    "gathering_on": sa.Date(),
    "people": sa.Integer(),
    "postage_cents": sa.Integer(),
    "invoiced_at": sa.DateTime(timezone=True),
    "returned_at": sa.DateTime(timezone=True),
    "reported_missing_at": sa.DateTime(timezone=True),
}
REQUIRED = {
    **{name: (sa.String(length=160), "") for name in KEYS},
    "review_reasons": (sa.JSON(), "[]"),
    **{name: (sa.Text(), "") for name in TEXTS},
    "postage_due": (sa.Boolean(), sa.false()),
    "billing_name": (sa.String(length=80), ""),
    "purchase_order": (sa.String(length=40), ""),
}


def upgrade() -> None:
    allowance = op.create_table(
        "allowance",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("review_above", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "review_above >= 0 AND review_above <= maximum", name=op.f("ck_allowance_review_before_maximum")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_allowance_publication_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("publication_id", "audience", name=op.f("pk_allowance")),
    )
    with op.batch_alter_table("order") as batch:
        for name, kind in OPTIONAL.items():
            batch.add_column(sa.Column(name, kind, nullable=True))
        for name, (kind, default) in REQUIRED.items():
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=default))
    with op.batch_alter_table("order") as batch:
        for name, (kind, _) in REQUIRED.items():
            batch.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
    op.create_index("ix_order_edition_id_email_key", "order", ["edition_id", "email_key"])
    op.create_index("ix_order_edition_id_address_key", "order", ["edition_id", "address_key"])
    op.create_index("ix_order_edition_id_postcode", "order", ["edition_id", "postcode"])
    _seed(allowance)
    _write_keys()


def _seed(allowance: sa.Table) -> None:
    publications = op.get_bind().execute(sa.text("SELECT id FROM publication")).scalars().all()
    rows = []
    for publication_id in publications:
        for audience in AUDIENCES:
            review_above, maximum = STARTER.get(audience, OTHERS)
            rows.append(
                {"publication_id": publication_id, "audience": audience}
                | {"review_above": review_above, "maximum": maximum}
            )
    if rows:
        op.bulk_insert(allowance, rows)


def _write_keys() -> None:
    names = ("id", "organisation", "email", *ADDRESS, *KEYS)
    order = sa.table("order", *(sa.column(name) for name in names))
    connection = op.get_bind()
    for row in connection.execute(sa.select(order)).mappings().all():
        keys = {
            "email_key": email_key(row["email"]),
            "address_key": address_key(PostalAddress(**{name: row[name] for name in ADDRESS})),
            "organisation_key": organisation_key(row["organisation"]),
        }
        connection.execute(order.update().where(order.c.id == row["id"]).values(**keys))


def downgrade() -> None:
    for name in ("email_key", "address_key", "postcode"):
        op.drop_index(f"ix_order_edition_id_{name}", table_name="order")
    with op.batch_alter_table("order") as batch:
        for name in (*OPTIONAL, *REQUIRED):
            batch.drop_column(name)
    op.drop_table("allowance")
