"""Dispatches: made from ready orders, printed, packed, closed or undone."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.idempotency import LONGEST_KEY, new_key
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference, whole_number
from orders.office.shipping.blueprint import pages
from orders.office.shipping.closing_form import ClosingForm
from orders.office.url_converters import row_number
from orders.ordering.lookup import search
from orders.packing.tariff import read_tariff
from orders.shipping import returns
from orders.shipping.dispatches import creation, lifecycle, repacking
from orders.shipping.models import Dispatch, DispatchState, MeanwhileChanged, NothingChosen, Parcel
from orders.shipping.printing import (
    dispatch_pdfs,
    posting_summary,
    print_log,
    print_requests,
    printers,
    sheet_positions,
)
from orders.shipping.printing.models import PrintingState
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


@pages.post("/new")
@needs(StaffRole.OFFICE)
def new() -> ResponseReturnValue:
    """Make a dispatch: of the references chosen, or with `all=1` of everything ready that the filter finds."""
    try:
        chosen = _everything_found() if request.form.get("all") == "1" else _chosen()
        dispatch = transact(
            creation.make,
            chosen,
            at=now(),
            by=actor(),
            has_labels=request.form.get("window") != "1",
            submission=request.form.get("submission", "")[:LONGEST_KEY] or None,
        )
    except Refused as refusal:
        page = render_template("office/shipping/refused.html", sentence=sentence(refusal))
        return page, 409
    flash(gettext("L’envoi %(id)s est prêt à imprimer.", id=dispatch.id), "done")
    return redirect(url_for(".dispatch", dispatch_id=dispatch.id), 303)


def _chosen() -> list[str]:
    return [read_typed_reference(typed) for typed in request.form.getlist("reference")]


def _everything_found() -> list[str]:
    """What the filter of the form finds among the orders that may go, if it is still as many as was shown."""
    wanted = search.that_may_be_posted(search.filter_from(request.form.to_dict()))
    if wanted is None:
        raise NothingChosen
    total = search.count(wanted)
    expected = whole_number(request.form.get("expected", ""))
    if expected is not None and expected != total:
        raise MeanwhileChanged(expected, total)
    limit = row_number(request.form.get("limit", ""))
    return list(search.references(wanted, limit or None))


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
        sheets=print_requests.SHEET_NAMES,
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
    """Note a parcel (its `sequence`) as packed, or with `packed=0` as not packed after all."""
    sequence = row_number(request.form.get("sequence", ""))
    packed = request.form.get("packed", "1") == "1"
    try:
        transact(lifecycle.pack, dispatch_id, sequence, packed=packed, at=now())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    if request.form.get("next") == "1":
        return redirect(url_for(".dispatch", dispatch_id=dispatch_id, after=sequence, _anchor="emballer"), 303)
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id, _anchor=f"pli-{sequence}"), 303)
