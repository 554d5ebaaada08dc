"""The form that asks for one's links."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField

from orders.ordering.request.order_request import Reading
from orders.wording import sentence


class FindForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("Votre adresse e-mail"))

    def read(self) -> str | None:
        """The address, or `None` with what is wrong beside the field."""
        if not self.validate():
            self.csrf_token.errors = ()
            self.form_errors.append(gettext("Cette page était ouverte depuis trop longtemps. Renvoyez-la."))
        reading = Reading({"email": self.email.data or ""})
        email = reading.email()
        self.email.errors = [sentence(problem) for problem in reading.problems]
        return None if self.errors else email
