"""Envelopes, boxes and postage: the tables and their first values.

Weights of envelopes are first values until somebody weighs them; the box is one that is easy to buy and that 30 kg
of manuals fill. The weight steps are the usual ones of letters that are not normalised and of parcels; steps and
prices of 2026 could not be verified, so the prices are empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PACKAGINGS = [
    {"code": "C5", "inner_width_mm": 229, "inner_height_mm": 162, "inner_depth_mm": 14, "empty_weight_mg": 8_000}
    | {"most_weight_mg": 2_000_000, "piles": 1, "can_be_letter": True},
    {"code": "C4", "inner_width_mm": 324, "inner_height_mm": 229, "inner_depth_mm": 30, "empty_weight_mg": 21_000}
    | {"most_weight_mg": 2_000_000, "piles": 2, "can_be_letter": True},
    {"code": "BOX", "inner_width_mm": 430, "inner_height_mm": 305, "inner_depth_mm": 300, "empty_weight_mg": 600_000}
    | {"most_weight_mg": 30_000_000, "piles": 4, "can_be_letter": False},
]
STEPS = {"letter": (100, 350, 1_000, 2_000), "parcel": (2_000, 5_000, 10_000, 20_000, 30_000)}


def upgrade() -> None:
    packaging = op.create_table(
        "packaging",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("inner_width_mm", sa.Integer(), nullable=False),
        sa.Column("inner_height_mm", sa.Integer(), nullable=False),
        sa.Column("inner_depth_mm", sa.Integer(), nullable=False),
        sa.Column("empty_weight_mg", sa.Integer(), nullable=False),
        sa.Column("most_weight_mg", sa.Integer(), nullable=False),
        sa.Column("piles", sa.Integer(), nullable=False),
        sa.Column("can_be_letter", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "inner_width_mm > 0 AND inner_height_mm > 0 AND inner_depth_mm > 0", name=op.f("ck_packaging_sizes")
        ),
        sa.CheckConstraint(
            "empty_weight_mg > 0 AND empty_weight_mg < most_weight_mg", name=op.f("ck_packaging_weights")
        ),
        sa.CheckConstraint("most_weight_mg <= 30000000", name=op.f("ck_packaging_most_weight")),
        sa.CheckConstraint(
            "NOT can_be_letter OR most_weight_mg <= 2000000", name=op.f("ck_packaging_letter_weight")
        ),
        sa.CheckConstraint("piles > 0", name=op.f("ck_packaging_piles")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_packaging")),
    )
    rate = op.create_table(
        "postage_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("up_to_g", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('letter', 'parcel')", name=op.f("ck_postage_rate_kind")),
        sa.CheckConstraint("up_to_g > 0 AND up_to_g <= 30000", name=op.f("ck_postage_rate_up_to")),
        sa.CheckConstraint("price_cents > 0", name=op.f("ck_postage_rate_price")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postage_rate")),
        sa.UniqueConstraint("kind", "up_to_g", name="uq_postage_rate_kind_up_to_g"),
    )
    op.bulk_insert(packaging, PACKAGINGS)
    steps = [(kind, grams) for kind, weights in STEPS.items() for grams in weights]
    op.bulk_insert(rate, [{"kind": kind, "up_to_g": grams, "price_cents": None} for kind, grams in steps])


def downgrade() -> None:
    op.drop_table("postage_rate")
    op.drop_table("packaging")
