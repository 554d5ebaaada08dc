"""Posting a dispatch with what the counter counted, which is compared with what was posted."""

from dataclasses import dataclass
from datetime import datetime

from orders.errors import Refused
from orders.packing.tariff import read_tariff
from orders.shipping.dispatches import overview
from orders.shipping.dispatches.lifecycle import Counted
from orders.shipping.models import Dispatch
from orders.shipping.number_ranges import Ranges
from orders.shipping.printing import paper_check
from orders.shipping.printing.posting_summary import summary
from orders.staff.journal import Actor


class CountedOtherwise(Refused):
    """The counter counted something else than `ours`: what was noted for it, and what Pli counts."""

    def __init__(self, counted: Counted, ours: Counted) -> None:
        super().__init__(counted, ours)
        self.counted = counted
        self.ours = ours


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody has said yes to: posting these numbers unpacked, paper that is known to be old, another count."""

    unpacked: Ranges = ()
    paper: bool = False
    count: bool = False


def close(dispatch_id: int, *, at: datetime, by: Actor, everything: bool, counted: Counted, agreed: Agreed) -> Dispatch:
    """Post what was packed, or `everything`, and note what the counter counted.

    Refuses with `CountedOtherwise` where Pli counts something else, like `paper_check.close`, and like
    `lifecycle.close`; each unless somebody has agreed.
    """
    closed = paper_check.close(
        dispatch_id,
        at=at,
        by=by,
        everything=everything,
        confirmed=agreed.unpacked,
        counted=counted,
        despite_paper=agreed.paper,
    )
    ours = count(closed)
    if not agreed.count and _differs(counted, ours):
        raise CountedOtherwise(counted, ours)
    return closed


def count(dispatch: Dispatch) -> Counted:
    """The letters and boxes of a dispatch, and their postage where every price is known."""
    posted = summary(dispatch, overview.count_parcels(dispatch).pieces, read_tariff().rates)
    return Counted(posted.letters, posted.parcels, posted.known_cents if posted.is_known else None)


def _differs(counted: Counted, ours: Counted) -> bool:
    pairs = ((counted.letters, ours.letters), (counted.parcels, ours.parcels), (counted.cents, ours.cents))
    return any(None not in pair and pair[0] != pair[1] for pair in pairs)
