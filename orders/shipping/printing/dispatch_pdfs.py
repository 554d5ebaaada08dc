"""The paper of a dispatch: labels, slips and pull list, all in its one sequence.

It turns orders into the data that `labels` draws.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

from sqlalchemy import select

import labels
from labels import (
    AddressLabel,
    LabelSheet,
    PullEntry,
    PullLine,
    PullList,
    Slip,
    Unprintable,
)
from orders.addresses.po_boxes import without_po_box
from orders.catalogue.models import Publication
from orders.clock import local_day
from orders.database import db
from orders.ordering.models import Order
from orders.packing.models import PostKind
from orders.shipping.dispatches import lifecycle, overview
from orders.shipping.models import Dispatch, DispatchState, Parcel
from orders.shipping.printing import posting_summary, printers
from orders.shipping.printing.letterhead import letterhead, return_address
from orders.shipping.printing.models import Paper, Printer, Printing
from orders.shipping.printing.order_pdfs import SlipContext, UnprintableParcels, bundled, order_slip
from orders.shipping.printing.print_requests import PrintRequest
from orders.shipping.printing.slip_codes import parcel_code

MOST_GONE = 12  # numbers in a title


def print_labels(dispatch: Dispatch, wanted: PrintRequest, *, out: BinaryIO) -> None:
    """Print the address labels of a dispatch. Refuses with `UnprintableParcels` or `NoSuchNumber`, writing nothing."""
    parcels = wanted.choose(lifecycle.parcels_of(dispatch))
    sender = return_address() if wanted.for_returns else ""
    with _explained(parcels):
        labels.print_addresses(
            (_label(parcel, wanted.run_of(parcel), sender) for parcel in parcels),
            wanted.sheet,
            start=wanted.start,
            profile=wanted.profile,
            out=out,
            skip_unprintable=wanted.skip_unprintable,
            title=f"Étiquettes, envoi {dispatch.id}",
        )


def print_slips(dispatch: Dispatch, wanted: PrintRequest, *, out: BinaryIO) -> None:
    """Print a slip for each order of each parcel. Refuses with `UnprintableParcels`, writing nothing."""
    every = lifecycle.parcels_of(dispatch)
    packed: Counter[int] = Counter()
    for content in (content for parcel in every for content in parcel.contents):
        packed[content.order_line_id] += content.copies
    parcels = wanted.choose(every)
    slips = [(parcel, order) for parcel in parcels for order in parcel.orders]
    context = SlipContext.of((order for _, order in slips), local_day(dispatch.made_at))
    with _explained([parcel for parcel, _ in slips]):
        labels.print_slips(
            (
                replace(_slip(parcel, order, dispatch.state, packed, context), run=wanted.run_of(parcel))
                for parcel, order in slips
            ),
            out=out,
            letterhead=letterhead(),
            skip_unprintable=wanted.skip_unprintable,
            title=f"Bordereaux, envoi {dispatch.id}",
        )


def print_pull_list(dispatch: Dispatch, _wanted: PrintRequest | None = None, *, out: BinaryIO) -> None:
    """Print what to fetch from the shelf and what goes into each parcel."""
    parcels = lifecycle.parcels_of(dispatch)
    pull_list = PullList(
        title=f"Envoi {dispatch.id}{_without(dispatch, parcels)}",
        lines=tuple(pull_lines(dispatch)),
        entries=tuple(map(_entry, parcels)),
        day=local_day(dispatch.made_at),
    )
    with _explained(parcels):
        labels.print_pull_list(pull_list, out=out, title=f"À prendre, envoi {dispatch.id}")


def _without(dispatch: Dispatch, parcels: Sequence[Parcel]) -> str:
    """What the title says of numbers that were taken out: their paper, if there is any, is to be thrown away."""
    there = {parcel.sequence for parcel in parcels}
    gone = [str(number) for number in range(1, dispatch.last_sequence + 1) if number not in there]
    shown = ", ".join(gone[:MOST_GONE]) + ("…" if len(gone) > MOST_GONE else "")
    return f", sans {shown} (papier à jeter)" if gone else ""


def print_ruler_page(sheet: LabelSheet, printer: Printer | None, *, out: BinaryIO) -> None:
    """Print the page on which one reads how far off a printer is; with one, as it comes out once corrected."""
    labels.print_ruler(sheet, profile=printers.profile_of(printer) if printer else labels.EXACT, out=out)


def print_recorded(printing: Printing, *, out: BinaryIO, skip_unprintable: bool = False) -> None:
    """Print what was recorded, marked with how often each parcel was printed. Refuses as the piles do."""
    wanted = PrintRequest.of(printing, skip_unprintable=skip_unprintable)
    PILES[printing.paper](printing.dispatch, wanted, out=out)


def pull_lines(dispatch: Dispatch) -> list[PullLine]:
    """Per publication: copies to fetch from the shelf, as whole bundles and single copies."""
    copies = overview.copies_by_publication(dispatch)
    publications = db.session.scalars(select(Publication).where(Publication.id.in_(copies)))
    return bundled((each, copies[each.id]) for each in publications)


@contextmanager
def _explained(parcels: Sequence[Parcel]) -> Iterator[None]:
    """Turn the library's refusals, which count the pile from 1, into ours, which name parcels by their sequence."""
    try:
        yield
    except Unprintable as error:
        raise UnprintableParcels(
            [(parcels[refusal.label - 1].sequence, str(refusal)) for refusal in error.refusals]
        ) from None


def _label(parcel: Parcel, run: int, sender: str) -> AddressLabel:
    """A parcel goes to the street of an address; a letter may go to the PO box beside it. With a sender it bears the
    reference as a bar code too."""
    order = parcel.orders[0]
    address = without_po_box(order.address) if parcel.kind is PostKind.PARCEL else order.address
    return AddressLabel(
        lines=address.lines(),
        sequence=parcel.sequence,
        part=_part_of(parcel),
        run=run,
        reference=order.reference,
        sender=sender,
        barcode=bool(sender),
    )


def _slip(parcel: Parcel, order: Order, state: DispatchState, packed: Mapping[int, int], context: SlipContext) -> Slip:
    """The slip of an order in a parcel; `packed` is what all parcels of the dispatch hold, by the id of the line."""
    inside = {content.line.id: content.copies for content in parcel.contents if content.line.order is order}
    leaving = packed if state is DispatchState.OPEN else {}
    follows = {line.id: line.waiting + line.reserved - leaving.get(line.id, 0) for line in order.lines}
    slip = order_slip(order, inside, follows, context, code=parcel_code(parcel, order))
    return replace(slip, sequence=parcel.sequence, part=_part_of(parcel))


def _part_of(parcel: Parcel) -> str:
    return f"{parcel.part}/{parcel.parts}" if parcel.parts > 1 else ""


def _entry(parcel: Parcel) -> PullEntry:
    order = parcel.orders[0]
    return PullEntry(
        sequence=parcel.sequence,
        name=order.organisation or order.name,
        place=", ".join(filter(None, (order.name if order.organisation else "", f"{order.postcode} {order.town}"))),
        contents=tuple((content.line.publication.code, content.copies) for content in parcel.contents),
        part=_part_of(parcel),
        packaging="boîte" if parcel.packaging_code == "BOX" else f"enveloppe {parcel.packaging_code}",
    )


PILES: Mapping[Paper, Callable[..., None]] = {
    Paper.LABELS: print_labels,
    Paper.SLIPS: print_slips,
    Paper.PULL_LIST: print_pull_list,
    Paper.POSTING: posting_summary.print_posting,
}
