"""What each orderer of a file may still have, counting the orders that are here and the rows above."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import select

from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering.models import Order
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.allowances import Excess, Orderer, Tally, already, excesses

_AT_ONCE = 500  # keys in one query: SQLite takes 999 at least


class FileAllowances:
    """Asks the database once for many rows which of their orderers it knows: of a new one it has nothing to say."""

    def __init__(self, edition_id: int, publications: Mapping[str, Publication]) -> None:
        self._edition_id = edition_id
        self._publications = publications
        self._rows = Tally()
        self._known: set[tuple[str, str]] = set()
        self._orderers: dict[int, Orderer] = {}

    def look_up(self, requests: Iterable[OrderRequest]) -> None:
        """Learn which orderers of a file ordered before in this edition."""
        self._orderers = {id(request): Orderer.of(request) for request in requests}
        for name in ("email_key", "address_key", "institution"):
            column = getattr(Order, name)
            keys = {keys[name] for orderer in self._orderers.values() if name in (keys := orderer.keys())}
            for some in _in_parts(sorted(keys)):
                found = select(column).where(Order.edition_id == self._edition_id, column.in_(some)).distinct()
                self._known.update((name, key) for key in db.session.scalars(found))

    def take(self, request: OrderRequest) -> list[Excess]:
        """What of a request is too much; copies that went out before Pli count and are never too many."""
        orderer = self._orderers[id(request)]
        over: list[Excess] = []
        if not request.sent_before_pli:
            had = self._rows.of(orderer)
            if not self._known.isdisjoint(orderer.keys().items()):
                had.update(already(orderer, self._edition_id))
            over = excesses(request.audience, request.copies, had, self._publications)
        if not over:
            self._rows.add(orderer, request.copies)
        return over


def known_references(references: Iterable[str]) -> frozenset[str]:
    """Those of the references that orders have."""
    return frozenset(
        reference
        for some in _in_parts(sorted(set(references)))
        for reference in db.session.scalars(select(Order.reference).where(Order.reference.in_(some)))
    )


def _in_parts(keys: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
