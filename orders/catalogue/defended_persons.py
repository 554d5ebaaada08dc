"""The persons for whom an edition's letters are written: added, described, ordered, taken away; their portraits."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select

from orders.catalogue import edition_lookup, uploaded_media, uploads
from orders.catalogue.edition_input import LONGEST_TITLE, ContentFault, ImpossibleContent, link_faults, text_faults
from orders.catalogue.models import DefendedPerson, Edition
from orders.database import db
from orders.errors import NotFound
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor

LONGEST = {"countries": 60, "sentences": 240, "alt_texts": 160}
PORTRAIT_SIDE = 320  # pixels: shown at 128 points at most


class UnknownPerson(NotFound):
    """No edition defends a person with this number, or none any more."""


@dataclass(frozen=True, slots=True)
class PersonContent:
    """Everything of a person but the portrait and the place in the row. Mappings are by language."""

    name: str
    countries: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    alt_texts: Mapping[str, str] = field(default_factory=dict)
    credit: str = ""

    def as_values(self) -> dict[str, Any]:
        """As `edit_conflicts.mark` takes it."""
        return asdict(self)


TEXTS = ("countries", "sentences", "links", "alt_texts")


def content_of(person: DefendedPerson) -> PersonContent:
    return PersonContent(**{each.name: getattr(person, each.name) for each in fields(PersonContent)})


def person_faults(content: PersonContent) -> tuple[ContentFault, ...]:
    """Everything that is wrong. A text is named with its language: `sentences-fr`."""
    return tuple(_faults(content))


def get_person(person_id: int) -> DefendedPerson:
    person = db.session.get(DefendedPerson, person_id)
    if person is None:
        raise UnknownPerson(person_id)
    return person


def edition_of(person: DefendedPerson) -> Edition:
    return db.session.get_one(Edition, person.edition_id)


def add(year: int, content: PersonContent, *, at: datetime, by: Actor) -> DefendedPerson:
    """A new person, the last of the edition's row."""
    edition = edition_lookup.lock_edition(year)
    _refuse_faults(content)
    person = DefendedPerson(position=len(edition.persons) + 1, **asdict(content))
    edition.persons.append(person)
    _number(edition)
    journal.record("added", _thing(person), at=at, by=by, after={"edition": year})
    return person


def change(person_id: int, content: PersonContent, *, at: datetime, by: Actor, shown: str = "") -> DefendedPerson:
    """Write all that is said of a person anew. `shown` is the `edit_conflicts.mark` of what the form showed."""
    person, _edition = _locked(person_id)
    before, after = content_of(person).as_values(), content.as_values()
    if before == after:
        return person
    refuse_if_changed(_thing(person), shown, before)
    _refuse_faults(content)
    for name, value in after.items():
        setattr(person, name, value)
    _record_change(person, [name for name in after if after[name] != before[name]], at=at, by=by)
    return person


def move_up(person_id: int, *, at: datetime, by: Actor) -> DefendedPerson:
    """Change places with the person before; the first one stays."""
    person, edition = _locked(person_id)
    place = edition.persons.index(person)
    if place > 0:
        before = edition.persons[place - 1]
        person.position, before.position = place, place + 1
        _record_change(person, ["position"], at=at, by=by)
    return person


def remove(person_id: int, *, at: datetime, by: Actor) -> None:
    """Take a person off the pages, with the portrait."""
    person, edition = _locked(person_id)
    thing, portrait = _thing(person), person.portrait_digest
    edition.persons.remove(person)
    _number(edition)
    uploads.drop_unused(portrait)
    journal.record("deleted", thing, at=at, by=by)


def prepare_portrait(content: bytes) -> bytes:
    """A square portrait, or refuse with `UnusableFile`. Slow: done before any lock is held."""
    return uploaded_media.redraw(content, square=PORTRAIT_SIDE)


def show_portrait(person_id: int, prepared: bytes | None, *, at: datetime, by: Actor) -> DefendedPerson:
    """Show this portrait, made by `prepare_portrait`, or none. The one before goes, if nothing else shows it."""
    person, _edition = _locked(person_id)
    before = person.portrait_digest
    person.portrait_digest = uploads.keep(prepared, uploads.PICTURE, at=at) if prepared else None
    if person.portrait_digest != before:
        db.session.flush()
        uploads.drop_unused(before)
        _record_change(person, ["portrait_digest"], at=at, by=by)
    return person


def _locked(person_id: int) -> tuple[DefendedPerson, Edition]:
    """The person and the edition, read afresh behind the edition's lock, its row numbered from 1."""
    edition = edition_lookup.lock_edition(edition_of(get_person(person_id)).year)
    of_edition = select(DefendedPerson).where(DefendedPerson.edition_id == edition.id)
    db.session.scalars(of_edition.execution_options(populate_existing=True)).all()
    db.session.refresh(edition, ["persons"])
    _number(edition)
    found = next((each for each in edition.persons if each.id == person_id), None)
    if found is None:
        raise UnknownPerson(person_id)
    return found, edition


def _number(edition: Edition) -> None:
    for place, each in enumerate(edition.persons, 1):
        each.position = place
    db.session.flush()


def _thing(person: DefendedPerson) -> str:
    return f"defended person {person.id}"


def _record_change(person: DefendedPerson, names: list[str], *, at: datetime, by: Actor) -> None:
    """The journal is never erased: it notes what changed of a person, not what it was."""
    db.session.flush()
    journal.record("changed", _thing(person), at=at, by=by, after={"fields": names})


def _refuse_faults(content: PersonContent) -> None:
    if faults := person_faults(content):
        raise ImpossibleContent(*faults)


def _faults(content: PersonContent) -> Iterator[ContentFault]:
    yield from text_faults("name", content.name, LONGEST_TITLE, needed=True)
    yield from text_faults("credit", content.credit, LONGEST_TITLE)
    for name, longest in LONGEST.items():
        for language, text in getattr(content, name).items():
            yield from text_faults(f"{name}-{language}", text, longest)
    for language, link in content.links.items():
        yield from link_faults(f"links-{language}", link)
