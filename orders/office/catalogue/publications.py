"""Making, changing, archiving and deleting a publication; its picture and its PDF."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import editing, edition_lookup, publication_files
from orders.catalogue.edition_input import ImpossibleContent, content_of_publication
from orders.catalogue.models import Edition, Publication
from orders.catalogue.publication_files import FileOf
from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.catalogue.blueprint import pages
from orders.office.catalogue.publication_form import PublicationForm, publication_as_typed, title_languages
from orders.office.forms import SharedForm
from orders.packing.models import TooLargeToPost
from orders.packing.splitting import Item, split
from orders.packing.tariff import read_tariff
from orders.reports import journal_report
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.stock import publication_accounts
from orders.wording import sentence


@pages.route("/<int:year>/publications/new", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def new_publication(year: int) -> ResponseReturnValue:
    """A new publication of an edition, with the starter allowances."""
    edition = edition_lookup.get_edition(year)
    form = PublicationForm()
    if request.method == "GET":
        form.bundle_size.data, form.low_stock_line.data = "1", "0"
        form.position.data = str(len(edition.publications) + 1)
        return _form_page(form, edition, None)
    code = form.typed_code()
    content = form.read()
    if faults := editing.code_faults(code):
        form.explain(faults)
    if content is None or faults:
        return _form_page(form, edition, None), 422
    try:
        transact(publication_accounts.add_publication, year, code, content, at=now(), by=actor())
    except ImpossibleContent as refusal:
        form.explain(refusal.faults)
        return _form_page(form, edition, None), 422
    flash(gettext("%(code)s est créée. Vérifiez ses plafonds, et donnez-lui une image.", code=code), "done")
    _warn_of_size(code)
    return redirect(url_for(".publication", code=code), 303)


@pages.route("/publications/<code>", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def publication(code: str) -> ResponseReturnValue:
    """All that is known of a publication, to read and to change."""
    found = edition_lookup.get_publication(code)
    form = PublicationForm()
    if request.method == "GET":
        kept = content_of_publication(found)
        form.fill_in(publication_as_typed(kept), mark(kept.as_values()))
        return _form_page(form, found.edition, found)
    if (content := form.read()) is None:
        return _form_page(form, found.edition, found), 422
    try:
        transact(editing.change_publication, code, content, at=now(), by=actor(), shown=form.shown.data or "")
    except ChangedMeanwhile as refusal:
        kept = content_of_publication(edition_lookup.get_publication(code))
        form.say_changed(refusal, publication_as_typed(kept), mark(kept.as_values()))
        return _form_page(form, found.edition, found), 409
    flash(gettext("%(code)s est enregistrée.", code=code), "done")
    _warn_of_size(code)
    return redirect(url_for(".edition", year=edition_lookup.get_publication(code).edition.year), 303)


def _warn_of_size(code: str) -> None:
    try:
        split([Item.of(edition_lookup.get_publication(code), 1)], read_tariff().packagings)
    except TooLargeToPost as refusal:
        flash(sentence(refusal), "refused")


def _form_page(form: SharedForm, edition: Edition, found: Publication | None, file_error: str = "") -> str:
    return render_template(
        "office/catalogue/publication.html",
        title_languages=title_languages(),
        form=form,
        edition=edition,
        publication=found,
        can_be_deleted=found is not None and not publication_accounts.has_movements(found),
        file_error=file_error,
        history=journal_report.history(f"publication {found.code}") if found else (),
    )


@pages.post("/publications/<code>/cover")
@needs(StaffRole.COORDINATOR)
def cover(code: str) -> ResponseReturnValue:
    """Its picture: `file`, or `remove=1` for our own drawing."""
    return _keep_file(code, FileOf.COVER)


@pages.post("/publications/<code>/reading")
@needs(StaffRole.COORDINATOR)
def reading(code: str) -> ResponseReturnValue:
    """The PDF to read online: `file`, or `remove=1`."""
    return _keep_file(code, FileOf.READING)


@pages.post("/publications/<code>/cover-from-reading")
@needs(StaffRole.COORDINATOR)
def cover_from_reading(code: str) -> ResponseReturnValue:
    """The first page of its PDF as its picture."""
    found = edition_lookup.get_publication(code)
    upload = publication_files.find_upload(found.reading_digest or "", FileOf.READING)
    if (page := publication_files.first_page_of(upload.content)) is None:
        flash(gettext("La première page de ce PDF ne se laisse pas dessiner : déposez une image."), "refused")
    else:
        transact(publication_files.give_file, code, FileOf.COVER, page, at=now(), by=actor())
        flash(gettext("La première page du PDF est maintenant son image."), "done")
    return redirect(url_for(".publication", code=code), 303)


def _keep_file(code: str, which: FileOf) -> ResponseReturnValue:
    found = edition_lookup.get_publication(code)
    try:
        if request.form.get("remove") == "1":
            transact(publication_files.take_file_away, code, which, at=now(), by=actor())
        else:
            sent = request.files.get("file")
            prepared = publication_files.prepare(which, sent.read() if sent else b"")
            transact(publication_files.give_file, code, which, prepared, at=now(), by=actor())
            _show_first_page(code, which, prepared)
    except Refused as refusal:
        kept = content_of_publication(found)
        form = PublicationForm(formdata=None)
        form.fill_in(publication_as_typed(kept), mark(kept.as_values()))
        form.form_errors.append(sentence(refusal))
        return _form_page(form, found.edition, found), 422
    flash(gettext("%(code)s est enregistrée.", code=code), "done")
    return redirect(url_for(".publication", code=code), 303)


def _show_first_page(code: str, which: FileOf, prepared: bytes) -> None:
    """A publication without a picture takes the first page of its new PDF."""
    if which is not FileOf.READING or edition_lookup.get_publication(code).cover_digest is not None:
        return
    if (page := publication_files.first_page_of(prepared)) is not None:
        transact(publication_files.give_file, code, FileOf.COVER, page, at=now(), by=actor())


@pages.post("/publications/<code>/archive")
@needs(StaffRole.COORDINATOR)
def archive_publication(code: str) -> ResponseReturnValue:
    """No longer to be ordered."""
    said = gettext("%(code)s ne peut plus être commandée. Ce qui l’est déjà sera servi.", code=code)
    return _done(editing.archive_publication, code, said)


@pages.post("/publications/<code>/bring-back")
@needs(StaffRole.COORDINATOR)
def bring_back_publication(code: str) -> ResponseReturnValue:
    """To be ordered again."""
    return _done(editing.bring_back_publication, code, gettext("%(code)s n’est plus archivée.", code=code))


def _done(rule: Callable[..., object], code: str, said: str) -> ResponseReturnValue:
    transact(rule, code, at=now(), by=actor())
    flash(said, "done")
    return redirect(url_for(".publication", code=code), 303)


@pages.post("/publications/<code>/delete")
@needs(StaffRole.COORDINATOR)
def delete_publication(code: str) -> ResponseReturnValue:
    """Only one of which nothing ever moved and nothing was ordered."""
    year = edition_lookup.get_publication(code).edition.year
    try:
        transact(publication_accounts.delete_publication, code, at=now(), by=actor())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
        return redirect(url_for(".publication", code=code), 303)
    flash(gettext("%(code)s est supprimée.", code=code), "done")
    return redirect(url_for(".edition", year=year), 303)
