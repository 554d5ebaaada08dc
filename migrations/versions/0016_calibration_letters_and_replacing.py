"""Scales that a printer has; letters without a slip; rows of the ledger and the journal that cannot be replaced.

A printer that was measured on two crosses so close together that its scale came out beyond 3 % is exact again: it is to
be measured anew.
"""

import sqlalchemy as sa
from alembic import op

from orders.database import append_only

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LIKELY = "scale_x_millionths BETWEEN 970000 AND 1030000 AND scale_y_millionths BETWEEN 970000 AND 1030000"
POSSIBLE = "scale_x_millionths BETWEEN 900000 AND 1100000 AND scale_y_millionths BETWEEN 900000 AND 1100000"


def upgrade() -> None:
    op.execute(
        "UPDATE printer SET x_um = 0, y_um = 0, scale_x_millionths = 1000000, scale_y_millionths = 1000000 "
        f"WHERE NOT ({LIKELY})"
    )
    _bound_scales(LIKELY)
    with op.batch_alter_table("letter_count") as batch:
        batch.alter_column("order_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("edition_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_letter_count_edition_id"), "edition", ["edition_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_check_constraint(
            op.f("ck_letter_count_of_an_order_or_an_edition"), "(order_id IS NULL) <> (edition_id IS NULL)"
        )
        batch.create_index(op.f("ix_letter_count_edition_id"), ["edition_id"])
    for table in ("movement", "audit_entry"):
        append_only(op.get_bind(), table)


def downgrade() -> None:
    op.execute("DELETE FROM letter_count WHERE order_id IS NULL")
    with op.batch_alter_table("letter_count") as batch:
        batch.drop_index(op.f("ix_letter_count_edition_id"))
        batch.drop_constraint(op.f("ck_letter_count_of_an_order_or_an_edition"), type_="check")
        batch.drop_constraint(op.f("fk_letter_count_edition_id"), type_="foreignkey")
        batch.drop_column("edition_id")
        batch.alter_column("order_id", existing_type=sa.Integer(), nullable=False)
    _bound_scales(POSSIBLE)


def _bound_scales(condition: str) -> None:
    with op.batch_alter_table("printer") as batch:
        batch.drop_constraint(op.f("ck_printer_scales"), type_="check")
        batch.create_check_constraint(op.f("ck_printer_scales"), condition)
