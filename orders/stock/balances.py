"""How many copies of each publication there are at each place: the running sums of the movements.

Only `ledger` changes them, and only together with a movement.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from sqlalchemy import Integer, TextClause, bindparam, select, text

from orders.catalogue.models import Publication
from orders.database import db
from orders.rows import quick_rows
from orders.stock.models import MOST_COPIES, Balance, ImpossibleCopies, OutOfStock, Place, Shortage


def copies_by_place(publication_ids: Collection[int]) -> dict[int, dict[Place, int]]:
    """Copies at every place, by publication."""
    found: dict[int, dict[Place, int]] = {wanted: dict.fromkeys(Place, 0) for wanted in publication_ids}
    rows = db.session.execute(
        select(Balance.publication_id, Balance.place, Balance.copies).where(Balance.publication_id.in_(publication_ids))
    )
    for publication_id, place, copies in rows:
        found[publication_id][place] = copies
    return found


def copies_on_shelf(publication_ids: Collection[int]) -> dict[int, int]:
    """Copies of each publication on the shelf now."""
    on_shelf = dict.fromkeys(publication_ids, 0)
    if publication_ids:
        found = quick_rows.execute(_ON_SHELF, {"publication_ids": list(publication_ids)})
        on_shelf.update({publication_id: copies for publication_id, copies in found})
    return on_shelf


_ON_SHELF = select(Balance.publication_id, Balance.copies).where(
    Balance.publication_id.in_(bindparam("publication_ids", expanding=True)), Balance.place == Place.SHELF
)


HAS_ENOUGH = f"balance.place = '{Place.PRINTER.value}' OR balance.copies >= -given.change"
"""The printer always has enough."""


def move_copies(moved: Iterable[tuple[int, int]], origin: Place, destination: Place) -> None:
    """Change the balances of two places by copies of publications, each balance once. Refuses with `OutOfStock`.

    Refused, nothing is as it should be: the transaction is to be rolled back.
    """
    totals: Counter[int] = Counter()
    for publication_id, copies in moved:
        if not 0 < copies <= MOST_COPIES:
            raise ImpossibleCopies(copies)
        totals[publication_id] += copies
    taken = [(publication_id, origin, -copies) for publication_id, copies in totals.items()]
    changed = _change([*taken, *((publication_id, destination, copies) for publication_id, copies in totals.items())])
    if short := [(each, -copies) for each, place, copies in taken if (each, place) not in changed]:
        raise OutOfStock([_shortage(publication_id, copies, origin) for publication_id, copies in short])


def _change(changes: Sequence[tuple[int, Place, int]]) -> set[tuple[int, Place]]:
    """Change balances by signed numbers of copies in one statement; those that had enough and were changed."""
    values = {f"publication_{n}": publication_id for n, (publication_id, _, _) in enumerate(changes)}
    values |= {f"change_{n}": copies for n, (_, _, copies) in enumerate(changes)}
    places = tuple(place for _, place, _ in changes)
    changed = db.session.connection().execute(_statement(places, HAS_ENOUGH), values)
    return {(publication_id, Place(place)) for publication_id, place in changed}


@cache
def _statement(places: Sequence[Place], condition: str) -> TextClause:
    """Balances of publications at these places are changed on a condition."""
    given = ", ".join(f"(:publication_{n}, '{place.value}', :change_{n})" for n, place in enumerate(places))
    statement = text(
        f"WITH given (publication_id, place, change) AS (VALUES {given}) "  # noqa: S608 our own words
        "UPDATE balance SET copies = balance.copies + given.change FROM given "
        "WHERE balance.publication_id = given.publication_id AND balance.place = given.place "
        f"AND ({condition}) RETURNING balance.publication_id, balance.place"
    )
    names = (f"{name}_{n}" for name in ("publication", "change") for n in range(len(places)))
    return statement.bindparams(*(bindparam(name, type_=Integer()) for name in names))


def _shortage(publication_id: int, copies: int, origin: Place) -> Shortage:
    code = db.session.scalar(select(Publication.code).where(Publication.id == publication_id))
    return Shortage(code or str(publication_id), copies, copies_at(publication_id, origin))


def copies_at(publication_id: int, place: Place) -> int:
    """Copies of a publication at a place now; 0 where it never had an account."""
    return (
        db.session.scalar(
            select(Balance.copies).where(Balance.publication_id == publication_id, Balance.place == place)
        )
        or 0
    )
