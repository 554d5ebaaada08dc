"""The moment at which a form was loaded, signed and carried by the form: robots fill it in faster than people can.

Needs no session, so a form that was loaded yesterday still works.
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
    """How many whole seconds the sender of a form with this stamp still has to wait."""
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
