"""How a dispatch ends: closed or undone; and whether it has labels."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.shipping.blueprint import pages
from orders.office.shipping.closing_form import ClosingForm
from orders.office.shipping.dispatch_steps import Step
from orders.office.shipping.dispatches import dispatch_page
from orders.shipping.dispatches import lifecycle, packing_marks
from orders.shipping.models import NobodyPacked, NothingPacked
from orders.shipping.number_ranges import UnreadableNumbers, read_ranges, show_ranges
from orders.shipping.printing import counter_check
from orders.shipping.printing.counter_check import Agreed, CountedOtherwise
from orders.shipping.printing.paper_check import OutdatedPaper
from orders.staff.models import StaffRole
from orders.wording import sentence

CLOSING_FIELDS = (
    "all",
    "unpacked",
    "despite_paper",
    "despite_count",
    "posted_letters",
    "posted_parcels",
    "posted_cost",
)


@pages.post("/<int:dispatch_id>/close")
@needs(StaffRole.OFFICE)
def close(dispatch_id: int) -> ResponseReturnValue:
    """Post what was packed; with `all=1` everything.

    It asks first where nobody packed a parcel (`unpacked` are the numbers of those that are posted all the same),
    where paper is known to be old (`despite_paper=1`: somebody has looked), and where the counter counted otherwise
    than Pli (`despite_count=1`). `posted_letters`, `posted_parcels` and `posted_cost` are what the counter said.
    """
    form = ClosingForm()
    if (counted := form.read()) is None:
        return dispatch_page(lifecycle.get_dispatch(dispatch_id), Step.POST, form), 422
    try:
        closed = transact(
            counter_check.close,
            dispatch_id,
            at=now(),
            by=actor(),
            everything=request.form.get("all") == "1",
            counted=counted,
            agreed=_agreed(),
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
    except (NothingPacked, NobodyPacked, OutdatedPaper, CountedOtherwise) as refusal:
        return _ask(dispatch_id, form, refusal), 422
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id), 303)


def _agreed() -> Agreed:
    """What the form says yes to. Numbers that cannot be read are none."""
    try:
        unpacked = read_ranges(request.form.get("unpacked", ""))
    except UnreadableNumbers:
        unpacked = ()
    return Agreed(
        unpacked, paper=request.form.get("despite_paper") == "1", count=request.form.get("despite_count") == "1"
    )


def _ask(dispatch_id: int, form: ClosingForm, refusal: Refused) -> str:
    """The page again, with the question whether to post all the same, and yes to what was asked before."""
    found = lifecycle.get_dispatch(dispatch_id)
    said = {name: value for name, value in request.form.items() if name in CLOSING_FIELDS}
    if isinstance(refusal, OutdatedPaper):
        return dispatch_page(found, Step.POST, form, outdated=refusal.numbers, said={**said, "despite_paper": "1"})
    if isinstance(refusal, CountedOtherwise):
        return dispatch_page(found, Step.POST, form, difference=refusal, said={**said, "despite_count": "1"})
    numbers = packing_marks.unpacked_numbers(found)
    said |= {"all": "1", "unpacked": show_ranges(numbers)}
    return dispatch_page(found, Step.POST, form, nobody_packed=show_ranges(numbers), said=said)


@pages.post("/<int:dispatch_id>/undo")
@needs(StaffRole.OFFICE)
def undo(dispatch_id: int) -> ResponseReturnValue:
    """Take an open dispatch apart: its orders are ready again."""
    try:
        transact(lifecycle.undo, dispatch_id, at=now(), by=actor())
        flash(
            gettext("L’envoi %(id)s est défait : ses commandes sont de nouveau prêtes.", id=dispatch_id),
            "done",
        )
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id), 303)
