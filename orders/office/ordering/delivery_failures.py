"""Orders that were sent and did not arrive, or came back."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference
from orders.office.ordering.blueprint import pages
from orders.ordering.followup import returned_orders
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.post("/<reference>/send-again")
@needs(StaffRole.OFFICE)
def send_again(reference: str) -> ResponseReturnValue:
    """Book what was sent as lost, and serve the order anew."""
    said = gettext("Ce qui a été envoyé est noté comme perdu. La commande est servie à nouveau, à son rang.")
    return _do(reference, returned_orders.send_again, said)


@pages.post("/<reference>/close-report")
@needs(StaffRole.OFFICE)
def close_report(reference: str) -> ResponseReturnValue:
    """What was reported missing has come, or is settled otherwise."""
    return _do(reference, returned_orders.close_report, gettext("C’est réglé : rien n’est renvoyé."))


def _do(reference: str, rule: Callable[..., Order], said: str) -> ResponseReturnValue:
    found = read_typed_reference(reference)
    try:
        transact(rule, found, at=now(), by=actor())
        flash(said, "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=found), 303)
