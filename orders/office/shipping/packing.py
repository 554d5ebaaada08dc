"""Packing by a button: marking a parcel, taking that back, and seeing the marks of those who pack beside one."""

from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.shipping.blueprint import pages
from orders.office.shipping.dispatch_steps import Step
from orders.office.shipping.dispatches import dispatch_page
from orders.office.url_converters import row_number
from orders.shipping.dispatches import lifecycle, packing_marks
from orders.shipping.models import DispatchState
from orders.shipping.printing import paper_check
from orders.shipping.printing.paper_check import OutdatedPaper
from orders.staff.models import StaffRole
from orders.web.background_requests import in_background
from orders.wording import sentence


@pages.post("/<int:dispatch_id>/pack")
@needs(StaffRole.VOLUNTEER)
def pack(dispatch_id: int) -> ResponseReturnValue:
    """Note a parcel (its `sequence`) as packed, or with `packed=0` as not packed after all.

    Where its paper is outdated it asks first, unless `despite_paper=1` says that somebody has checked.
    """
    sequence = row_number(request.form.get("sequence", ""))
    done = 0
    try:
        if request.form.get("packed", "1") == "1":
            done = _pack(dispatch_id, sequence)
        else:
            transact(lifecycle.pack, dispatch_id, sequence, packed=False, at=now(), by=actor())
    except OutdatedPaper as refusal:
        found = lifecycle.get_dispatch(dispatch_id)
        return dispatch_page(found, Step.PACK, outdated=refusal.numbers, outdated_one=True), 422
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    where: dict[str, Any] = {"done": done} if done else {}
    if request.form.get("next") == "1":
        where |= {"after": sequence, "_anchor": "emballer"}
    else:
        where |= {"show": sequence, "_anchor": f"pli-{sequence}"}
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id, **where), 303)


def _pack(dispatch_id: int, sequence: int) -> int:
    """The number that was packed now; 0 where somebody else had packed it."""
    at = now()
    despite_paper = request.form.get("despite_paper") == "1"
    packed = transact(paper_check.pack, dispatch_id, sequence, at=at, by=actor(), despite_paper=despite_paper)
    if packed.packed_at == at:
        return sequence
    flash(gettext("Le pli %(sequence)s était déjà emballé.", sequence=sequence), "done")
    return 0


@pages.post("/<int:dispatch_id>/undo-packed")
@needs(StaffRole.VOLUNTEER)
def undo_packed(dispatch_id: int) -> ResponseReturnValue:
    """Take back that a parcel (`sequence`) was packed, as long as nobody has changed it since: its `mark` says so."""
    sequence = row_number(request.form.get("sequence", ""))
    mark = request.form.get("mark", "")
    try:
        transact(packing_marks.undo, dispatch_id, sequence, mark=mark, at=now(), by=actor())
        flash(gettext("Le pli %(sequence)s n’est plus emballé.", sequence=sequence), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    before = max(0, sequence - 1)
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id, after=before, _anchor="emballer"), 303)


@pages.get("/<int:dispatch_id>/marks")
@needs(StaffRole.VOLUNTEER)
@in_background
def marks(dispatch_id: int) -> ResponseReturnValue:
    """For the page's script, every few seconds: whether the dispatch is open, and the numbers that are packed."""
    found = lifecycle.get_dispatch(dispatch_id)
    answer = jsonify(
        is_open=found.state is DispatchState.OPEN,
        version=found.version,
        packed=list(packing_marks.packed_numbers(found)),
    )
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)
