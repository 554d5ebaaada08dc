"""All mails, by what became of them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.mail import mail_search
from orders.mail.mail_search import MOST_COUNTED, PER_PAGE
from orders.mail.models import MailState
from orders.office.access import actor, needs
from orders.office.forms import LAST_PAGE, page_number
from orders.office.recorded_reading import note_look
from orders.office.url_converters import row_number
from orders.ordering.followup import mail_resend
from orders.staff.models import StaffRole
from orders.wording import sentence

pages = Blueprint("mail", __name__, url_prefix="/mail")

STATES = {state.value: state for state in MailState}


@pages.get("/")
@needs(StaffRole.ADMINISTRATOR)
def index() -> str:
    """Mails that could not be sent, where there are some; else those that wait. `?state=waiting|sent|failed`."""
    counts = {name: mail_search.count(state) for name, state in STATES.items()}
    chosen = request.args.get("state", "")
    if chosen not in STATES:
        chosen = "failed" if counts["failed"] else "waiting"
    is_all = counts[chosen] <= MOST_COUNTED
    last = max(1, -(-counts[chosen] // PER_PAGE)) if is_all else None
    page = min(page_number(request.args), last or LAST_PAGE)
    mails = mail_search.find(STATES[chosen], page, row_number(request.args.get("after", "")) or None)
    return render_template(
        "office/mail/index.html",
        states=STATES,
        counts=counts,
        most_counted=MOST_COUNTED,
        chosen=chosen,
        mails=mails,
        page=page,
        last=last,
        after=mails[-1].id if len(mails) == PER_PAGE else None,
    )


@pages.get("/<int:mail_id>")
@needs(StaffRole.ADMINISTRATOR)
def mail(mail_id: int) -> str:
    """One mail as its reader got it."""
    note_look(f"mail {mail_search.get_mail(mail_id).id}")
    return render_template("office/mail/mail.html", mail=mail_search.get_mail(mail_id))


@pages.post("/<int:mail_id>/again")
@needs(StaffRole.ADMINISTRATOR)
def again(mail_id: int) -> ResponseReturnValue:
    """Try once more what was given up, or send once more what was sent."""
    mail_search.get_mail(mail_id)
    try:
        transact(mail_resend.send_again, mail_id, at=now(), by=actor())
        flash(gettext("Le courriel part dans un instant."), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".mail", mail_id=mail_id), 303)
