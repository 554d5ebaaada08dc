"""The certificate of a purge, and what is held about a person: as papers to read, and as a file."""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, BinaryIO

from flask_babel import get_locale, gettext, ngettext

from orders.ordering.models import Delivery, OrderStatus, WhenShort
from orders.privacy.documents import print_document
from orders.privacy.inventory import Held, data_of, data_of_member
from orders.privacy.models import Purge
from orders.privacy.persons import Person
from orders.references import show_reference
from orders.staff.models import StaffMember, StaffRole
from orders.wording.association_text import association_name, association_text
from orders.wording.audience_names import audience_name
from orders.wording.enum_labels import word
from orders.wording.formatting import day, moment, number
from orders.wording.personal_data_words import column_word, table_word

ONLY_IN_THE_FILE = {"html", "kind"}
"""Columns that say the same as others, or nothing to a reader."""
CHOICES: Mapping[str, type[Enum]] = {
    "status": OrderStatus,
    "delivery": Delivery,
    "when_short": WhenShort,
    "role": StaffRole,
}
Sections = list[tuple[str, list[tuple[str, str]]]]
"""Headings, each with what stands below it: a label and what it says."""


def print_certificate(purge: Purge, *, out: BinaryIO) -> None:
    """The certificate of a finished purge. It counts, and names nobody."""
    assert purge.finished_at is not None
    orders = [(gettext("Édition %(year)s", year=year), _orders(many)) for year, many in sorted(purge.orders.items())]
    rows = sorted((table_word(name), _rows(count)) for name, count in purge.rows.items())
    print_document(
        gettext("Certificat d’effacement n° %(number)s", number=purge.id),
        [
            str(association_name),
            gettext(
                "Les données personnelles dont la durée de conservation était passée ont été effacées entre le "
                "%(start)s et le %(end)s.",
                start=moment(purge.started_at),
                end=moment(purge.finished_at),
            ),
            ngettext(
                "Durée de conservation : %(num)s mois après le dernier jour de l’édition.",
                "Durée de conservation : %(num)s mois après le dernier jour de l’édition.",
                purge.months,
            ),
        ],
        [(gettext("Commandes rendues anonymes"), orders), (gettext("Lignes effacées, par endroit"), rows)],
        [
            gettext(
                "Restent des nombres par code postal, type de public, publication et semaine, et les mouvements du "
                "stock, dont les sommes n’ont pas changé. Ce certificat ne nomme personne."
            )
        ],
        out=out,
        language=_language(),
    )


def print_person(person: Person, *, at: datetime, out: BinaryIO) -> None:
    """All that is held about a person, to read."""
    held = data_of(person)
    orders = [
        (gettext("Commande %(reference)s", reference=show_reference(row["reference"])), _told("order", row))
        for row in held.pop("order")
    ]
    _print_held([*orders, *_sections(held)], at=at, out=out)


def print_member(member: StaffMember, *, at: datetime, out: BinaryIO) -> None:
    """All that is held about a member of the staff, to read. What they did is counted; the file has each act."""
    held = data_of_member(member)
    acts = gettext("%(number)s, chacun dans le fichier JSON", number=number(len(held.pop("audit_entry", []))))
    done = (table_word("audit_entry"), [(gettext("Actes au journal"), acts)])
    _print_held([*_sections(held), done], at=at, out=out)


def _print_held(sections: Sections, *, at: datetime, out: BinaryIO) -> None:
    print_document(
        gettext("Vos données"),
        [
            gettext(
                "Tout ce que %(association)s garde de vous, le %(day)s.",
                association=str(association_name),
                day=moment(at),
            ),
            gettext(
                "Vos droits : faire corriger, limiter ou effacer ces données. Contact : %(contact)s", contact=_contact()
            ),
        ],
        sections,
        [],
        out=out,
        language=_language(),
    )


def person_json(person: Person, *, at: datetime) -> str:
    """The same for programs (article 20 of the GDPR)."""
    return _json(data_of(person), at)


def member_json(member: StaffMember, *, at: datetime) -> str:
    """All that is held about a member of the staff, for programs."""
    return _json(data_of_member(member), at)


def _json(held: Held, at: datetime) -> str:
    about = {"held_by": str(association_name), "at": at.isoformat(), "contact": _contact()}
    return json.dumps({**about, **held}, ensure_ascii=False, indent=2)


def _sections(held: Held) -> Sections:
    return [
        (f"{table_word(name)} {place}", _told(name, row))
        for name, rows in held.items()
        for place, row in enumerate(rows, 1)
    ]


def _told(table: str, row: dict[str, Any]) -> list[tuple[str, str]]:
    shown = {name: value for name, value in row.items() if name not in ONLY_IN_THE_FILE}
    return [(column_word(name, table), _value(name, value)) for name, value in shown.items()]


def _value(name: str, value: Any) -> str:
    if name in CHOICES:
        return str(word(CHOICES[name](value)))
    if name == "audience":
        return audience_name(value)
    if isinstance(value, dict):
        return ", ".join(f"{code} : {number(copies)}" for code, copies in value.items())
    if isinstance(value, str) and _is_moment(value):
        return moment(datetime.fromisoformat(value)) if "T" in value else day(datetime.fromisoformat(value).date())
    return "" if value is None else str(value)


def _is_moment(value: str) -> bool:
    try:
        return len(value) >= len("2026-11-20") and datetime.fromisoformat(value) is not None
    except ValueError:
        return False


def _contact() -> str:
    return str(association_text().dpo_contact)


def _orders(count: int) -> str:
    return ngettext("%(orders)s commande", "%(orders)s commandes", count, orders=number(count))


def _rows(count: int) -> str:
    return ngettext("%(rows)s ligne", "%(rows)s lignes", count, rows=number(count))


def _language() -> str:
    return str(get_locale() or "fr")[:2]
