"""What is held about somebody as a file, noted before it leaves."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.office.access import actor
from orders.staff import journal

MIMETYPES = {"json": "application/json", "pdf": "application/pdf"}


def hand_out(
    somebody: Any,
    thing: str,
    ending: str,
    *,
    to_read: Callable[..., None],
    for_programs: Callable[..., str],
) -> ResponseReturnValue:
    """All that is held about `somebody`, whom the journal knows as this thing: `json` for programs, `pdf` to read."""
    if ending not in MIMETYPES:
        return gettext("Un fichier se termine par json ou pdf."), 404
    at = now()
    transact(journal.record, "handed out", thing, at=at, by=actor())
    out = BytesIO()
    if ending == "json":
        out.write(for_programs(somebody, at=at).encode())
    else:
        to_read(somebody, at=at, out=out)
    out.seek(0)
    name = f"{gettext('donnees')}-{thing.split()[-1]}.{ending}"
    return send_file(out, mimetype=MIMETYPES[ending], download_name=name)
