"""An e-mail address as mail servers read it; no server is asked whether it exists."""

from email_validator import EmailNotValidError, validate_email

from orders.addresses import LONGEST, LONGEST_LOCAL_PART, Missing, TooLong
from orders.ordering.request.validation_errors import MalformedEmail


def read_email(typed: str) -> tuple[str, Missing | TooLong | MalformedEmail | None]:
    """Return the address, normalised, or what was typed and what is wrong with it."""
    if not typed:
        return typed, Missing("email")
    if too_long := _excess(typed):
        return typed, too_long
    try:
        return validate_email(typed, check_deliverability=False, allow_smtputf8=False).normalized, None
    except EmailNotValidError:
        return typed, MalformedEmail()


def _excess(typed: str) -> TooLong | None:
    """The larger of the two: that of the whole address, and that of what stands before its `@`."""
    local, _, _ = typed.rpartition("@")
    limits = ((len(typed), LONGEST["email"]), (len(local), LONGEST_LOCAL_PART))
    by, longest = max((length - longest, longest) for length, longest in limits)
    return TooLong("email", longest, by) if by > 0 else None
