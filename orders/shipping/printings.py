"""What was printed of a dispatch: recorded beside the paper, so that paper which no longer tells the truth is seen.

A printing is `GENERATED` until somebody has looked at what came out of the printer. Nothing is sent to it again by
itself: what jammed is printed again because somebody asks for it, and is marked with the number of its run.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from orders.database import db
from orders.shipping.models import Dispatch, Parcel
from orders.shipping.printed_models import Paper, PrintedParcel, Printing

IN_THE_PARCEL = (Paper.LABELS, Paper.SLIPS)  # what travels with it, and so must not be wrong


def digest_of(parcel: Parcel) -> str:
    """What the label and the slips of a parcel show of it: the addresses, the copies, which part it is; as SHA-256."""
    shown = {
        "part": [parcel.part, parcel.parts],
        "orders": [[order.reference, *order.address.lines()] for order in parcel.orders],
        "copies": [
            [content.line.order_id, content.line.publication_id, content.copies]
            for content in sorted(parcel.contents, key=lambda each: each.order_line_id)
        ],
    }
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def is_stale(parcel: Parcel) -> bool:
    """Whether a label or a slip of this parcel was printed that no longer shows its addresses or its copies."""
    return bool(_stale(_last_digests(parcel.dispatch_id, parcel.sequence), [parcel]))


def stale_papers(dispatch: Dispatch, parcels: Sequence[Parcel]) -> Mapping[int, frozenset[Paper]]:
    """Of each parcel whose paper is not right any more: its number in the dispatch, and which paper."""
    return _stale(_last_digests(dispatch.id), parcels)


def _stale(printed: Mapping[int, Mapping[Paper, str]], parcels: Sequence[Parcel]) -> Mapping[int, frozenset[Paper]]:
    stale = {}
    for parcel in parcels:
        if papers := printed.get(parcel.sequence):
            now = digest_of(parcel)
            if wrong := frozenset(paper for paper, then in papers.items() if then != now):
                stale[parcel.sequence] = wrong
    return stale


def _last_digests(dispatch_id: int, sequence: int | None = None) -> Mapping[int, Mapping[Paper, str]]:
    """Of each number of a dispatch (or of one): how it looked when its label and slip were last printed."""
    rows = (
        select(PrintedParcel.sequence, Printing.paper, PrintedParcel.digest)
        .join(Printing, Printing.id == PrintedParcel.printing_id)
        .where(Printing.dispatch_id == dispatch_id, Printing.paper.in_(IN_THE_PARCEL))
        .order_by(Printing.id)
    )
    if sequence is not None:
        rows = rows.where(PrintedParcel.sequence == sequence)
    last: dict[int, dict[Paper, str]] = defaultdict(dict)
    for number, paper, digest in db.session.execute(rows):
        last[number][paper] = digest
    return last
