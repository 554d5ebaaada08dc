"""Where free texts name a person: a note of the staff, a message of somebody else."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, tuple_, update

from orders.database import Model, db
from orders.ordering.models import Order
from orders.ordering.search_text import fold
from orders.privacy import erasing
from orders.privacy.persons import Person
from orders.privacy.registry import Column, Kind, Table
from orders.privacy.tables import TABLES


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that names the person, in a row that is not the person's own."""

    table: Table
    column: Column
    key: tuple[Any, ...]
    text: str


def find(person: Person) -> list[Mention]:
    """Every free text in which the full name, the e-mail address or the telephone number stands, however written."""
    own = {(order.id,) for order in person.orders}
    found = find_names({name for order in person.orders for name in _names(order)})
    return [mention for mention in found if not (mention.table.name == "order" and mention.key in own)]


def find_names(names: Collection[str]) -> list[Mention]:
    """Every free text in which one of these stands, however written."""
    folded = {fold(name) for name in names}
    return [mention for mention in (_texts() if folded else ()) if _is_named(mention.text, folded)]


def erase(mention: Mention) -> int:
    """Erase the text, and where it is all that its row says the row. Returns how many rows changed."""
    stored = Model.metadata.tables[mention.table.name]
    row = tuple_(*stored.primary_key.columns) == mention.key
    if mention.table.loses_rows:
        done: Any = db.session.execute(delete(stored).where(row))
    else:
        value = erasing.erased_value(mention.table, mention.column)
        done = db.session.execute(update(stored).where(row).values({mention.column.name: value}))
    return done.rowcount


def _names(order: Order) -> Iterator[str]:
    """What names somebody and nobody else: a name alone, such as `Marie`, does not."""
    if " " in order.name.strip():
        yield order.name
    yield from filter(None, (order.email, order.phone))


def _texts() -> Iterator[Mention]:
    for table in TABLES:
        stored = Model.metadata.tables[table.name]
        for column in (each for each in table.erasable if each.kind is Kind.FREE_TEXT):
            text = stored.c[column.name]
            for *key, said in db.session.execute(select(*stored.primary_key.columns, text).where(text != "")):
                yield Mention(table, column, tuple(key), said)


def _is_named(text: str, names: set[str]) -> bool:
    words = f" {fold(text)} "
    return any(f" {name} " in words for name in names)
