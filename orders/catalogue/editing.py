"""Making, changing and archiving editions and publications. A code or a year is never used twice."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from orders.catalogue import edition_lookup
from orders.catalogue.audience_lookup import first_allowances
from orders.catalogue.edition_input import (
    CODE,
    FIRST_YEAR,
    LAST_YEAR,
    ContentFault,
    ContentProblem,
    EditionContent,
    ImpossibleContent,
    PublicationContent,
    content_of_edition,
    content_of_publication,
    edition_faults,
    publication_faults,
)
from orders.catalogue.models import ChoiceCount, Edition, EditionLink, Publication
from orders.clock import local_day
from orders.database import db
from orders.errors import Refused
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor


class StillInUse(Refused):
    """Publications, orders, movements or something else refer to it: it can be archived, not deleted."""

    def __init__(self, thing: str) -> None:
        super().__init__(thing)
        self.thing = thing


class LastDayOver(Refused):
    """The edition cannot be opened: its last day is over, or it is archived and must be brought back first."""


def add_edition(year: int, content: EditionContent, *, at: datetime, by: Actor) -> Edition:
    """A new edition without publications, or refuse with everything that is wrong."""
    faults = edition_faults(content)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        faults += (ContentFault("year", ContentProblem.RANGE, FIRST_YEAR, LAST_YEAR),)
    elif db.session.scalar(select(Edition.id).where(Edition.year == year)):
        faults += (ContentFault("year", ContentProblem.TAKEN),)
    if faults:
        raise ImpossibleContent(*faults)
    edition = Edition(year=year)
    _write(edition, content)
    _add(edition, "year")
    journal.record("added", f"edition {year}", at=at, by=by, after=content.as_values())
    return edition


def change_edition(year: int, content: EditionContent, *, at: datetime, by: Actor, shown: str = "") -> Edition:
    """Write the edition anew. `ordering.season.closing` asks what becomes of its orders where this closes it.

    `shown` is the `edit_conflicts.mark` of the values of the content that the form showed.
    """
    edition = edition_lookup.lock_edition(year)
    before, after = content_of_edition(edition).as_values(), content.as_values()
    if before == after:
        return edition
    refuse_if_changed(f"edition {year}", shown, before)
    if faults := edition_faults(content):
        raise ImpossibleContent(*faults)
    edition.links = []
    db.session.flush()  # the old rows are gone before new ones take their positions
    _write(edition, content)
    db.session.flush()
    _record_change(f"edition {year}", before, after, at=at, by=by)
    return edition


def open_edition(year: int, *, until: date | None, at: datetime, by: Actor) -> Edition:
    """Take orders from this moment until the planned day or `until`. Refuses with `LastDayOver`."""
    edition, today = edition_lookup.lock_edition(year), local_day(at)
    content = content_of_edition(edition)
    opened = replace(content, opens_on=min(content.opens_on, today), closes_on=until or content.closes_on)
    if edition.archived_at is not None or opened.closes_on < today:
        raise LastDayOver(year)
    return change_edition(year, opened, at=at, by=by)


def archive_edition(year: int, *, at: datetime, by: Actor) -> Edition:
    """Take an edition off the public pages for good; it stays to be read here."""
    edition = edition_lookup.lock_edition(year)
    if edition.archived_at is None:
        edition.archived_at = at
        journal.record("archived", f"edition {year}", at=at, by=by)
    return edition


def bring_back_edition(year: int, *, at: datetime, by: Actor) -> Edition:
    edition = edition_lookup.lock_edition(year)
    if edition.archived_at is not None:
        edition.archived_at = None
        journal.record("brought back", f"edition {year}", at=at, by=by)
    return edition


def delete_edition(year: int, *, at: datetime, by: Actor) -> None:
    """Delete an edition that has no publications and no orders."""
    edition = edition_lookup.lock_edition(year)
    _delete(edition, f"edition {year}", at=at, by=by)


def add_publication(year: int, code: str, content: PublicationContent, *, at: datetime, by: Actor) -> Publication:
    """A new publication with the starter allowances. `stock.publication_accounts` gives it its accounts."""
    edition = edition_lookup.lock_edition(year)
    if faults := (*code_faults(code), *publication_faults(content)):
        raise ImpossibleContent(*faults)
    publication = Publication(edition_id=edition.id, code=code, allowances=first_allowances())
    _write(publication, content)
    _add(publication, "code")
    db.session.expire(edition, ["publications"])
    journal.record("added", f"publication {code}", at=at, by=by, after=content.as_values())
    return publication


def code_faults(code: str) -> tuple[ContentFault, ...]:
    """What is wrong with the code of a new publication."""
    if not CODE.fullmatch(code):
        return (ContentFault("code", ContentProblem.MALFORMED_CODE),)
    if db.session.scalar(select(Publication.id).where(Publication.code == code)):
        return (ContentFault("code", ContentProblem.TAKEN),)
    return ()


def change_publication(
    code: str, content: PublicationContent, *, at: datetime, by: Actor, shown: str = ""
) -> Publication:
    """Write the publication anew. Parcels keep the weights with which they were made."""
    publication = lock_publication(code)
    before, after = content_of_publication(publication).as_values(), content.as_values()
    if before == after:
        return publication
    refuse_if_changed(f"publication {code}", shown, before)
    if faults := publication_faults(content):
        raise ImpossibleContent(*faults)
    _write(publication, content)
    db.session.flush()
    _record_change(f"publication {code}", before, after, at=at, by=by)
    return publication


def archive_publication(code: str, *, at: datetime, by: Actor) -> Publication:
    """End ordering of a publication. Open orders are still served, and everything can still be read."""
    publication = lock_publication(code)
    if publication.archived_at is None:
        publication.archived_at = at
        journal.record("archived", f"publication {code}", at=at, by=by)
    return publication


def bring_back_publication(code: str, *, at: datetime, by: Actor) -> Publication:
    publication = lock_publication(code)
    if publication.archived_at is not None:
        publication.archived_at = None
        journal.record("brought back", f"publication {code}", at=at, by=by)
    return publication


def delete_publication(publication: Publication, *, at: datetime, by: Actor) -> None:
    """Delete a publication with its allowances and choices. Expects `stock.publication_accounts` to have closed its
    accounts.
    """
    db.session.execute(delete(ChoiceCount).where(ChoiceCount.publication_id == publication.id))
    _delete(publication, f"publication {publication.code}", at=at, by=by)


def lock_publication(code: str) -> Publication:
    """The publication, read afresh behind the lock of its edition."""
    edition = edition_lookup.lock_edition(edition_lookup.get_publication(code).edition.year)
    found = next((each for each in edition.publications if each.code == code), None)
    return found or edition_lookup.get_publication(code)


def _write(row: Edition | Publication, content: EditionContent | PublicationContent) -> None:
    for name in content.__slots__:
        value = getattr(content, name)
        if name == "links":
            value = [EditionLink(position=n, **asdict(each)) for n, each in enumerate(value, 1)]
        elif isinstance(value, Mapping):
            value = {language: text for language, text in value.items() if text}
        setattr(row, name, value)


def _add(row: Edition | Publication, field: str) -> None:
    """Keep a new row; somebody may have taken its year or code a moment ago."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        raise ImpossibleContent(ContentFault(field, ContentProblem.TAKEN)) from None


def _delete(row: Edition | Publication, thing: str, *, at: datetime, by: Actor) -> None:
    try:
        with db.session.begin_nested():
            db.session.delete(row)
            db.session.flush()
    except IntegrityError:
        raise StillInUse(thing) from None
    journal.record("deleted", thing, at=at, by=by)


def _record_change(thing: str, before: Mapping[str, Any], after: Mapping[str, Any], *, at: datetime, by: Actor) -> None:
    changed = [name for name in after if before[name] != after[name]]
    journal.record(
        "changed",
        thing,
        at=at,
        by=by,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
