"""When a form was loaded, signed into the form itself: robots fill it in within the blink of an eye, people do not.

Needs no session, so a form of yesterday is as good as one of a minute ago.
"""

from datetime import datetime

from flask import current_app

from orders.web import signing

PURPOSE = "form-loaded"

A_SECOND = 1_000  # milliseconds


def stamp(at: datetime) -> str:
    """What a form that is loaded at that moment carries."""
    return signing.sign(str(_milliseconds(at)), PURPOSE)


def is_stamp(typed: str) -> bool:
    """Whether we signed this."""
    return _loaded_at(typed) is not None


def is_acceptable(typed: str) -> bool:
    """Whether a form may carry this: a stamp of ours, or anything where no time is asked for."""
    return _least() == 0 or is_stamp(typed)


def seconds_to_wait(typed: str, at: datetime) -> int:
    """For how many whole seconds more the form with this stamp is too young."""
    age = max(0, _milliseconds(at) - (_loaded_at(typed) or 0))
    return max(0, -((age - _least() * A_SECOND) // A_SECOND))


def _least() -> int:
    least: int = current_app.config["FORM_MINIMUM_SECONDS"]
    return least


def _loaded_at(typed: str) -> int | None:
    signed = signing.read(typed, PURPOSE) or ""
    return int(signed) if signed.isdecimal() else None


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * A_SECOND)
