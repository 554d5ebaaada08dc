"""The availability of a publication as a level: the public sees no numbers."""

import enum
from collections.abc import Sequence

from orders.catalogue.models import Publication
from orders.stock.balances import copies_by_place
from orders.stock.models import Place


class Availability(enum.Enum):
    AVAILABLE = "available"
    LOW = "low"
    EXHAUSTED = "exhausted"


def availability(publications: Sequence[Publication]) -> dict[str, Availability]:
    """By code: enough, not more than the publication's low-stock line, or nothing."""
    balances = copies_by_place([publication.id for publication in publications])
    return {each.code: _word_for(balances[each.id][Place.SHELF], each.low_stock_line) for each in publications}


def _word_for(shelf: int, low_stock_line: int) -> Availability:
    if shelf == 0:
        return Availability.EXHAUSTED
    return Availability.LOW if shelf <= low_stock_line else Availability.AVAILABLE
