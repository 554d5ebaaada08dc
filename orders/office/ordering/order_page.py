"""One order, as the office sees it: its page, its paper, handed over or cancelled."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import local_day, now
from orders.database import transact
from orders.directory import lookup
from orders.errors import Refused
from orders.idempotency import LONGEST_KEY, new_key
from orders.mail import mail_search
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference
from orders.office.ordering import approval
from orders.office.ordering.blueprint import pages
from orders.office.pdf_response import pdf_answer
from orders.office.recorded_reading import note_look
from orders.ordering import repository
from orders.ordering.followup import handed_over, notes
from orders.ordering.lifecycle import cancellation, fulfilment
from orders.ordering.lookup.tracked_orders import TRACK
from orders.ordering.models import Order
from orders.ordering.request.order_form_values import OFFICE_FIELDS, version
from orders.ordering.review.institutions import candidates
from orders.references import show_reference
from orders.reports import order_history
from orders.shipping import scanning
from orders.shipping.dispatches.lifecycle import get_dispatch
from orders.shipping.printing import dispatch_pdfs, order_pdfs, print_log, print_requests, sheet_positions
from orders.shipping.printing.print_requests import PrintRequest
from orders.shipping.return_models import POSTAL_REASONS
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.get("/<reference>")
@needs(StaffRole.OFFICE)
def order(reference: str) -> ResponseReturnValue:
    """One order. A reference typed with a hyphen, a space or in small letters leads to its own address."""
    found = read_typed_reference(reference)
    if found != reference:
        return redirect(url_for(".order", reference=found))
    note_look(f"order {repository.get_order(found).reference}")
    shown = repository.get_order(found)
    return render_template(
        "office/ordering/order.html",
        order=shown,
        printed={paper.value: times for paper, times in print_log.times_printed(shown).items()},
        mails=mail_search.mails_of(shown.id),
        history=order_history.history(shown),
        reasons=POSTAL_REASONS,
        place=lookup.find(shown.institution),
        candidates=candidates(shown.address) if shown.institution_unsure else [],
        parcels=scanning.parcels_of(shown),
        track=TRACK,
        next_label=sheet_positions.propose(),
        notes=notes.notes_of(shown),
        submission=new_key(),
        version=version(shown, OFFICE_FIELDS),
        **approval.decision(shown),
    )


@pages.get("/<reference>/label.pdf")
@needs(StaffRole.OFFICE)
def label(reference: str) -> ResponseReturnValue:
    """One label: `sheet`, and `start` (a position on it)."""
    found = repository.get_order(read_typed_reference(reference))
    wanted = print_requests.read_print_request(request.args)
    return _paper("etiquette", found, partial(order_pdfs.print_order_label, found, wanted))


@pages.get("/<reference>/slip.pdf")
@needs(StaffRole.OFFICE)
def slip(reference: str) -> ResponseReturnValue:
    """One slip, with what is reserved for the order now; in an open dispatch one for each of its parcels."""
    found = repository.get_order(read_typed_reference(reference))
    if found.dispatch_id is None:
        return _paper("bordereau", found, partial(order_pdfs.print_order_slip, found, today=local_day(now())))
    runs = {each.sequence: 1 for each in scanning.parcels_of(found) if each.dispatch_id == found.dispatch_id}
    wanted = PrintRequest(runs=runs)
    return _paper("bordereau", found, partial(dispatch_pdfs.print_slips, get_dispatch(found.dispatch_id), wanted))


@pages.post("/<reference>/label")
@needs(StaffRole.OFFICE)
def take_label(reference: str) -> ResponseReturnValue:
    """The next label of the sheet that was begun; the memory of sheets goes on behind it."""
    found = repository.get_order(read_typed_reference(reference))
    taken = transact(sheet_positions.take_label, found, at=now(), by=actor())
    arguments: dict[str, Any] = {"sheet": taken.sheet.name, "start": taken.start}
    if taken.printer is not None:
        arguments["profile"] = taken.printer.name
    return redirect(url_for(".label", reference=found.reference, **arguments), 303)


def _paper(name: str, found: Order, print_it: Callable[..., None]) -> ResponseReturnValue:
    return pdf_answer(f"{name}-{found.shown_reference}", print_it, about=f"order {found.reference}")


@pages.post("/<reference>/hand-over")
@needs(StaffRole.OFFICE)
def hand_over(reference: str) -> ResponseReturnValue:
    """Somebody fetched what lies ready of a pickup order. Leads back to where it was ticked off."""
    found, at = read_typed_reference(reference), now()
    done: dict[str, Any] = {}
    try:
        transact(fulfilment.hand_over, found, at=at, by=actor())
        done = {"handed": found, "mark": at.isoformat()}
        flash(gettext("La commande %(reference)s est remise.", reference=show_reference(found)), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    if request.form.get("from") == "pickups":
        return redirect(url_for(".pickups", **done), 303)
    return redirect(url_for(".order", reference=found), 303)


@pages.post("/<reference>/undo-hand-over")
@needs(StaffRole.OFFICE)
def undo_hand_over(reference: str) -> ResponseReturnValue:
    """Take back at once that an order was handed over, unless it has changed since: its `mark` says so."""
    found = read_typed_reference(reference)
    try:
        transact(handed_over.undo, found, mark=request.form.get("mark", ""), at=now(), by=actor())
        flash(gettext("La commande %(reference)s est de nouveau à remettre.", reference=show_reference(found)), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".pickups"), 303)


@pages.post("/<reference>/cancel")
@needs(StaffRole.OFFICE)
def cancel(reference: str) -> ResponseReturnValue:
    """End an order that has not gone; what it held goes to the queue."""
    found = read_typed_reference(reference)
    try:
        transact(cancellation.cancel, found, at=now(), by=actor())
        flash(gettext("La commande %(reference)s est annulée.", reference=show_reference(found)), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=found), 303)


@pages.post("/<reference>/notes")
@needs(StaffRole.OFFICE)
def write_note(reference: str) -> ResponseReturnValue:
    """Leave a note (`text`) for colleagues."""
    found, key = read_typed_reference(reference), request.form.get("submission", "")[:LONGEST_KEY] or None
    try:
        transact(notes.write, found, request.form.get("text", ""), at=now(), by=actor(), submission=key)
        flash(gettext("La note est gardée."), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=found, _anchor="notes"), 303)


@pages.post("/<reference>/notes/<int:note_id>/remove")
@needs(StaffRole.OFFICE)
def remove_note(reference: str, note_id: int) -> ResponseReturnValue:
    """Take a note away."""
    found = read_typed_reference(reference)
    try:
        transact(notes.remove, found, note_id, at=now(), by=actor())
        flash(gettext("La note est enlevée."), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=found, _anchor="notes"), 303)
