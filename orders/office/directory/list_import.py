"""Taking a list of places over: uploaded and read, then shown as what it changes, then done."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage

from orders.clock import now
from orders.database import transact
from orders.directory import importing, list_reader, pending_lists, place_list
from orders.directory.importing import FarFewerPlaces
from orders.directory.list_reader import ReadList
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.directory.blueprint import LARGEST_LIST, pages
from orders.office.directory.words import COLUMN_NAMES, in_words
from orders.office.forms import page_number
from orders.ordering.followup import institutions
from orders.spreadsheets import UnreadableFile
from orders.staff.models import StaffRole
from orders.wording import number, sentence

ENDINGS = (".csv", ".txt", ".xlsx")
MOST_PROBLEMS = 500  # that are shown
PER_PAGE = 50
PARTS = ("new", "changed", "gone")


class Unusable(Exception):
    """What was sent is no list of places; its text says why."""


@pages.get("/import")
@needs(StaffRole.COORDINATOR)
def upload_form() -> str:
    """Where a list is chosen."""
    return _form_page()


@pages.post("/import")
@needs(StaffRole.COORDINATOR)
def upload() -> ResponseReturnValue:
    """A `file` (CSV or XLSX) and, for a plain list, its `list` code; then every wrong row, or what it would change."""
    file = request.files.get("file")
    read: ReadList | None = None
    try:
        read = _read(file)
        if read.problems:
            return _form_page(read=read), 422
        list_code = importing.choose_list_code(request.form.get("list", ""), read.list_code)
    except Unusable as why:
        return _form_page(wrong=str(why)), 422
    except Refused as refusal:
        return _form_page(wrong=sentence(refusal), is_code_wrong=read is not None), 422
    name = Path(file.filename or "").name[:200] if file else ""
    pending_id = transact(pending_lists.keep, list_code, name, read.places, at=now(), by=actor())
    for note in read.notes:
        flash(sentence(note), "done")
    return redirect(url_for(".comparison", pending_id=pending_id), 303)


@pages.get("/import/<int:pending_id>")
@needs(StaffRole.COORDINATOR)
def comparison(pending_id: int) -> str:
    """What a list changes that was read: numbers, and `show=new|changed|gone` page by page."""
    return _comparison_page(pending_id)


@pages.post("/import/<int:pending_id>")
@needs(StaffRole.COORDINATOR)
def take_over(pending_id: int) -> ResponseReturnValue:
    """Take the list over; one that lacks many places only with `fewer=1`."""
    fewer = request.form.get("fewer") == "1"
    try:
        found = transact(pending_lists.take_over, pending_id, fewer=fewer, at=now(), by=actor())
    except FarFewerPlaces as refusal:
        return _comparison_page(pending_id, wrong=sentence(refusal)), 409
    if found is not None:
        said = ngettext(
            "%(places)s lieu est dans l’annuaire.", "%(places)s lieux sont dans l’annuaire.", found.places,
            places=number(found.places),
        )  # fmt: skip
        flash(said, "done")
        institutions.recognise_earlier(transact, at=now(), by=actor())
    return redirect(url_for(".index"), 303)


def _read(file: FileStorage | None) -> ReadList:
    """The list in the file that was sent. Raises `Unusable`, `Refused`."""
    if file is None or not file.filename:
        raise Unusable(gettext("Choisissez d’abord un fichier."))
    ending = Path(file.filename).suffix.lower()
    if ending not in ENDINGS:
        raise Unusable(gettext("Ce fichier n’est ni un CSV ni un XLSX : enregistrez-le d’abord comme l’un d’eux."))
    with TemporaryDirectory() as folder, closing(file):
        path = Path(folder, f"list{ending}")
        file.save(path)
        if path.stat().st_size > LARGEST_LIST:
            raise Unusable(
                gettext("Ce fichier dépasse %(most)s Mo : coupez-le en plusieurs.", most=LARGEST_LIST // 1024**2)
            )
        try:
            read = list_reader.read(path)
        except UnreadableFile as refusal:
            raise UnreadableFile(in_words(refusal.trouble)) from None
    if not read.places and not read.problems:
        raise Unusable(gettext("Ce fichier n’a que ses titres de colonnes : il n’y a aucun lieu à reprendre."))
    return read


def _form_page(read: ReadList | None = None, wrong: str = "", *, is_code_wrong: bool = False) -> str:
    return render_template(
        "office/directory/import.html",
        wrong=wrong,
        is_code_wrong=is_code_wrong,
        problems=read.problems if read else [],
        wrong_lines=len({each.line for each in read.problems}) if read else 0,
        most=MOST_PROBLEMS,
        columns=COLUMN_NAMES,
        typed=request.form.get("list", "")[:40],
        lists=place_list.known_lists(),
        largest=LARGEST_LIST // 1024**2,
    )


def _comparison_page(pending_id: int, wrong: str = "") -> str:
    pending = pending_lists.get(pending_id)
    found = pending_lists.compare(pending)
    parts = {"new": found.new, "changed": found.changed, "gone": found.gone}
    shown = request.args.get("show", "")
    if shown not in parts:
        shown = next((part for part in PARTS if parts[part]), "new")
    last = max(1, -(-len(parts[shown]) // PER_PAGE))
    page = min(page_number(request.args), last)
    return render_template(
        "office/directory/comparison.html",
        pending=pending,
        found=found,
        wrong=wrong,
        counts={part: len(rows) for part, rows in parts.items()},
        shown=shown,
        rows=parts[shown][(page - 1) * PER_PAGE : page * PER_PAGE],
        differences=importing.differences,
        columns=COLUMN_NAMES,
        page=page,
        last=last,
    )
