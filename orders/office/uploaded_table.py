"""A table that somebody uploads: looked at first, and carried through the page that asks, in a hidden field.

That page may have a list of columns for each field, called `column-` and the field, from which somebody chooses which
column is which; `templates/office/_column_lists.html` draws them.
"""

import base64
import binascii
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import request
from flask_babel import gettext

from orders.errors import Refused
from orders.office.forms import whole_number
from orders.spreadsheets import Choice
from orders.wording import sentence

ENDINGS = (".csv", ".txt", ".xlsx")
LARGEST = 5 * 1024 * 1024  # bytes
PREFIX = "column-"


class Unusable(Exception):
    """What was sent is no table of the kind that is wanted; its text says why."""


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file. The server keeps nothing of it between two requests."""

    name: str
    content: bytes

    @property
    def packed(self) -> str:
        return base64.b64encode(self.content).decode()


def sent_file() -> File:
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


@contextmanager
def on_disk(file: File) -> Iterator[Path]:
    """The file where it can be read. Raises `Unusable`, also with what refuses it while it is read."""
    ending = Path(file.name).suffix.lower()
    if ending not in ENDINGS:
        raise Unusable(gettext("Ce fichier n’est ni un CSV ni un XLSX : enregistrez-le d’abord comme l’un d’eux."))
    if len(file.content) > LARGEST:
        raise Unusable(gettext("Ce fichier dépasse %(most)s Mo : coupez-le en plusieurs.", most=LARGEST // 1024**2))
    with TemporaryDirectory() as folder:
        path = Path(folder, f"table{ending}")
        path.write_bytes(file.content)
        try:
            yield path
        except Refused as refusal:
            raise Unusable(sentence(refusal)) from None


def is_chosen() -> bool:
    """Whether the page that was sent says which column is which."""
    return any(name.startswith(PREFIX) for name in request.form)


def chosen_columns(fields: Collection[str], proposed: Choice, width: int) -> dict[str, int]:
    """The column of each field as the page says it, or as it is proposed where the page says nothing."""
    chosen = {field: at for field, at in proposed.items() if field in fields}
    for field in fields:
        typed = request.form.get(f"{PREFIX}{field}")
        if typed is None:
            continue
        at = whole_number(typed)
        if at is not None and 0 <= at < width:
            chosen[field] = at
        else:
            chosen.pop(field, None)
    return chosen
