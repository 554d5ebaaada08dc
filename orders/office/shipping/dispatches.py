"""Dispatches: made from ready orders, printed, packed, closed or undone."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.keys import LONGEST_KEY, new_key
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference, whole_number
from orders.office.shipping.blueprint import pages
from orders.ordering import finding
from orders.shipping import dispatching, making, print_requests, printers, printing, printings, sheet_memory
from orders.shipping.models import Dispatch, DispatchState, MeanwhileChanged, NothingChosen, NothingPacked, Parcel
from orders.shipping.printed_models import PrintingState
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.get("/")
@needs(StaffRole.VOLUNTEER)
def index() -> str:
    """The dispatches, open ones and the latest of the others, and how many orders could make the next one."""
    return render_template(
        "office/shipping/index.html",
        dispatches=dispatching.dispatches(),
        ready=finding.count(finding.READY_TO_POST),
        submission=new_key(),
    )


@pages.post("/new")
@needs(StaffRole.OFFICE)
def new() -> ResponseReturnValue:
    """Make a dispatch: of the references chosen, or with `all=1` of everything ready that the filter finds."""
    try:
        chosen = _everything_found() if request.form.get("all") == "1" else _chosen()
        dispatch = transact(
            making.make,
            chosen,
            at=now(),
            by=actor(),
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
    wanted = finding.that_may_be_posted(finding.filter_from(request.form.to_dict()))
    if wanted is None:
        raise NothingChosen
    total = finding.count(wanted)
    expected = whole_number(request.form.get("expected", ""))
    if expected is not None and expected != total:
        raise MeanwhileChanged(expected, total)
    limit = whole_number(request.form.get("limit", ""))
    return list(finding.references(wanted, limit if limit and limit > 0 else None))


@pages.get("/<int:dispatch_id>")
@needs(StaffRole.VOLUNTEER)
def dispatch(dispatch_id: int) -> str:
    """The parcels of one dispatch in their sequence, and what can be done with them."""
    return _dispatch_page(dispatching.get_dispatch(dispatch_id))


def _dispatch_page(found: Dispatch, **more: object) -> str:
    parcels = dispatching.parcels_of(found)
    printed = printings.printings_of(found)
    return render_template(
        "office/shipping/dispatch.html",
        dispatch=found,
        parcels=parcels,
        stale=printings.stale_papers(found, parcels),
        is_open=found.state is DispatchState.OPEN,
        pull=printing.pull_lines(found),
        sheets=print_requests.SHEET_NAMES,
        printers=printers.printers(),
        proposal=sheet_memory.propose(request.args.get("profile", ""), request.args.get("sheet", "")),
        printings=printed,
        waiting=[each for each in printed if each.state is PrintingState.GENERATED],
        current=_current(parcels, whole_number(request.args.get("after", "")) or 0),
        submission=new_key(),
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
    sequence = whole_number(request.form.get("sequence", "")) or 0
    packed = request.form.get("packed", "1") == "1"
    try:
        transact(dispatching.pack, dispatch_id, sequence, packed=packed, at=now())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    if request.form.get("next") == "1":
        return redirect(url_for(".dispatch", dispatch_id=dispatch_id, after=sequence, _anchor="emballer"), 303)
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id, _anchor=f"pli-{sequence}"), 303)


@pages.post("/<int:dispatch_id>/close")
@needs(StaffRole.OFFICE)
def close(dispatch_id: int) -> ResponseReturnValue:
    """Post what was packed; with `all=1` everything. With nothing packed it asks first."""
    try:
        closed = transact(
            dispatching.close, dispatch_id, at=now(), by=actor(), everything=request.form.get("all") == "1"
        )
        flash(
            ngettext(
                "L’envoi %(id)s est posté : %(num)s pli.",
                "L’envoi %(id)s est posté : %(num)s plis.",
                closed.packed_count,
                id=dispatch_id,
            ),
            "done",
        )
    except NothingPacked:
        return _dispatch_page(dispatching.get_dispatch(dispatch_id), asks_to_close_all=True), 422
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id), 303)


@pages.post("/<int:dispatch_id>/undo")
@needs(StaffRole.OFFICE)
def undo(dispatch_id: int) -> ResponseReturnValue:
    """Take an open dispatch apart: its orders are ready again."""
    try:
        transact(dispatching.undo, dispatch_id, at=now(), by=actor())
        flash(
            gettext("L’envoi %(id)s est défait : ses commandes sont de nouveau prêtes.", id=dispatch_id),
            "done",
        )
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id), 303)
