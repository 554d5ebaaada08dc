"""The page for who forgot the password: it asks for an address, and says the same whoever asks."""

from flask import render_template
from flask.typing import ResponseReturnValue

from orders.clock import now
from orders.database import transact
from orders.signin.forms import ForgotPasswordForm
from orders.staff import password_links
from orders.staff.models import UnusableEmail
from orders.wording import sentence
from orders.wording.translation.languages import current_language

LONGEST = 254


def forgot_password() -> ResponseReturnValue:
    form = ForgotPasswordForm()
    email = (form.email.data or "").strip()
    if not form.is_submitted():
        return render_template("signin/forgot.html", form=form)
    if "@" not in email or len(email) > LONGEST:
        form.email.errors = [sentence(UnusableEmail(email, ""))]
        return render_template("signin/forgot.html", form=form), 422
    transact(password_links.request, email, language=current_language(), at=now())
    return render_template("signin/mail_sent.html", email=email)
