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
from orders.office.shipping.dispatches import dispatch_page
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import NothingPacked
from orders.shipping.printing import paper_check
from orders.shipping.printing.paper_check import OutdatedPaper
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.post("/<int:dispatch_id>/close")
@needs(StaffRole.OFFICE)
def close(dispatch_id: int) -> ResponseReturnValue:
    """Post what was packed; with `all=1` everything. With nothing packed it asks first, and where paper is known to be
    old, unless `despite_paper=1` says that somebody has looked.

    `posted_letters`, `posted_parcels` and `posted_cost` are what the counter said.
    """
    form = ClosingForm()
    if (counted := form.read()) is None:
        return dispatch_page(lifecycle.get_dispatch(dispatch_id), form), 422
    try:
        closed = transact(
            paper_check.close,
            dispatch_id,
            at=now(),
            by=actor(),
            everything=request.form.get("all") == "1",
            counted=counted,
            despite_paper=request.form.get("despite_paper") == "1",
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
        return dispatch_page(lifecycle.get_dispatch(dispatch_id), form, asks_to_close_all=True), 422
    except OutdatedPaper as refusal:
        return dispatch_page(lifecycle.get_dispatch(dispatch_id), form, outdated=refusal.numbers), 422
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id), 303)


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
