"""Dispatches: their list, and the page of one with its four steps: take, print, pack, post."""

from flask import render_template, request

from orders.idempotency import new_key
from orders.office.access import needs
from orders.office.forms import page_number
from orders.office.shipping import dispatch_steps
from orders.office.shipping.blueprint import pages
from orders.office.shipping.closing_form import ClosingForm
from orders.office.shipping.dispatch_steps import Step
from orders.office.url_converters import NO_ROW, row_number
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import READY_TO_POST
from orders.packing.tariff import read_tariff
from orders.shipping import returns
from orders.shipping.dispatches import lifecycle, overview
from orders.shipping.dispatches.overview import Overview
from orders.shipping.models import Dispatch, DispatchState
from orders.shipping.printing import piles, posting_summary, print_log
from orders.staff.models import StaffRole


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
    """One dispatch at one `step`, which it chooses by itself where none is asked for.

    When it is packed or has ended, with its parcels in their sequence: fifty on a `page`, or those around the number to
    `show`. `after` is the parcel behind which packing goes on; `profile` and `sheet` are the printer and stock to
    propose.
    """
    return dispatch_page(lifecycle.get_dispatch(dispatch_id))


def dispatch_page(found: Dispatch, step: Step | None = None, form: ClosingForm | None = None, **more: object) -> str:
    """The page of a dispatch; `form` is the one to close it, where something in it must be corrected."""
    whole = overview.count_parcels(found)
    paper = piles.piles_of(found, print_log.printings_of(found))
    is_open = found.state is DispatchState.OPEN
    step = step or dispatch_steps.step_asked_for(request.args, found, whole, paper)
    shown = dispatch_steps.shown_at(step, found, whole) if not found.undone_at else {}
    if not is_open or step is Step.PACK:
        shown |= _parcels(found, whole)
    return render_template(
        "office/shipping/dispatch.html",
        dispatch=found,
        whole=whole,
        is_open=is_open,
        step=step,
        steps=dispatch_steps.steps(found, whole, paper),
        paper=paper,
        submission=new_key(),
        form=form or ClosingForm(),
        ready=0 if is_open else search.count(READY_TO_POST),
        **shown,
        **more,
    )


def _parcels(found: Dispatch, whole: Overview) -> dict[str, object]:
    """A page of parcels, and what is told of each."""
    last = max(1, -(-whole.total // overview.PER_PAGE))
    page = min(_page_asked_for(found), last)
    parcels = overview.page(found, page)
    return {
        "parcels": parcels,
        "page": page,
        "last": last,
        "is_unfolded": bool({"page", "show"} & request.args.keys()),
        "mates": overview.same_address(found, parcels),
        "weight_steps": posting_summary.steps_of(parcels, read_tariff().rates),
        "returned": returns.returns_of(parcels) if found.closed_at else {},
    }


def _page_asked_for(found: Dispatch) -> int:
    shown = row_number(request.args.get("show", ""))
    return overview.page_of(found, shown) if shown else page_number(request.args)
