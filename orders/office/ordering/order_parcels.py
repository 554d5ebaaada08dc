"""The parcels of one order at the office: out of the open dispatch, and their tracking numbers."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference
from orders.office.ordering.blueprint import pages
from orders.ordering import repository
from orders.shipping import scanning
from orders.shipping.carrier import tracking
from orders.shipping.dispatches import removal
from orders.shipping.models import Parcel, UnknownDispatch
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.post("/<reference>/take-out")
@needs(StaffRole.OFFICE)
def take_out(reference: str) -> ResponseReturnValue:
    """Out of its open dispatch; the answer says which numbers to throw away."""
    found = read_typed_reference(reference)
    try:
        numbers = transact(removal.take_out, found, at=now(), by=actor())
        flash(
            ngettext(
                "Elle est sortie de l’envoi, et de nouveau prête : ses exemplaires lui restent réservés. "
                "Jetez l’étiquette et le bordereau du pli %(numbers)s ; les autres gardent leur numéro.",
                "Elle est sortie de l’envoi, et de nouveau prête : ses exemplaires lui restent réservés. "
                "Jetez les étiquettes et les bordereaux des plis %(numbers)s ; les autres gardent leur numéro.",
                len(numbers),
                numbers=", ".join(map(str, numbers)),
            ),
            "done",
        )
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=found), 303)


@pages.post("/<reference>/parcels/<int:parcel_id>/tracking")
@needs(StaffRole.OFFICE)
def note_tracking(reference: str, parcel_id: int) -> ResponseReturnValue:
    """The tracking `number` of a parcel, as it stands on the receipt; an empty one removes it."""
    parcel = _find(reference, parcel_id)
    typed = request.form.get("number", "")
    try:
        transact(tracking.note_typed, parcel.dispatch_id, parcel.sequence, typed, at=now(), by=actor())
        flash(gettext("Le numéro de suivi est noté.") if typed.strip() else gettext("Le numéro est enlevé."), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=read_typed_reference(reference), _anchor="parcels"), 303)


def _find(reference: str, parcel_id: int) -> Parcel:
    order = repository.get_order(read_typed_reference(reference))
    found = next((each for each in scanning.parcels_of(order) if each.id == parcel_id), None)
    if found is None:
        raise UnknownDispatch(parcel_id)
    return found
