"""Importing a file of orders: uploaded, its columns told, checked row by row, and placed once all is right."""

from collections import Counter
from dataclasses import dataclass, replace

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from orders.catalogue.audience_lookup import offered_audiences
from orders.clock import now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.ordering.blueprint import pages
from orders.office.ordering.file_import.fields import named_fields, template_headings
from orders.office.table_download import file_answer
from orders.office.uploaded_table import File, Unusable, chosen_columns, is_chosen, on_disk, sent_file
from orders.ordering.files import importing
from orders.ordering.files.columns import OPTIONAL, REQUIRED
from orders.ordering.files.import_batches import AlreadyImported, ImportStopped, orders_placed, place_all
from orders.ordering.files.importing import Checked, ReadFile
from orders.spreadsheets import Choice, ColumnsNotRead, UnreadableFile, offered_columns
from orders.staff.models import StaffRole
from orders.wording import audience_name, number, sentence

MOST_SHOWN = 500


@pages.route("/import", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def import_orders() -> ResponseReturnValue:
    """A `file` (CSV or XLSX); then which column is which (`column-<field>`), what is wrong, or what it would place.

    `headless=1`: its first row is an order. With `confirmed=1` it is placed.
    """
    if request.method == "GET":
        return _page()
    try:
        upload = _sent()
    except Unusable as why:
        return _page(wrong=str(why)), 422
    return _answer(upload)


@pages.get("/import/template.<ending>")
@needs(StaffRole.OFFICE)
def import_template(ending: str) -> ResponseReturnValue:
    """An empty file with the headings that an import understands (`xlsx` or `csv`)."""
    columns, orderable = importing.open_columns(at=now())
    return file_answer(
        gettext("commandes-modele"),
        ending,
        template_headings(columns, orderable.values()),
        [],
        title=gettext("Commandes"),
    )


@pages.get("/import/<digest>/progress")
@needs(StaffRole.OFFICE)
def import_progress(digest: str) -> ResponseReturnValue:
    """How many orders of a file are placed while its import is under way."""
    return jsonify(orders=orders_placed(digest))


@dataclass(frozen=True, slots=True)
class _Upload:
    """A file that was sent, and which of its columns is which: as the page says, or else as the headings do."""

    file: File
    read: ReadFile
    chosen: Choice | None

    @property
    def choice(self) -> Choice:
        return self.read.guess if self.chosen is None else self.chosen

    def check(self) -> Checked:
        return importing.check(self.read, self.chosen, at=now(), as_written=_is_as_written())


def _sent() -> _Upload:
    """Raises `Unusable`."""
    file = sent_file()
    with on_disk(file) as path:
        read = importing.read_file(path, at=now())
    is_headless = request.form.get("headless") == "1" if is_chosen() else not read.has_heading
    if is_headless:
        read = read.without_heading()
    chosen = chosen_columns(read.columns.fields, read.guess, read.table.width) if is_chosen() else None
    return _Upload(file, read, chosen)


def _answer(upload: _Upload) -> ResponseReturnValue:
    """What is wrong with the columns or with rows; or what would be placed; or, once it is confirmed, what was."""
    try:
        checked = upload.check()
    except UnreadableFile as refusal:
        return _page(upload, None, **_what_columns_lack(upload, refusal)), 422
    if checked.problems or not checked.good:
        return _page(upload, checked), 422
    return _place(upload, checked) if request.form.get("confirmed") == "1" else _page(upload, checked)


def _place(upload: _Upload, checked: Checked) -> ResponseReturnValue:
    again = request.form.get("again") == "1"
    try:
        placed = place_all(checked.digest, checked.good, transact, clock=now, by=actor(), again=again)
    except AlreadyImported as refusal:
        return _page(upload, checked, imported_at=refusal.at), 409
    except ImportStopped as stop:
        return _page(upload, upload.check(), wrong=sentence(stop)), 409
    flash(
        ngettext("%(orders)s commande importée.", "%(orders)s commandes importées.", placed, orders=number(placed)),
        "done",
    )
    return redirect(url_for(".index"), 303)


def _is_as_written() -> bool:
    """Whether cells are to be read as they are written, without the proposals of the form."""
    return request.form.get("as_written") == "1"


def _what_columns_lack(upload: _Upload, refusal: UnreadableFile) -> dict[str, object]:
    """What is wrong with the columns, called as the page calls them, and the fields whose column is to be told."""
    if not upload.read.is_headed:
        told = gettext(
            "Aucune ligne de titres n’est reconnue. Choisissez ci-dessous la colonne de chaque chose, puis relisez."
        )
        return {"columns_wrong": told, "to_tell": upload.read.columns.missing(upload.choice)}
    trouble, names = refusal.trouble, dict(named_fields(upload.read.columns, upload.read.orderable))
    called = replace(trouble, columns=tuple(names.get(field, field) for field in trouble.columns))
    return {
        "columns_wrong": sentence(UnreadableFile(called)),
        "to_tell": {*trouble.columns, *upload.read.columns.missing(upload.choice)},
    }


def _page(upload: _Upload | None = None, checked: Checked | None = None, **more: object) -> str:
    return render_template(
        "office/ordering/import.html",
        checked=checked,
        wrong_lines=len({problem.line for problem in checked.problems}) if checked else 0,
        most=MOST_SHOWN,
        as_written=_is_as_written(),
        audiences=[audience_name(each.code) for each in offered_audiences()],
        needed=REQUIRED,
        optional=OPTIONAL,
        **(_about_columns(upload, checked) if upload else {"file": None, "names": {}}),
        **more,
    )


def _about_columns(upload: _Upload, checked: Checked | None) -> dict[str, object]:
    """What is understood of the columns, and what can be chosen."""
    read, choice = upload.read, upload.choice
    offered = {column.position: column for column in offered_columns(read.table, choice.values())}
    fields = named_fields(read.columns, read.orderable)
    written = read.table.written if read.is_headed else ()
    not_read = [heading for at, heading in enumerate(written) if heading and at not in choice.values()]
    return {
        "file": upload.file,
        "read": read,
        "headless": not read.is_headed,
        "choice": choice,
        "offered": list(offered.values()),
        "fields": fields,
        "understood": [(name, offered[choice[field]]) for field, name in fields if choice.get(field) in offered],
        "names": {field: offered[at].heading for field, at in choice.items() if at in offered},
        "not_read": ColumnsNotRead(tuple(not_read)) if not_read and checked else None,
        "copies": _copies(checked) if checked else {},
    }


def _copies(checked: Checked) -> Counter[str]:
    """The copies of all orders that would be placed, by publication."""
    total: Counter[str] = Counter()
    for _, request_ in checked.good:
        total.update(request_.copies)
    return total
