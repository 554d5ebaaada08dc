"""What the office's small forms share: numbers, references and keys as people type them."""

import re
from collections.abc import Mapping

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField

from orders.errors import DomainError, OutOfRange
from orders.idempotency import LONGEST_KEY, SubmittedOtherwise, new_key
from orders.ordering.refusals import UnknownOrder
from orders.references import MistypedReference, read_reference
from orders.staff.edit_conflicts import ChangedMeanwhile
from orders.wording import sentence


class KeyedForm(FlaskForm):  # type: ignore[misc]
    """A form that is dealt with once, however often it is sent.

    Sent with something else in it, it says so and offers to be dealt with once more, under `again_key`.
    """

    submission = HiddenField(default=new_key)
    again = HiddenField()
    again_key = ""

    def key(self) -> str | None:
        """The key that came with the form, or the one of the button that sends it once more."""
        self.submission.data = (self.again.data or self.submission.data or "")[:LONGEST_KEY]
        return self.submission.data or None

    def offer_again(self, refusal: DomainError) -> None:
        """Offer to send the form once more, if that it was sent is why it was refused."""
        if isinstance(refusal, SubmittedOtherwise):
            self.again_key = new_key()


class SharedForm(FlaskForm):  # type: ignore[misc]
    """A form that two people may have open at once: it carries the mark of what it showed (`staff.edit_conflicts`)."""

    shown = HiddenField()

    def fill_in(self, values: Mapping[str, str], shown: str) -> None:
        """Show what is kept now."""
        for name, value in values.items():
            self[name].data = value
        self.shown.data = shown

    def say_changed(self, refusal: ChangedMeanwhile, values: Mapping[str, str], shown: str) -> None:
        """Keep what was typed, say beside it what is kept now; sent again, the form means it."""
        self.form_errors.append(sentence(refusal))
        self.shown.data = shown
        for name, value in values.items():
            if (self[name].data or "").strip() != value:
                self[name].errors = [gettext("Enregistré entre-temps : « %(value)s ».", value=value or "–")]


LAST_PAGE = 999_999  # of any list


def page_number(arguments: Mapping[str, str]) -> int:
    """The page asked for, from 1; anything else is the first."""
    value = arguments.get("page", "")
    return max(1, int(value)) if re.fullmatch(r"[0-9]{1,6}", value) else 1


def whole_number(typed: str) -> int | None:
    """A whole number as people type it (spaces between thousands, a sign), or `None`."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", typed).replace("\u2212", "-")
    return int(plain) if re.fullmatch(r"[+-]?[0-9]{1,15}", plain) else None


def number_in_range(typed: str, least: int, most: int) -> int | None:
    """A number from a form's hidden or optional field; `None` where it is empty. Refuses with `OutOfRange`."""
    if not typed.strip():
        return None
    value = whole_number(typed)
    if value is None or not least <= value <= most:
        raise OutOfRange(typed, least, most)
    return value


def read_typed_reference(typed: str) -> str:
    """A reference from an address. One that cannot exist is treated as an unknown order."""
    try:
        return read_reference(typed)
    except MistypedReference:
        raise UnknownOrder(typed) from None
