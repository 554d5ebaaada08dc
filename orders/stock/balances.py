"""How many copies of each publication there are at each place: the running sums of the movements.

Only `ledger` changes them, and only together with a movement.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Update, bindparam, or_, select, update

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


def change_if(condition: ColumnElement[bool]) -> Update:
    """Change the balance of a `publication` `at_place` by a signed `change`, on a condition."""
    return (
        update(Balance)
        .where(Balance.publication_id == bindparam("publication"), Balance.place == bindparam("at_place"), condition)
        .values(copies=Balance.copies + bindparam("change"))
        .execution_options(synchronize_session=False)
    )


CHANGE = change_if(or_(Balance.place == Place.PRINTER, Balance.copies >= -bindparam("change")))


def change_by(publication_id: int, place: Place, copies: int) -> dict[str, object]:
    return {"publication": publication_id, "at_place": place, "change": copies}


def change(changes: Sequence[dict[str, object]]) -> bool:
    """Change balances by signed numbers of copies; whether there were enough. The printer always has enough."""
    changed = db.session.connection().execute(CHANGE, changes)
    return changed.rowcount == len(changes)


def move_copies(moved: Iterable[tuple[int, int]], origin: Place, destination: Place) -> None:
    """Change the balances of two places by copies of publications, each balance once. Refuses with `OutOfStock`."""
    totals: Counter[int] = Counter()
    for publication_id, copies in moved:
        if not 0 < copies <= MOST_COPIES:
            raise ImpossibleCopies(copies)
        totals[publication_id] += copies
    for publication_id, copies in totals.items():
        if not change([change_by(publication_id, origin, -copies)]):
            raise OutOfStock([_shortage(publication_id, copies, origin)])
    change([change_by(publication_id, destination, copies) for publication_id, copies in totals.items()])


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
