"""What each parcel is, weighs and measures; printers, printings, and what was posted.

Parcels of before get the lightest packaging that closes on them, by the sizes of the first packagings.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SLIP_MG, SLIP_UM, ENVELOPE_UM = 5_000, 200, 300
PACKAGINGS = [  # code, kind, empty weight (mg), most weight, room for copies and slip (µm), piles
    ("C5", "letter", 8_000, 2_000_000, 14_000, 1),
    ("C4", "letter", 21_000, 2_000_000, 29_700, 2),
    ("BOX", "parcel", 600_000, None, None, 4),
]


def upgrade() -> None:
    with op.batch_alter_table("dispatch") as batch:
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("last_sequence", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("has_labels", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.add_column(sa.Column("posted_letters", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("posted_parcels", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("posted_cents", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE dispatch SET last_sequence = "
        "(SELECT COALESCE(MAX(sequence), 0) FROM parcel WHERE parcel.dispatch_id = dispatch.id)"
    )
    with op.batch_alter_table("dispatch") as batch:
        for column in ("version", "last_sequence", "has_labels"):
            batch.alter_column(column, server_default=None)
        batch.create_check_constraint(
            op.f("ck_dispatch_posted"), "posted_letters >= 0 AND posted_parcels >= 0 AND posted_cents >= 0"
        )
    with op.batch_alter_table("parcel") as batch:
        batch.add_column(sa.Column("kind", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("packaging_code", sa.String(length=8), nullable=True))
        batch.add_column(sa.Column("weight_mg", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("thickness_um", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("tracking_number", sa.String(length=24), nullable=True))
    _measure_parcels()
    with op.batch_alter_table("parcel") as batch:
        batch.alter_column("kind", existing_type=sa.String(length=20), nullable=False)
        batch.alter_column("packaging_code", existing_type=sa.String(length=8), nullable=False)
        batch.alter_column("weight_mg", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("thickness_um", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(
            op.f("fk_parcel_packaging_code"), "packaging", ["packaging_code"], ["code"], ondelete="RESTRICT"
        )
        batch.create_check_constraint(op.f("ck_parcel_kind"), "kind IN ('letter', 'parcel')")
        batch.create_check_constraint(op.f("ck_parcel_sizes"), "weight_mg > 0 AND thickness_um > 0")
    _create_printers()
    _create_printings()


def _measure_parcels() -> None:
    bind = op.get_bind()
    contents: dict[int, list[tuple[int, int, int]]] = {
        parcel_id: [] for (parcel_id,) in bind.execute(sa.text("SELECT id FROM parcel"))
    }
    rows = bind.execute(
        sa.text(
            "SELECT parcel_content.parcel_id, parcel_content.copies, unit_weight_mg, unit_thickness_um "
            "FROM parcel_content JOIN order_line ON order_line.id = parcel_content.order_line_id "
            "JOIN publication ON publication.id = order_line.publication_id"
        )
    )
    for parcel_id, *copies in rows:
        contents[parcel_id].append((copies[0], copies[1], copies[2]))
    for parcel_id, items in contents.items():
        bind.execute(
            sa.text(
                "UPDATE parcel SET packaging_code = :code, kind = :kind, weight_mg = :weight, "
                "thickness_um = :thickness WHERE id = :id"
            ),
            {"id": parcel_id, **_measure(items)},
        )


def _measure(items: Sequence[tuple[int, int, int]]) -> dict[str, object]:
    for code, kind, empty, most, room, piles in PACKAGINGS:
        weight = empty + SLIP_MG + sum(copies * unit for copies, unit, _ in items)
        height = SLIP_UM + sum(-(-copies // piles) * unit for copies, _, unit in items)
        if (most is None or weight <= most) and (room is None or height <= room):
            break
    thickness = height + (ENVELOPE_UM if kind == "letter" else 0)
    return {"code": code, "kind": kind, "weight": weight, "thickness": thickness}


def _create_printers() -> None:
    printer = op.create_table(
        "printer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sheet", sa.String(length=20), nullable=False),
        sa.Column("x_um", sa.Integer(), nullable=False),
        sa.Column("y_um", sa.Integer(), nullable=False),
        sa.Column("scale_x_millionths", sa.Integer(), nullable=False),
        sa.Column("scale_y_millionths", sa.Integer(), nullable=False),
        sa.Column("edge_um", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("abs(x_um) <= 20000 AND abs(y_um) <= 20000", name=op.f("ck_printer_shifts")),
        sa.CheckConstraint(
            "scale_x_millionths BETWEEN 900000 AND 1100000 AND scale_y_millionths BETWEEN 900000 AND 1100000",
            name=op.f("ck_printer_scales"),
        ),
        sa.CheckConstraint("edge_um BETWEEN 0 AND 20000", name=op.f("ck_printer_edge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printer")),
        sa.UniqueConstraint("name", name=op.f("uq_printer_name")),
    )
    exact = {"x_um": 0, "y_um": 0, "scale_x_millionths": 1_000_000, "scale_y_millionths": 1_000_000}
    op.bulk_insert(printer, [{"name": "Bureau", "sheet": "L7163", **exact}])
    op.create_table(
        "started_sheet",
        sa.Column("printer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.String(length=20), nullable=False),
        sa.Column("next_position", sa.Integer(), nullable=False),
        sa.CheckConstraint("next_position >= 1", name=op.f("ck_started_sheet_next_position_from_one")),
        sa.ForeignKeyConstraint(
            ["printer_id"], ["printer.id"], name=op.f("fk_started_sheet_printer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("printer_id", "sheet", name=op.f("pk_started_sheet")),
    )


def _create_printings() -> None:
    op.create_table(
        "printing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("letters_only", sa.Boolean(), nullable=False),
        sa.Column("sheet", sa.String(length=20), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("printer_id", sa.Integer(), nullable=True),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("jammed_at", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("continues_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("first >= 1 AND first <= last", name=op.f("ck_printing_first_to_last")),
        sa.CheckConstraint(
            "paper <> 'labels' OR (sheet IS NOT NULL AND start >= 1)", name=op.f("ck_printing_labels_on_a_sheet")
        ),
        sa.CheckConstraint(
            "(state = 'jammed') = (jammed_at IS NOT NULL)", name=op.f("ck_printing_jammed_somewhere")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_printing_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["printing.id"], name=op.f("fk_printing_continues_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dispatch_id"], ["dispatch.id"], name=op.f("fk_printing_dispatch_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["printer_id"], ["printer.id"], name=op.f("fk_printing_printer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printing")),
        sa.UniqueConstraint("submission", name=op.f("uq_printing_submission")),
    )
    op.create_index("ix_printing_dispatch_id_id", "printing", ["dispatch_id", "id"])
    op.create_table(
        "printed_parcel",
        sa.Column("printing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("run >= 1", name=op.f("ck_printed_parcel_run_from_one")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["order.id"], name=op.f("fk_printed_parcel_order_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["printing_id"], ["printing.id"], name=op.f("fk_printed_parcel_printing_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("printing_id", "sequence", "order_id", name=op.f("pk_printed_parcel")),
    )
    op.create_index(op.f("ix_printed_parcel_order_id"), "printed_parcel", ["order_id"])


def downgrade() -> None:
    for table in ("printed_parcel", "printing", "started_sheet", "printer"):
        op.drop_table(table)
    with op.batch_alter_table("parcel") as batch:
        batch.drop_constraint(op.f("ck_parcel_sizes"), type_="check")
        batch.drop_constraint(op.f("ck_parcel_kind"), type_="check")
        batch.drop_constraint(op.f("fk_parcel_packaging_code"), type_="foreignkey")
        for column in ("tracking_number", "thickness_um", "weight_mg", "packaging_code", "kind"):
            batch.drop_column(column)
    with op.batch_alter_table("dispatch") as batch:
        batch.drop_constraint(op.f("ck_dispatch_posted"), type_="check")
        for column in ("posted_cents", "posted_parcels", "posted_letters", "has_labels", "last_sequence", "version"):
            batch.drop_column(column)
