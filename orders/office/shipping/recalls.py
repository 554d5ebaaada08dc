"""Undoing parcels that were noted as posted by mistake."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.shipping.blueprint import pages
from orders.office.url_converters import row_number
from orders.shipping import returns
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.post("/<int:dispatch_id>/recall")
@needs(StaffRole.OFFICE)
def recall(dispatch_id: int) -> ResponseReturnValue:
    """Posted by mistake: parcels by their `sequence` (repeated), or with `all=1` every one. They are ready again."""
    sequences = [row_number(typed) for typed in request.form.getlist("sequence")]
    everything = request.form.get("all") == "1"
    try:
        recalled = transact(returns.recall, dispatch_id, None if everything else sequences, at=now(), by=actor())
        flash(
            ngettext(
                "%(num)s pli n’est pas parti : sa commande est de nouveau prête. Un e-mail le dit, si elle en a un.",
                "%(num)s plis ne sont pas partis : leurs commandes sont de nouveau prêtes. "
                "Un e-mail le dit à celles qui en ont un.",
                recalled,
            ),
            "done",
        )
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id), 303)
