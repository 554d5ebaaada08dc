"""What a check found: a sentence that says how things are, and what to do where they are not well."""

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from orders.database import db


class State(enum.Enum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` names what was looked at; `advice` is empty where all is well."""

    about: str
    state: State
    said: str
    advice: str = ""


Check = Callable[[], Iterable[Finding]]


def ok(about: str, said: str) -> Finding:
    return Finding(about, State.OK, said)


def warning(about: str, said: str, advice: str) -> Finding:
    return Finding(about, State.WARNING, said, advice)


def wrong(about: str, said: str, advice: str) -> Finding:
    return Finding(about, State.WRONG, said, advice)


def found_by(checks: Iterable[Check]) -> Iterator[Finding]:
    """All findings. A check that the database leaves in the lurch is told as such, and the others go on."""
    for check in checks:
        try:
            yield from check()
        except SQLAlchemyError as error:
            db.session.rollback()
            about = check.__name__.replace("_", " ")
            yield wrong(about, f"could not be looked at: {type(error).__name__}", "mend the database first")
