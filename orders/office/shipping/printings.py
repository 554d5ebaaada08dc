"""Printings: each is recorded, and somebody is asked what came out. Nothing is printed again unless asked for."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.idempotency import LONGEST_KEY, new_key
from orders.office.access import actor, needs
from orders.office.forms import whole_number
from orders.office.pdf_response import pdf_answer
from orders.office.shipping.blueprint import pages
from orders.office.shipping.dispatch_pdfs import file_name
from orders.office.url_converters import chosen_row
from orders.shipping.number_ranges import show_ranges
from orders.shipping.printing import dispatch_pdfs, piles, print_log, print_requests, sheet_positions
from orders.shipping.printing.models import Paper
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.post("/<int:dispatch_id>/printings")
@needs(StaffRole.VOLUNTEER)
def record(dispatch_id: int) -> ResponseReturnValue:
    """Record a printing: `what`, and what `labels.pdf` is asked with. Leads to it."""
    done = transact(
        print_log.record,
        dispatch_id,
        print_requests.read_paper(request.form),
        print_requests.read_print_request(request.form),
        at=now(),
        by=actor(),
        submission=request.form.get("submission", "")[:LONGEST_KEY] or None,
        continues=chosen_row(request.form.get("continues", "")),
    )
    return _to(dispatch_id, done.id)


@pages.get("/<int:dispatch_id>/printings/<int:printing_id>")
@needs(StaffRole.VOLUNTEER)
def printed(dispatch_id: int, printing_id: int) -> str:
    """One printing: its PDF, and the question what came out of the printer."""
    return _printing_page(dispatch_id, printing_id)


@pages.get("/<int:dispatch_id>/printings/<int:printing_id>.pdf")
@needs(StaffRole.VOLUNTEER)
def printed_pdf(dispatch_id: int, printing_id: int) -> ResponseReturnValue:
    """What was recorded, as a PDF; what is printed again is marked so."""
    found = print_log.get_printing(dispatch_id, printing_id)
    skip = request.args.get("skip") == "1"
    name = file_name(found.paper, dispatch_id)
    print_it = partial(dispatch_pdfs.print_recorded, found, skip_unprintable=skip)
    return pdf_answer(name, print_it, about=f"dispatch {dispatch_id}")


@pages.post("/<int:dispatch_id>/printings/<int:printing_id>/all-out")
@needs(StaffRole.VOLUNTEER)
def all_out(dispatch_id: int, printing_id: int) -> ResponseReturnValue:
    """Everything came out of the printer as it should."""
    try:
        transact(print_log.all_out, dispatch_id, printing_id, at=now())
        flash(gettext("C’est noté : tout est sorti."), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id, **_next_step(dispatch_id, printing_id)), 303)


@pages.post("/<int:dispatch_id>/printings/<int:printing_id>/jammed")
@needs(StaffRole.VOLUNTEER)
def jammed(dispatch_id: int, printing_id: int) -> ResponseReturnValue:
    """The printer jammed: `number` is the first one that did not come out well."""
    typed = request.form.get("number", "")
    try:
        transact(print_log.jammed, dispatch_id, printing_id, whole_number(typed), at=now())
    except Refused as refusal:
        return _printing_page(dispatch_id, printing_id, number=typed, error=sentence(refusal)), 422
    return _to(dispatch_id, printing_id)


def _next_step(dispatch_id: int, printing_id: int) -> dict[str, Any]:
    """Where one goes on after a pile came out: the list leads on by itself, the others to their step."""
    paper = print_log.get_printing(dispatch_id, printing_id).paper
    return {} if paper is Paper.PULL_LIST else {"step": "post" if paper is Paper.POSTING else "print"}


def _to(dispatch_id: int, printing_id: int) -> ResponseReturnValue:
    return redirect(url_for(".printed", dispatch_id=dispatch_id, printing_id=printing_id), 303)


def _printing_page(dispatch_id: int, printing_id: int, **more: object) -> str:
    found = print_log.get_printing(dispatch_id, printing_id)
    is_labels = found.paper is Paper.LABELS
    numbers = {each.sequence for each in found.parcels}
    return render_template(
        "office/shipping/printing.html",
        printing=found,
        parcels=len(numbers),
        numbers=show_ranges(numbers),
        sheets=piles.sheets_in_tray(found),
        is_reprint=any(each.run > 1 for each in found.parcels),
        goes_on=print_log.find_continuation(found),
        sheet=print_requests.read_sheet(found.sheet) if is_labels and found.sheet else None,
        next_position=print_log.next_position(found) if is_labels else None,
        after_jam=sheet_positions.NEW_SHEET,
        submission=new_key(),
        **more,
    )
