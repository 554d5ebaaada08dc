"""Adding and changing the persons whom an edition defends, their portraits and their order."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import defended_persons, edition_lookup
from orders.catalogue.defended_persons import content_of
from orders.catalogue.models import DefendedPerson, Edition
from orders.catalogue.uploaded_media import UnusableFile
from orders.clock import now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.catalogue.blueprint import pages
from orders.office.catalogue.persons.person_form import PersonForm, person_as_typed, person_form
from orders.office.catalogue.publication_form import title_languages
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.route("/<int:year>/persons/new", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def new_person(year: int) -> ResponseReturnValue:
    """One more person for an edition."""
    edition = edition_lookup.get_edition(year)
    form = person_form()
    if request.method == "GET":
        return _form_page(form, edition, None)
    if (content := form.read()) is None:
        return _form_page(form, edition, None), 422
    person = transact(defended_persons.add, year, content, at=now(), by=actor())
    flash(gettext("%(name)s est sur la page d’accueil. Ajoutez son portrait.", name=content.name), "done")
    return redirect(url_for(".person", person_id=person.id), 303)


@pages.route("/persons/<int:person_id>", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def person(person_id: int) -> ResponseReturnValue:
    """All that the pages say of a person, to read and to change."""
    found = defended_persons.get_person(person_id)
    edition = defended_persons.edition_of(found)
    form = person_form()
    if request.method == "GET":
        _fill(form, found)
        return _form_page(form, edition, found)
    if (content := form.read()) is None:
        return _form_page(form, edition, found), 422
    try:
        shown = form.shown.data or ""
        transact(defended_persons.change, person_id, content, at=now(), by=actor(), shown=shown)
    except ChangedMeanwhile as refusal:
        found = defended_persons.get_person(person_id)
        kept = content_of(found)
        form.say_changed(refusal, person_as_typed(kept), mark(kept.as_values()))
        return _form_page(form, defended_persons.edition_of(found), found), 409
    flash(gettext("%(name)s est enregistré·e.", name=content.name), "done")
    return redirect(url_for(".person", person_id=person_id), 303)


@pages.post("/persons/<int:person_id>/portrait")
@needs(StaffRole.COORDINATOR)
def portrait(person_id: int) -> ResponseReturnValue:
    """The portrait: `file`, or `remove=1`."""
    found = defended_persons.get_person(person_id)
    try:
        sent = request.files.get("file")
        is_removed = request.form.get("remove") == "1"
        picture = None if is_removed else defended_persons.prepare_portrait(sent.read() if sent else b"")
    except UnusableFile as refusal:
        form = person_form()
        _fill(form, found)
        form.form_errors.append(sentence(refusal))
        return _form_page(form, defended_persons.edition_of(found), found), 422
    transact(defended_persons.show_portrait, person_id, picture, at=now(), by=actor())
    flash(gettext("Le portrait est retiré.") if is_removed else gettext("Le portrait est enregistré."), "done")
    return redirect(url_for(".person", person_id=person_id), 303)


@pages.post("/persons/<int:person_id>/up")
@needs(StaffRole.COORDINATOR)
def move_person_up(person_id: int) -> ResponseReturnValue:
    """One place further to the front."""
    moved = transact(defended_persons.move_up, person_id, at=now(), by=actor())
    flash(gettext("%(name)s est maintenant à la place %(place)s.", name=moved.name, place=moved.position), "done")
    return redirect(url_for(".edition", year=defended_persons.edition_of(moved).year, _anchor="persons"), 303)


@pages.post("/persons/<int:person_id>/delete")
@needs(StaffRole.COORDINATOR)
def delete_person(person_id: int) -> ResponseReturnValue:
    """Off the pages, with the portrait."""
    found = defended_persons.get_person(person_id)
    name, year = found.name, defended_persons.edition_of(found).year
    transact(defended_persons.remove, person_id, at=now(), by=actor())
    flash(gettext("%(name)s n’est plus sur la page d’accueil.", name=name), "done")
    return redirect(url_for(".edition", year=year, _anchor="persons"), 303)


def _fill(form: PersonForm, found: DefendedPerson) -> None:
    kept = content_of(found)
    form.fill_in(person_as_typed(kept), mark(kept.as_values()))


def _form_page(form: PersonForm, edition: Edition, found: DefendedPerson | None) -> str:
    return render_template(
        "office/catalogue/person.html", form=form, edition=edition, person=found, form_languages=title_languages()
    )
