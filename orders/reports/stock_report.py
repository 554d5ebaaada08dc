"""What the office asks of the stock: what lies on the shelves, what of it is free, what waits and what is expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition, Publication
from orders.ordering.allocation import reservations
from orders.ordering.order_counts import unfinished_by_edition
from orders.shipping.packed_copies import packed_copies
from orders.stock import expected_deliveries
from orders.stock.balances import copies_by_place
from orders.stock.models import Place


@dataclass(frozen=True, slots=True)
class StockFigures:
    """Copies of one publication, each word with one meaning.

    `unheld`: held by no order; `reserved`: held by orders and not posted; `packed`: those of them in closed parcels.
    `waiting`: accepted orders wait for them; `expected`: the printer still owes them.
    """

    publication: Publication
    unheld: int
    reserved: int
    packed: int
    waiting: int
    sent: int
    lost: int
    expected: int

    @property
    def free(self) -> int:
        """What an order of now could have: nothing while others wait."""
        return 0 if self.waiting else self.unheld

    @property
    def on_shelves(self) -> int:
        """What somebody who looks at the shelves sees: loose copies, those for orders too."""
        return self.unheld + self.reserved - self.packed


def edition_to_show(day: date) -> Edition | None:
    """The edition that owes the most orders; where none owes any, the one that is open, or else the newest."""
    editions = edition_lookup.editions()
    unfinished = unfinished_by_edition()
    owing = max(editions, key=lambda edition: unfinished[edition.id], default=None)
    if owing is not None and unfinished[owing.id]:
        return owing
    return edition_lookup.find_open_edition(day) or next(iter(editions), None)


def figures(edition: Edition) -> list[StockFigures]:
    """The figures of every publication of an edition."""
    return figures_of(edition.publications)


def figures_of(publications: Sequence[Publication]) -> list[StockFigures]:
    ids = [publication.id for publication in publications]
    balances = copies_by_place(ids)
    waiting = reservations.waiting_copies(ids)
    expected = expected_deliveries.expected_copies(ids)
    packed = packed_copies(ids)
    return [
        StockFigures(
            publication=each,
            unheld=balances[each.id][Place.SHELF],
            reserved=balances[each.id][Place.RESERVED],
            packed=packed.get(each.id, 0),
            waiting=waiting[each.id],
            sent=balances[each.id][Place.SENT],
            lost=balances[each.id][Place.LOST],
            expected=expected.get(each.id, 0),
        )
        for each in publications
    ]
