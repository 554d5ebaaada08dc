"""The pages of the association's settings: shown, previewed, changed."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.association import AssociationProfile, forget
from orders.catalogue import association_editing
from orders.catalogue.association_editing import ImpossibleProfile
from orders.catalogue.uploaded_media import LARGEST_PICTURE, UnusableFile
from orders.clock import now
from orders.database import transact
from orders.office.access import actor, may_open, needs
from orders.office.settings.forms import (
    HINTS,
    SECTIONS,
    ProfileForm,
    is_required,
    names_of,
    profile_as_typed,
    profile_form,
)
from orders.office.settings.previews import PREVIEWS
from orders.shipping.printing.letterhead import LetterheadTooLong, letterhead
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.wording import sentence

pages = Blueprint("settings", __name__, url_prefix="/settings")

LOGO = "office.settings.logo"
LARGEST_BODY = 2 * LARGEST_PICTURE + 1024 * 1024  # bytes: with room to say in words that a file is too large


@pages.url_value_preprocessor
def let_logo_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A logo is more than a form's few kilobytes, from whoever may set it. Runs before any form is read."""
    if endpoint == LOGO and may_open(LOGO):
        request.max_content_length = LARGEST_BODY


@pages.get("/")
@needs(StaffRole.ADMINISTRATOR)
def index() -> str:
    """The profile as it is kept."""
    form, kept = profile_form(), association_editing.kept_profile()
    form.fill_in(profile_as_typed(kept), mark(kept.as_values()))
    form.languages.data = list(kept.languages)
    return _form_page(form)


@pages.post("/")
@needs(StaffRole.ADMINISTRATOR)
def change() -> ResponseReturnValue:
    """Keep the profile that was typed."""
    form = profile_form()
    if (profile := _read(form)) is None:
        return _form_page(form), 422
    try:
        transact(association_editing.change_association, profile, at=now(), by=actor(), shown=form.shown.data or "")
    except ChangedMeanwhile as refusal:
        kept = association_editing.kept_profile()
        form.say_changed(refusal, profile_as_typed(kept), mark(kept.as_values()))
        return _form_page(form), 409
    except ImpossibleProfile as refusal:
        form.explain(refusal.faults)
        return _form_page(form), 422
    forget(current_app)
    flash(gettext("Les réglages sont enregistrés."), "done")
    return redirect(url_for(".index"), 303)


@pages.post("/preview/<what>")
@needs(StaffRole.ADMINISTRATOR)
def preview(what: str) -> ResponseReturnValue:
    """A page, a mail, a label or a slip with what was typed. Nothing is kept."""
    if what not in PREVIEWS:
        abort(404)
    form = profile_form()
    if (profile := _read(form)) is None:
        return _form_page(form), 422
    return PREVIEWS[what](profile)


@pages.post("/logo")
@needs(StaffRole.ADMINISTRATOR)
def logo() -> ResponseReturnValue:
    """Set the logo, or remove it."""
    try:
        if request.form.get("remove"):
            transact(association_editing.take_logo_away, at=now(), by=actor())
        else:
            sent = request.files.get("file")
            picture = association_editing.prepare_logo(sent.read() if sent else b"")
            transact(association_editing.give_logo, picture, at=now(), by=actor())
    except UnusableFile as refusal:
        flash(sentence(refusal), "refused")
        return redirect(url_for(".index"), 303)
    forget(current_app)
    flash(gettext("Les réglages sont enregistrés."), "done")
    return redirect(url_for(".index"), 303)


def _read(form: ProfileForm) -> AssociationProfile | None:
    """What was typed, if it is right and fits on paper; else `None`, with the reasons beside the fields."""
    profile = form.read()
    if profile is None:
        return None
    try:
        letterhead(profile)
    except LetterheadTooLong as refusal:
        field = form[f"name-{profile.languages[0]}"]
        field.errors = [*field.errors, sentence(refusal)]
        return None
    return profile


def _form_page(form: ProfileForm) -> str:
    return render_template(
        "office/settings/index.html",
        form=form,
        sections=SECTIONS,
        hints=HINTS,
        names_of=names_of,
        is_required=is_required,
        logo=association_editing.find_logo(),
    )
