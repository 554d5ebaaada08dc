"""Orders into a file: the columns that an import reads come first, so that an export can be imported again."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from orders import spreadsheets
from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering.models import Order
from orders.phone_numbers import show_phone
from orders.spreadsheets import Cell, Column, Kind

FIRST = (
    "audience",
    "organisation",
    "name",
    "department",
    "building",
    "street",
    "number",
    "box",
    "postcode",
    "town",
    "country",
    "email",
    "phone",
    "delivery",
    "language",
    "needed_by",
    "message",
)
LAST = ("when_short", "already_sent", "reference", "status", "placed_at")


def export(path: Path) -> int:
    """Write every order, the oldest first, but those that are erased or restricted.

    Returns how many. Raises `spreadsheets.UnreadableFile`.
    """
    codes = db.session.scalars(
        select(Publication.code).order_by(Publication.edition_id, Publication.position, Publication.id)
    ).all()
    written = 0

    def rows() -> Iterator[Sequence[Cell]]:
        nonlocal written
        usable = Order.erased_at.is_(None) & Order.restricted_at.is_(None)
        orders = select(Order).where(usable).order_by(Order.placed_at, Order.id).execution_options(yield_per=500)
        for order in db.session.scalars(orders):
            written += 1
            yield _row(order, codes)

    first = [Column(name, Kind.DAY if name == "needed_by" else Kind.TEXT) for name in FIRST]
    copies = [Column(code, Kind.COUNT) for code in codes]  # without a total, which an import would take for an order
    spreadsheets.write(path, [*first, *copies, *LAST], rows())
    return written


def _row(order: Order, codes: Sequence[str]) -> list[Cell]:
    copies = {line.publication.code: line.copies for line in order.lines}
    return [
        *(_cell(column, getattr(order, column)) for column in FIRST),
        *(copies.get(code, 0) for code in codes),
        order.when_short.value,
        "1" if order.sent_before_pli else "0",
        order.shown_reference,
        order.status.value,
        order.placed_at.isoformat(),
    ]


def _cell(column: str, value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, date):
        return value
    if column == "phone":
        return show_phone(str(value))  # a number that begins with + would be taken for a formula
    return str(getattr(value, "value", value))
