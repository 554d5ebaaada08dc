"""The forms of Flask-Security, which count wrong attempts (`staff.lockout`)."""

from typing import Any

import flask_security
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, StringField

from orders.clock import now
from orders.database import transact
from orders.signin import known_browsers
from orders.staff import accounts, lockout


def is_let_in(email: str, member: Any, is_right: bool, *, what: str = lockout.PASSWORD) -> bool:
    """Whether what was typed is right and may be used now; if not, it is counted. `member`: whose address it is."""
    at = now()
    is_known = member is not None and known_browsers.is_known(member.id)
    if is_right and (is_known or not lockout.is_closed(email, what=what, at=at)):
        return True
    transact(lockout.note_failure, email, member, what=what, at=at)
    return False


def closed() -> str:
    return gettext("Trop d’essais : attendez un quart d’heure, puis recommencez.")


class LoginForm(flask_security.LoginForm):
    def validate(self, **kwargs: Any) -> bool:
        is_right = super().validate(**kwargs)
        if not self.password.data or self.ifield is None:
            return False  # nothing was tried
        if is_let_in(self.email.data, self.user or accounts.find_member(self.email.data), is_right):
            return True
        self.email.errors = [*self.email.errors, closed()]
        return False


class VerifyForm(flask_security.VerifyForm):
    """The password once more, by who is signed in. Counted apart, so that no stranger closes it."""

    def validate(self, **kwargs: Any) -> bool:
        is_right = super().validate(**kwargs)
        if is_let_in(self.user.email, self.user, is_right, what=lockout.AGAIN):
            return True
        self.password.errors = self.password.errors or [closed()]
        return False


class SetupForm(flask_security.TwoFactorSetupForm):
    """Buttons instead of a list of methods, of which there is one."""

    setup = StringField()


class RescueForm(flask_security.TwoFactorRescueForm):
    """Flask-Security offers more here than our page, which shows a link to the recovery codes."""

    help_setup = RadioField(choices=[])


class PasskeyForm(flask_security.WebAuthnRegisterForm):
    """A name. Every passkey is a second step, so that there is no other use to choose."""

    usage = StringField()


class CodeForm(flask_security.TwoFactorVerifyCodeForm):
    """The code of a telephone. Wrong ones are counted: six digits are soon guessed."""

    def validate(self, **kwargs: Any) -> bool:
        self.code.data = (self.code.data or "").replace(" ", "").replace("\u00a0", "")
        return _is_second_step_let_in(self, super().validate(**kwargs))


class RecoveryForm(flask_security.MfRecoveryForm):
    """A recovery code, typed as one likes."""

    def validate(self, **kwargs: Any) -> bool:
        letters = "".join(letter for letter in (self.code.data or "").lower() if letter.isalnum())
        self.code.data = "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
        return _is_second_step_let_in(self, super().validate(**kwargs))


def _is_second_step_let_in(form: Any, is_right: bool) -> bool:
    if not form.code.data:
        return False  # nothing was tried
    if is_let_in(form.user.email, form.user, is_right, what=lockout.CODE):
        return True
    form.code.errors = form.code.errors or [closed()]
    return False


class ForgotPasswordForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("Adresse e-mail"))
