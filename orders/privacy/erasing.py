"""Erases rows: set by set, in SQL, from what `privacy.tables` declares. Erasing twice changes nothing more."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column as StoredColumn
from sqlalchemy import (
    CursorResult,
    Select,
    String,
    TextClause,
    and_,
    bindparam,
    cast,
    delete,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from orders import daily_jobs
from orders.clock import local_day
from orders.database import Model, UtcDateTime, db
from orders.mail.models import OutgoingMail
from orders.ordering.erased_counts import ErasedCopiesCount, ErasedOrderCount
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.privacy.registry import Column, Erasure, Table
from orders.privacy.tables import TABLES
from orders.privacy.tables.people import MAIL
from orders.workdays import A_DAY

CHORE = "privacy"
MOST_ROWS = 500
"""In one transaction, so that nobody waits long for it."""
_HAS_LEFT = OutgoingMail.sent_at.is_not(None) | OutgoingMail.claimed_until.is_not(None)
NOT_COUNTED = (OrderStatus.REJECTED, OrderStatus.CANCELLED)


def alone() -> None:
    """Wait until nobody else erases orders: the counts that remain of them are then added up one after another."""
    daily_jobs.lock(CHORE)


def erase_orders(order_ids: Collection[int], *, at: datetime) -> Counter[str]:
    """Erase all that is personal of these orders, wherever it stands. Returns the rows changed, by table.

    Expects `alone`, and the orders to be locked, at most some hundreds, and not erased yet. Mails that have not left
    are deleted.
    """
    _count(order_ids)
    db.session.execute(
        update(Order).where(Order.id.in_(order_ids)).values(erased_at=at, version=Order.version + 1),
        execution_options={"synchronize_session": False},
    )
    rows = Counter({MAIL.name: _delete_unsent(OutgoingMail.order_id.in_(order_ids))})
    for table in TABLES:
        if table.of_orders:
            rows[table.name] += erase(table, table.of_orders, orders=list(order_ids))
    db.session.expire_all()
    return +rows


def erase(table: Table, condition: str, *, limit: int | None = None, **values: Any) -> int:
    """Erase the rows of a table that fulfil a condition and still hold something. Returns how many they were."""
    stored = Model.metadata.tables[table.name]
    rows = and_(condition_of(condition, values), still_holds(table))
    if limit is not None:
        key = tuple_(*stored.primary_key.columns)
        rows = key.in_(select(*stored.primary_key.columns).where(rows).limit(limit))
    if table.loses_rows:
        done: Any = db.session.execute(delete(stored).where(rows))
    else:
        erased = {column.name: erased_value(table, column) for column in table.erasable}
        done = db.session.execute(update(stored).where(rows).values(erased))
    return done.rowcount


def count(table: Table, condition: str, **values: Any) -> int:
    """How many rows `erase` would change."""
    stored = Model.metadata.tables[table.name]
    rows = select(func.count()).select_from(stored).where(condition_of(condition, values), still_holds(table))
    return db.session.scalar(rows) or 0


def count_due(orders: Select[int], editions: Collection[int], before: datetime) -> Counter[str]:
    """How many rows of each table would be erased together with these orders and editions, and for their age."""
    chosen = orders.compile(db.engine, compile_kwargs={"literal_binds": True})
    rows: Counter[str] = Counter()
    for table in TABLES:
        values: dict[str, Any] = {}
        if table.of_edition:
            values["editions"] = list(editions)
        if table.outdated:
            values["before"] = before
        reached = [table.of_orders.replace(":orders", f"({chosen})"), table.of_edition, table.outdated]
        if condition := " OR ".join(f"({each})" for each in reached if each):
            rows[table.name] = count(table, condition, **values)
    return +rows


def erase_mails_to(addresses: Sequence[str]) -> int:
    """Erase what went to these addresses, in small letters, and belongs to no order, such as a list of links.

    What no worker has in hand and has not left is deleted. Returns how many rows changed.
    """
    to_them = (OutgoingMail.order_id.is_(None), func.lower(OutgoingMail.address).in_(addresses))
    ids = list(db.session.scalars(select(OutgoingMail.id).where(*to_them, _HAS_LEFT)))
    return _delete_unsent(and_(*to_them)) + (erase(MAIL, "id IN :ids", ids=ids) if ids else 0)


def still_holds(table: Table) -> ColumnElement[bool]:
    """Whether a row holds anything that erasing would remove."""
    if table.loses_rows:
        return literal(True)
    stored = Model.metadata.tables[table.name]
    differ = (_holds(stored.c[column.name], erased_value(table, column)) for column in table.erasable)
    return or_(false(), *differ)


def erased_value(table: Table, column: Column) -> Any:
    """What a column holds once it is erased."""
    if column.how.erasure is Erasure.NUMBERED:
        return literal(column.how.value) + cast(Model.metadata.tables[table.name].c.id, String)
    return column.how.value


def _holds(stored: StoredColumn[Any], erased: Any) -> ColumnElement[bool]:
    return stored.is_not(None) if erased is None else stored != erased


def condition_of(condition: str, values: dict[str, Any]) -> TextClause:
    """Conditions name lists of ids, such as `:orders`, or `:before`, a moment."""
    kinds = {"before": UtcDateTime()}
    return text(condition).bindparams(
        *(bindparam(name, value, kinds.get(name), expanding=name != "before") for name, value in values.items())
    )


def _delete_unsent(which: ColumnElement[bool]) -> int:
    """Delete those of these mails that no worker has in hand and that have not left."""
    unsent = delete(OutgoingMail).where(which, not_(_HAS_LEFT))
    done: CursorResult[Any] = db.session.execute(unsent, execution_options={"synchronize_session": False})  # type: ignore[assignment]
    return done.rowcount


def _count(order_ids: Collection[int]) -> None:
    """Add what is to remain of these orders to the counts."""
    cell = (Order.edition_id, Order.placed_at, Order.postcode, Order.audience)
    kept = Order.id.in_(order_ids) & Order.status.not_in(NOT_COUNTED)
    orders: Counter[tuple[Any, ...]] = Counter()
    for edition, placed_at, postcode, audience in db.session.execute(select(*cell).where(kept)):
        orders[edition, _monday(placed_at), postcode, audience] += 1
    copies: dict[tuple[Any, ...], Counter[str]] = {}
    lines = select(*cell, OrderLine.publication_id, OrderLine.copies, OrderLine.sent).join(OrderLine).where(kept)
    for edition, placed_at, postcode, audience, publication, asked, sent in db.session.execute(lines):
        sums = copies.setdefault((edition, _monday(placed_at), postcode, audience, publication), Counter())
        sums.update(orders=1, asked=asked, sent=sent)
    for key, number in orders.items():
        _add(ErasedOrderCount, key, {"orders": number})
    for key, sums in copies.items():
        _add(ErasedCopiesCount, key, sums)


def _add(model: type[ErasedOrderCount] | type[ErasedCopiesCount], key: tuple[Any, ...], sums: Any) -> None:
    """Add to one count, which may stand already."""
    row = db.session.get(model, key)
    if row is None:
        names = [column.name for column in model.__table__.primary_key]
        row = model(**dict(zip(names, key, strict=True)), **dict.fromkeys(sums, 0))
        db.session.add(row)
    for name, number in sums.items():
        setattr(row, name, getattr(row, name) + number)
    db.session.flush()


def _monday(placed_at: datetime) -> date:
    day = local_day(placed_at)
    return day - day.weekday() * A_DAY
