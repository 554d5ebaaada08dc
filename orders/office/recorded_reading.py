"""What the journal notes of pages that only read: files of persons, prints, and tables that are taken away."""

from typing import Any

from orders.clock import now
from orders.database import transact
from orders.office.access import actor
from orders.staff import journal
from orders.staff.journal_terms import Action


def note_look(thing: str) -> None:
    """Note that the signed-in member reads the file of a person, before it is shown. Asked again soon, once."""
    at, by = now(), actor()
    if not journal.has_looked(thing, at=at, by=by):
        transact(journal.record_look, thing, at=at, by=by)


def note_file(action: Action, thing: str, name: str, **more: Any) -> None:
    """Note that a file is handed out, before it is; its name says what it is and of which day."""
    transact(journal.record, action, thing, at=now(), by=actor(), after={"file": name, **more})
