"""What was printed of a dispatch on each paper, what is new or changed since, and how much paper a pile takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from labels import LabelSheet
from orders.database import db
from orders.ordering.models import OrderLine
from orders.shipping.models import Dispatch, DispatchState, Parcel, ParcelContent
from orders.shipping.printing.models import Paper, Printing, PrintingState
from orders.shipping.printing.parcel_digests import digests_of
from orders.shipping.printing.print_log import differing, last_digests
from orders.shipping.printing.print_requests import read_sheet


@dataclass(frozen=True, slots=True)
class Piles:
    """The printings of a dispatch, the latest first; and by their numbers the parcels whose paper is not right.

    `stale`: which paper shows something else than what is true now. `missing`: by paper, what is stale or was never
    printed; nothing while nothing of it was printed, and no boxes where only letters were, or the other way round.
    """

    printings: Sequence[Printing]
    stale: Mapping[int, frozenset[Paper]]
    missing: Mapping[Paper, Sequence[int]]

    def last(self, paper: Paper) -> Printing | None:
        """What was printed last on this paper."""
        return next((each for each in self.printings if each.paper is paper), None)

    def of(self, name: str) -> Printing | None:
        """The same, for templates: `of('slips')`."""
        return self.last(Paper(name))

    @property
    def missing_papers(self) -> Sequence[tuple[Paper, Sequence[int]]]:
        """The papers of which something is missing, with the numbers."""
        return [(paper, numbers) for paper, numbers in self.missing.items() if numbers]

    @property
    def waiting(self) -> Sequence[Printing]:
        """Of which nobody has said yet whether everything came out."""
        return [each for each in self.printings if each.state is PrintingState.GENERATED]


def piles_of(dispatch: Dispatch, printings: Sequence[Printing]) -> Piles:
    """The piles of a dispatch, of which these are the printings."""
    printed = last_digests(dispatch)
    now = digests_of(dispatch) if printed else {}
    wrong = {
        paper: [number for number, digest in sorted(now.items()) if printed.get(number, {}).get(paper) != digest]
        for paper in (Paper.SLIPS, Paper.LABELS)
        if any(paper in papers for papers in printed.values())
    }
    stale = differing(printed, now)
    is_open = dispatch.state is DispatchState.OPEN
    missing = {paper: _wanted(dispatch, paper, numbers, stale, printings) for paper, numbers in wrong.items()}
    return Piles(printings, stale, missing if is_open else {})


def _wanted(
    dispatch: Dispatch,
    paper: Paper,
    numbers: Sequence[int],
    stale: Mapping[int, frozenset[Paper]],
    printings: Sequence[Printing],
) -> Sequence[int]:
    """Of what is not printed rightly, what should be: not the other kind where at first only letters, or boxes, were
    printed, and the others never as such."""
    *later, first = (each.kind for each in printings if each.paper is paper)
    kinds = {first, *filter(None, later)}
    if not numbers or first is None or len(kinds) > 1:
        return numbers
    wanted = select(Parcel.sequence).where(Parcel.dispatch_id == dispatch.id, Parcel.kind == first)
    of_kind = set(db.session.scalars(wanted))
    return [number for number in numbers if number in of_kind or paper in stale.get(number, ())]


def slips_of(dispatch: Dispatch) -> int:
    """How many slips all parcels of a dispatch take: one for each order in each."""
    pairs = (
        select(ParcelContent.parcel_id, OrderLine.order_id)
        .join(ParcelContent.line)
        .join(ParcelContent.parcel)
        .where(Parcel.dispatch_id == dispatch.id)
        .distinct()
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(pairs)) or 0


def sheets_for(labels: int, sheet: LabelSheet, start: int) -> int:
    """How many sheets so many labels take, the one that begins at `start` included."""
    return -(-(start - 1 + labels) // sheet.count)


def sheets_in_tray(printing: Printing) -> int | None:
    """How many sheets a printing takes; None of lists, whose length nobody knows before."""
    if printing.paper is Paper.SLIPS:
        return len(printing.parcels)
    if printing.paper is not Paper.LABELS:
        return None
    labels = len({each.sequence for each in printing.parcels})
    return sheets_for(labels, read_sheet(printing.sheet or ""), printing.start or 1)
