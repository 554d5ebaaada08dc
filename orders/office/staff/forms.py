"""The form for opening an account and for changing its role and its last day."""

from datetime import MAXYEAR, date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, StringField

from orders.days import read_day
from orders.staff.models import StaffMember, StaffRole
from orders.wording.enum_labels import choices_of


class TermsForm(FlaskForm):  # type: ignore[misc]
    """What an account may do, and until when."""

    role = RadioField(_l("Rôle"), choices=choices_of(StaffRole), validate_choice=False)
    until = StringField(_l("Dernier jour"))

    def show(self, member: StaffMember) -> None:
        """Fill in what an account has now."""
        self.role.data = member.role.value
        self.until.data = member.last_day.isoformat() if member.last_day and member.is_active else ""

    def read(self) -> tuple[StaffRole, date | None] | None:
        """The role and the last day (`None`: as the role has it), or `None` with the error beside its field."""
        self.validate()
        role = next((each for each in StaffRole if each.value == self.role.data), None)
        if role is None:
            self.role.errors = [gettext("Choisissez un rôle.")]
        typed = (self.until.data or "").strip()
        until = read_day(typed, last_year=MAXYEAR)
        if typed and until is None:
            self.until.errors = [gettext("Écrivez un jour comme 21/11/2026, ou laissez vide.")]
        return None if self.errors or role is None else (role, until)


class AddForm(TermsForm):
    email = EmailField(_l("Adresse e-mail"))
