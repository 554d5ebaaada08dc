"""The mails of one order, sent again on request; and the link of the order's page."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.mail import mail_search
from orders.mail.models import OutgoingMail, UnknownMail
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference
from orders.office.ordering.blueprint import pages
from orders.office.recorded_reading import note_look
from orders.ordering import repository
from orders.ordering.followup import mail_resend
from orders.ordering.lifecycle import order_links
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.get("/<reference>/mail/<int:mail_id>")
@needs(StaffRole.OFFICE)
def mail(reference: str, mail_id: int) -> str:
    """One mail as its reader got it."""
    note_look(f"mail {_find(reference, mail_id)[1].id}")
    order, found = _find(reference, mail_id)
    return render_template("office/ordering/mail.html", order=order, mail=found)


@pages.post("/<reference>/mail/<int:mail_id>/again")
@needs(StaffRole.OFFICE)
def mail_again(reference: str, mail_id: int) -> ResponseReturnValue:
    order, found = _find(reference, mail_id)
    try:
        transact(mail_resend.send_again, found.id, at=now(), by=actor())
        flash(gettext("Le courriel part dans un instant."), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=order.reference) + "#mails", 303)


@pages.post("/<reference>/new-link")
@needs(StaffRole.OFFICE)
def new_link(reference: str) -> ResponseReturnValue:
    """Revoke the link of the order's page; the orderer gets a new one."""
    found = read_typed_reference(reference)
    order = transact(order_links.renew_link, found, at=now(), by=actor())
    if order.email:
        flash(gettext("L’ancien lien n’ouvre plus rien. Le nouveau part par courriel."), "done")
    else:
        flash(gettext("L’ancien lien n’ouvre plus rien. Le nouveau est sur le prochain bordereau."), "done")
    return redirect(url_for(".order", reference=found), 303)


def _find(reference: str, mail_id: int) -> tuple[Order, OutgoingMail]:
    order, found = repository.get_order(read_typed_reference(reference)), mail_search.get_mail(mail_id)
    if found.order_id != order.id:
        raise UnknownMail(mail_id)
    return order, found
