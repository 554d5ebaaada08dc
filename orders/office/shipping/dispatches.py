"""Dispatches: made from ready orders, printed, packed, closed or undone."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.idempotency import new_key
from orders.office.access import needs
from orders.office.forms import whole_number
from orders.office.shipping.blueprint import pages
from orders.office.shipping.closing_form import ClosingForm
from orders.office.shipping.sheet_choices import sheet_choices
from orders.office.url_converters import row_number
from orders.ordering.lookup import search
from orders.packing.tariff import read_tariff
from orders.shipping import returns
from orders.shipping.dispatches import lifecycle, repacking
from orders.shipping.models import Dispatch, DispatchState, Parcel
from orders.shipping.printing import (
    dispatch_pdfs,
    paper_check,
    posting_summary,
    print_log,
    printers,
    sheet_positions,
)
from orders.shipping.printing.models import PrintingState
from orders.shipping.printing.paper_check import OutdatedPaper
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.get("/")
@needs(StaffRole.VOLUNTEER)
def index() -> str:
    """The dispatches, open ones and the latest of the others, and how many orders could make the next one."""
    return render_template(
        "office/shipping/index.html",
        dispatches=lifecycle.dispatches(),
        ready=search.count(search.READY_TO_POST),
        submission=new_key(),
    )


@pages.get("/<int:dispatch_id>")
@needs(StaffRole.VOLUNTEER)
def dispatch(dispatch_id: int) -> str:
    """The parcels of one dispatch in their sequence, and what can be done with them."""
    return dispatch_page(lifecycle.get_dispatch(dispatch_id))


def dispatch_page(found: Dispatch, form: ClosingForm | None = None, **more: object) -> str:
    """The page of a dispatch; `form` is the one to close it, where something in it must be corrected."""
    parcels = lifecycle.parcels_of(found)
    printed = print_log.printings_of(found)
    rates = read_tariff().rates
    return render_template(
        "office/shipping/dispatch.html",
        dispatch=found,
        parcels=parcels,
        stale=print_log.stale_papers(found, parcels),
        mates=repacking.same_address(parcels),
        steps=posting_summary.steps_of(parcels, rates),
        summary=posting_summary.summary(found, parcels, rates),
        is_open=found.state is DispatchState.OPEN,
        pull=dispatch_pdfs.pull_lines(found),
        sheets=sheet_choices(),
        printers=printers.printers(),
        proposal=sheet_positions.propose(request.args.get("profile", ""), request.args.get("sheet", "")),
        printings=printed,
        waiting=[each for each in printed if each.state is PrintingState.GENERATED],
        current=_current(parcels, whole_number(request.args.get("after", "")) or 0),
        returned=returns.returns_of(parcels) if found.closed_at else {},
        submission=new_key(),
        form=form or ClosingForm(),
        **more,
    )


def _current(parcels: Sequence[Parcel], after: int) -> Parcel | None:
    """The parcel to pack now: the next one after a number that is not packed, else the first one."""
    open_ones = [parcel for parcel in parcels if parcel.packed_at is None]
    return next((parcel for parcel in open_ones if parcel.sequence > after), next(iter(open_ones), None))


@pages.post("/<int:dispatch_id>/pack")
@needs(StaffRole.VOLUNTEER)
def pack(dispatch_id: int) -> ResponseReturnValue:
    """Note a parcel (its `sequence`) as packed, or with `packed=0` as not packed after all.

    Where its paper is known to be old it asks first, unless `despite_paper=1` says that somebody has looked.
    """
    sequence = row_number(request.form.get("sequence", ""))
    try:
        if request.form.get("packed", "1") == "1":
            despite_paper = request.form.get("despite_paper") == "1"
            transact(paper_check.pack, dispatch_id, sequence, at=now(), despite_paper=despite_paper)
        else:
            transact(lifecycle.pack, dispatch_id, sequence, packed=False, at=now())
    except OutdatedPaper as refusal:
        return dispatch_page(lifecycle.get_dispatch(dispatch_id), outdated=refusal.numbers, outdated_one=True), 422
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    if request.form.get("next") == "1":
        return redirect(url_for(".dispatch", dispatch_id=dispatch_id, after=sequence, _anchor="emballer"), 303)
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id, _anchor=f"pli-{sequence}"), 303)
