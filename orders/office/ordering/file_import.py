"""Importing a file of orders on a page: uploaded, checked row by row, and placed once every row is right."""

import base64
import binascii
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.ordering.blueprint import pages
from orders.ordering.files import columns, importing
from orders.ordering.files.import_batches import AlreadyImported, ImportStopped, place_all
from orders.ordering.files.importing import Checked
from orders.staff.models import StaffRole
from orders.wording import number, sentence

ENDINGS = (".csv", ".txt", ".xlsx")
LARGEST = 5 * 1024 * 1024  # bytes
MOST_SHOWN = 500


class Unusable(Exception):
    """What was sent is no file of orders; its text says why."""


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file, carried through the preview in a hidden field. The server keeps nothing meanwhile."""

    name: str
    content: bytes

    @property
    def packed(self) -> str:
        return base64.b64encode(self.content).decode()


@pages.route("/import", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def import_orders() -> ResponseReturnValue:
    """A `file` (CSV or XLSX); then what is wrong in it, or what it would place; with `confirmed=1` it does."""
    if request.method == "GET":
        return _page()
    try:
        file = _sent()
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


def _sent() -> File:
    """The file that was chosen; or, from the page that asks, the same one again. Raises `Unusable`."""
    if packed := request.form.get("content"):
        try:
            return File(request.form.get("name", "")[:200], base64.b64decode(packed, validate=True))
        except binascii.Error:
            raise Unusable(
                gettext("La page ne s’est pas envoyée en entier : choisissez de nouveau le fichier.")
            ) from None
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Unusable(gettext("Choisissez d’abord un fichier."))
    with closing(upload):
        return File(Path(upload.filename).name[:200], upload.read(LARGEST + 1))


def _checked(file: File) -> Checked:
    ending = Path(file.name).suffix.lower()
    if ending not in ENDINGS:
        raise Unusable(gettext("Ce fichier n’est ni un CSV ni un XLSX : enregistrez-le d’abord comme l’un d’eux."))
    if len(file.content) > LARGEST:
        raise Unusable(gettext("Ce fichier dépasse %(most)s Mo : coupez-le en plusieurs.", most=LARGEST // 1024**2))
    with TemporaryDirectory() as folder:
        path = Path(folder, f"orders{ending}")
        path.write_bytes(file.content)
        try:
            return importing.check_file(path, at=now(), as_written=_is_as_written())
        except Refused as refusal:
            raise Unusable(sentence(refusal)) from None


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
