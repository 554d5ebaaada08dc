"""What one person asks for: found, handed out, corrected, left alone, erased."""

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference
from orders.office.privacy.blueprint import pages
from orders.office.privacy.files import hand_out
from orders.office.privacy.retention import instance
from orders.office.recorded_reading import note_look
from orders.phone_numbers import show_phone
from orders.privacy import colleagues, correction_form, data_subject_rights, mentions, persons, retention, traces
from orders.privacy.persons import Person
from orders.staff.models import StaffRole
from orders.wording import sentence
from orders.wording.personal_data_words import table_word
from orders.wording.privacy_papers import person_json, print_person


@pages.get("/persons")
@needs(StaffRole.ADMINISTRATOR)
def search() -> str:
    """Persons found by `q`: an e-mail address, a reference, or words of a name; and accounts of the staff."""
    typed = request.args.get("q", "").strip()[:200]
    found, alike = persons.find(typed) if typed else ([], [])
    return render_template(
        "office/privacy/search.html", typed=typed, found=found, alike=alike, members=colleagues.find(typed)
    )


@pages.get("/persons/<reference>")
@needs(StaffRole.ADMINISTRATOR)
def person(reference: str) -> str:
    """All orders of the person who placed this one, what else names them, and what may be done."""
    found = persons.get_person(read_typed_reference(reference))
    note_look(f"order {found.latest.reference}")
    return _page(found)


@pages.get("/persons/<reference>/data.<ending>")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def data(reference: str, ending: str) -> ResponseReturnValue:
    """All that is held about the person: `json` for programs, `pdf` to read."""
    found = persons.get_person(read_typed_reference(reference))
    thing = f"order {found.latest.reference}"
    return hand_out(found, thing, ending, to_read=print_person, for_programs=person_json)


@pages.post("/persons/<reference>/erase")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def erase(reference: str) -> ResponseReturnValue:
    """Erase all about the person; the page of what is held comes next, since theirs is gone."""
    found = read_typed_reference(reference)
    try:
        at = now()
        transact(data_subject_rights.erase, found, at=at, by=actor())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
        return redirect(url_for(".person", reference=found), 303)
    months = int(current_app.config["RETENTION_MONTHS"])
    traces.clean_up(instance(), before=retention.months_before(at, months), rewrite=False)
    flash(gettext("Tout ce qui nommait cette personne est effacé."), "done")
    return redirect(url_for(".search"), 303)


@pages.post("/persons/<reference>/restrict")
@needs(StaffRole.ADMINISTRATOR)
def restrict(reference: str) -> ResponseReturnValue:
    """Keep the data and do nothing with it."""
    return _do(
        reference,
        data_subject_rights.restrict,
        gettext("Ces données sont gardées, et plus rien n’est fait avec elles."),
    )


@pages.post("/persons/<reference>/lift")
@needs(StaffRole.ADMINISTRATOR)
def lift(reference: str) -> ResponseReturnValue:
    """The data may be used again."""
    return _do(reference, data_subject_rights.lift, gettext("La limite est levée."))


@pages.post("/persons/<reference>/correct")
@needs(StaffRole.ADMINISTRATOR)
def correct(reference: str) -> ResponseReturnValue:
    """Correct `name`, `organisation`, `email` and `phone` on all orders of the person."""
    corrected, problems = correction_form.read(request.form)
    if problems:
        found = persons.get_person(read_typed_reference(reference))
        return _page(found, errors=[sentence(problem) for problem in problems], typed=request.form), 422
    return _do(reference, data_subject_rights.correct, gettext("C’est corrigé sur toutes ses commandes."), corrected)


def _do(reference: str, rule: Callable[..., Person], said: str, *more: object) -> ResponseReturnValue:
    found = read_typed_reference(reference)
    try:
        transact(rule, found, *more, at=now(), by=actor())
        flash(said, "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".person", reference=found), 303)


def _page(found: Person, errors: list[str] | None = None, typed: Any = None) -> str:
    latest = found.latest
    shown = {"name": latest.name, "organisation": latest.organisation, "email": latest.email}
    return render_template(
        "office/privacy/person.html",
        person=found,
        mentions=mentions.find(found),
        table_word=table_word,
        errors=errors or [],
        typed=typed or {**shown, "phone": show_phone(latest.phone)},
    )
