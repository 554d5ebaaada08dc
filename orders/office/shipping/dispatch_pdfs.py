"""The piles of a dispatch as PDFs. Looking at one records nothing; `printings` does."""

from functools import partial

from flask import request
from flask.typing import ResponseReturnValue

from orders.clock import local_day, now
from orders.office.access import needs
from orders.office.pdf_response import pdf_answer
from orders.office.shipping.blueprint import pages
from orders.shipping.dispatches import lifecycle
from orders.shipping.printing import dispatch_pdfs
from orders.shipping.printing.models import Paper
from orders.shipping.printing.print_requests import read_print_request
from orders.staff.models import StaffRole

FILE_NAMES = {
    Paper.LABELS: "etiquettes",
    Paper.SLIPS: "bordereaux",
    Paper.PULL_LIST: "a-prendre",
    Paper.POSTING: "guichet",
}


@pages.get("/<int:dispatch_id>/labels.pdf")
@needs(StaffRole.VOLUNTEER)
def labels(dispatch_id: int) -> ResponseReturnValue:
    """Address labels: `sheet`, `start` (a position on the first sheet), `from`, `to`, `only=letters`, `profile`."""
    return _pile(dispatch_id, Paper.LABELS)


@pages.get("/<int:dispatch_id>/slips.pdf")
@needs(StaffRole.VOLUNTEER)
def slips(dispatch_id: int) -> ResponseReturnValue:
    """Packing slips, a page for each order in each parcel; `from` and `to` are numbers of the sequence."""
    return _pile(dispatch_id, Paper.SLIPS)


@pages.get("/<int:dispatch_id>/pull-list.pdf")
@needs(StaffRole.VOLUNTEER)
def pull_list(dispatch_id: int) -> ResponseReturnValue:
    """What to fetch from the shelf, and the sequence with what goes into each parcel."""
    return _pile(dispatch_id, Paper.PULL_LIST)


@pages.get("/<int:dispatch_id>/posting.pdf")
@needs(StaffRole.VOLUNTEER)
def posting_sheet(dispatch_id: int) -> ResponseReturnValue:
    """What is carried to the counter: letters by weight step, parcels, stamps, postage."""
    return _pile(dispatch_id, Paper.POSTING)


def _pile(dispatch_id: int, paper: Paper) -> ResponseReturnValue:
    found = lifecycle.get_dispatch(dispatch_id)
    wanted = read_print_request(request.args)
    print_it = partial(dispatch_pdfs.PILES[paper], found, wanted)
    return pdf_answer(file_name(paper, dispatch_id), print_it, about=f"dispatch {dispatch_id}")


def file_name(paper: Paper, dispatch_id: int) -> str:
    """`etiquettes-2026-11-20-envoi-17`."""
    return f"{FILE_NAMES[paper]}-{local_day(now())}-envoi-{dispatch_id}"
