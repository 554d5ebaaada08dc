"""The boxes that were really posted for each order, and how much of them was invoiced.

Boxes of before get the price of today. Orders typed by staff or taken from a file that were never asked for postage pay
what the post asks, where a box was posted for them, or where theirs is too heavy or too thick for a letter.
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

LETTER_MG, LETTER_UM = 2_000_000 - 26_000, 2 * 29_500  # of copies in an envelope for A4: two piles, a slip, itself


def upgrade() -> None:
    op.create_table(
        "posted_box",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_posted_box_cents")),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_posted_box_order_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcel.id"], name=op.f("fk_posted_box_parcel_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("order_id", "parcel_id", name=op.f("pk_posted_box")),
    )
    op.add_column("order", sa.Column("invoiced_cents", sa.Integer(), nullable=True))
    op.execute('UPDATE "order" SET invoiced_cents = postage_cents WHERE invoiced_at IS NOT NULL')
    op.execute(
        "INSERT INTO posted_box (order_id, parcel_id, posted_at) "
        "SELECT DISTINCT order_line.order_id, parcel.id, parcel.posted_at FROM parcel "
        "JOIN parcel_content ON parcel_content.parcel_id = parcel.id "
        "JOIN order_line ON order_line.id = parcel_content.order_line_id "
        "WHERE parcel.kind = 'parcel' AND parcel.posted_at IS NOT NULL AND parcel.id NOT IN "
        "(SELECT parcel_id FROM parcel_return WHERE reason = 'never-left')"
    )
    _price_boxes()
    _ask_for_postage()


def _price_boxes() -> None:
    """The price of each box by its weight; where orders share it, each its part by weight."""
    bind = op.get_bind()
    rates = bind.execute(
        sa.text("SELECT up_to_g, price_cents FROM postage_rate WHERE kind = 'parcel' ORDER BY up_to_g")
    ).all()
    weights: dict[int, dict[int, int]] = defaultdict(dict)
    heavy: dict[int, int] = {}
    for parcel_id, whole, order_id, copies in bind.execute(
        sa.text(
            "SELECT parcel.id, parcel.weight_mg, order_line.order_id, SUM(parcel_content.copies * unit_weight_mg) "
            "FROM posted_box JOIN parcel ON parcel.id = posted_box.parcel_id "
            "JOIN parcel_content ON parcel_content.parcel_id = parcel.id "
            "JOIN order_line ON order_line.id = parcel_content.order_line_id AND order_line.order_id = posted_box.order_id "
            "JOIN publication ON publication.id = order_line.publication_id "
            "GROUP BY parcel.id, parcel.weight_mg, order_line.order_id ORDER BY parcel.id, order_line.order_id"
        )
    ):
        weights[parcel_id][order_id], heavy[parcel_id] = int(copies), whole
    for parcel_id, parts in weights.items():
        price = next((cents for up_to_g, cents in rates if heavy[parcel_id] <= up_to_g * 1_000), None)
        before, together = 0, sum(parts.values())
        for order_id, weight in parts.items():
            if price is not None:
                cents = price * (before + weight) // together - price * before // together
                bind.execute(
                    sa.text("UPDATE posted_box SET cents = :cents WHERE parcel_id = :parcel AND order_id = :order"),
                    {"cents": cents, "parcel": parcel_id, "order": order_id},
                )
            before += weight


def _ask_for_postage() -> None:
    """Orders that no public form asked about: at what price is not known, so at the post's."""
    op.execute(
        sa.text(
            'UPDATE "order" SET postage_due = :yes WHERE door <> \'web\' AND delivery = \'post\' '
            "AND postage_due = :no AND sent_before_pli = :no AND (id IN (SELECT order_id FROM posted_box) "
            "OR (status IN ('pending', 'waiting', 'ready', 'dispatching') AND id IN ("
            "SELECT order_id FROM order_line JOIN publication ON publication.id = order_line.publication_id "
            "GROUP BY order_id HAVING SUM((copies - given_up) * unit_weight_mg) > :letter_mg "
            "OR SUM((copies - given_up) * unit_thickness_um) > :letter_um)))"
        ).bindparams(
            sa.bindparam("yes", True, sa.Boolean()),
            sa.bindparam("no", False, sa.Boolean()),
            letter_mg=LETTER_MG,
            letter_um=LETTER_UM,
        )
    )


def downgrade() -> None:
    op.drop_column("order", "invoiced_cents")
    op.drop_table("posted_box")
