"""Dispatches: made from ready orders, printed, packed, closed or undone."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.idempotency import new_key
from orders.office.access import actor, needs
from orders.office.forms import page_number, whole_number
from orders.office.shipping.blueprint import pages
from orders.office.shipping.closing_form import ClosingForm
from orders.office.shipping.sheet_choices import sheet_choices
from orders.office.url_converters import NO_ROW, row_number
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import READY_TO_POST
from orders.packing.models import PostKind
from orders.packing.tariff import read_tariff
from orders.shipping import returns
from orders.shipping.carrier import manifest
from orders.shipping.dispatches import lifecycle, overview
from orders.shipping.models import Dispatch, DispatchState
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
    """The latest dispatches, or those `before` a number, and how many orders could make the next one."""
    before = row_number(request.args.get("before", ""))
    is_latest = before == NO_ROW
    found = lifecycle.dispatches(None if is_latest else before, lifecycle.PER_PAGE + 1)
    return render_template(
        "office/shipping/index.html",
        dispatches=found[: lifecycle.PER_PAGE],
        older=found[lifecycle.PER_PAGE - 1].id if len(found) > lifecycle.PER_PAGE else None,
        is_latest=is_latest,
        ready=search.count(READY_TO_POST),
        submission=new_key(),
    )


@pages.get("/<int:dispatch_id>")
@needs(StaffRole.VOLUNTEER)
def dispatch(dispatch_id: int) -> str:
    """One dispatch, and its parcels in their sequence: fifty on a `page`, or those around the number to `show`.

    `after` is the parcel behind which packing goes on; `profile` and `sheet` are the printer and stock to propose.
    """
    return dispatch_page(lifecycle.get_dispatch(dispatch_id))


def dispatch_page(found: Dispatch, form: ClosingForm | None = None, **more: object) -> str:
    """The page of a dispatch; `form` is the one to close it, where something in it must be corrected."""
    whole, printed, rates = overview.count_parcels(found), print_log.printings_of(found), read_tariff().rates
    last = max(1, -(-whole.total // overview.PER_PAGE))
    page = min(_page_asked_for(found), last)
    parcels = overview.page(found, page)
    return render_template(
        "office/shipping/dispatch.html",
        dispatch=found,
        whole=whole,
        parcels=parcels,
        page=page,
        last=last,
        stale=print_log.all_stale_papers(found),
        mates=overview.same_address(found, parcels),
        steps=posting_summary.steps_of(parcels, rates),
        summary=posting_summary.summary(found, whole.pieces, rates),
        is_open=found.state is DispatchState.OPEN,
        long_names=whole.has_boxes and manifest.has_long_names(found),
        kinds=PostKind,
        pull=dispatch_pdfs.pull_lines(found),
        sheets=sheet_choices(),
        printers=printers.printers(),
        proposal=sheet_positions.propose(request.args.get("profile", ""), request.args.get("sheet", "")),
        printings=printed,
        waiting=[each for each in printed if each.state is PrintingState.GENERATED],
        current=overview.next_to_pack(found, whole_number(request.args.get("after", "")) or 0),
        returned=returns.returns_of(parcels) if found.closed_at else {},
        submission=new_key(),
        form=form or ClosingForm(),
        **more,
    )


def _page_asked_for(found: Dispatch) -> int:
    shown = row_number(request.args.get("show", ""))
    return overview.page_of(found, shown) if shown else page_number(request.args)


@pages.post("/<int:dispatch_id>/pack")
@needs(StaffRole.VOLUNTEER)
def pack(dispatch_id: int) -> ResponseReturnValue:
    """Note a parcel (its `sequence`) as packed, or with `packed=0` as not packed after all.

    Where its paper is outdated it asks first, unless `despite_paper=1` says that somebody has checked.
    """
    sequence = row_number(request.form.get("sequence", ""))
    try:
        if request.form.get("packed", "1") == "1":
            despite_paper = request.form.get("despite_paper") == "1"
            transact(paper_check.pack, dispatch_id, sequence, at=now(), by=actor(), despite_paper=despite_paper)
        else:
            transact(lifecycle.pack, dispatch_id, sequence, packed=False, at=now(), by=actor())
    except OutdatedPaper as refusal:
        return dispatch_page(lifecycle.get_dispatch(dispatch_id), outdated=refusal.numbers, outdated_one=True), 422
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    if request.form.get("next") == "1":
        return redirect(url_for(".dispatch", dispatch_id=dispatch_id, after=sequence, _anchor="emballer"), 303)
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id, show=sequence, _anchor=f"pli-{sequence}"), 303)
