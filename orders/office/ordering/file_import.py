"""Importing a file of orders on a page: uploaded, checked row by row, and placed once every row is right."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from orders.clock import now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.ordering.blueprint import pages
from orders.office.uploaded_table import File, Unusable, on_disk, sent_file
from orders.ordering.files import columns, importing
from orders.ordering.files.import_batches import AlreadyImported, ImportStopped, place_all
from orders.ordering.files.importing import Checked
from orders.staff.models import StaffRole
from orders.wording import number, sentence

MOST_SHOWN = 500


@pages.route("/import", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def import_orders() -> ResponseReturnValue:
    """A `file` (CSV or XLSX); then what is wrong in it, or what it would place; with `confirmed=1` it does."""
    if request.method == "GET":
        return _page()
    try:
        file = sent_file()
        checked = _checked(file)
    except Unusable as why:
        return _page(wrong=str(why)), 422
    if checked.problems or not checked.good:
        return _page(file=file, checked=checked), 422
    if request.form.get("confirmed") == "1":
        return _place(file, checked)
    return _page(file=file, checked=checked)


def _place(file: File, checked: Checked) -> ResponseReturnValue:
    again = request.form.get("again") == "1"
    try:
        placed = place_all(checked.digest, checked.good, transact, clock=now, by=actor(), again=again)
    except AlreadyImported as refusal:
        return _page(file=file, checked=checked, imported_at=refusal.at), 409
    except ImportStopped as stop:
        return _page(file=file, checked=_checked(file), wrong=sentence(stop)), 409
    flash(
        ngettext("%(orders)s commande importée.", "%(orders)s commandes importées.", placed, orders=number(placed)),
        "done",
    )
    return redirect(url_for(".index"), 303)


def _checked(file: File) -> Checked:
    with on_disk(file) as path:
        return importing.check_file(path, at=now(), as_written=_is_as_written())


def _is_as_written() -> bool:
    """Whether cells are to be read as they are written, without the proposals of the form."""
    return request.form.get("as_written") == "1"


def _page(file: File | None = None, checked: Checked | None = None, **more: object) -> str:
    wrong_lines = {problem.line for problem in checked.problems} if checked else set()
    return render_template(
        "office/ordering/import.html",
        file=file,
        checked=checked,
        wrong_lines=len(wrong_lines),
        most=MOST_SHOWN,
        as_written=_is_as_written(),
        required=columns.REQUIRED,
        optional=columns.OPTIONAL,
        **more,
    )
