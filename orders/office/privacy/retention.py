"""What personal data is held, what must go now, erasing it, and the certificates."""

from io import BytesIO
from pathlib import Path
from time import monotonic

from flask import abort, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.privacy.blueprint import pages
from orders.privacy import inventory, purging, retention, traces
from orders.privacy.purging import OrdersOf
from orders.staff.models import StaffRole
from orders.wording import number
from orders.wording.personal_data_words import KINDS, table_word
from orders.wording.privacy_papers import print_certificate

LONGEST = 8.0  # seconds that one press may take: the next one, or the worker, goes on


@pages.get("/")
@needs(StaffRole.ADMINISTRATOR)
def index() -> str:
    """What is held, what is due now (the dry run), the editions to come, and the purges of before."""
    at, months = now(), _months()
    return render_template(
        "office/privacy/index.html",
        holdings=inventory.holdings(),
        months=months,
        due=purging.due(at=at, months=months),
        due_editions=retention.due_editions(at=at, months=months),
        coming=[
            (edition, retention.due_on(edition, months))
            for edition in edition_lookup.editions()
            if retention.due_on(edition, months) > local_day(at)
        ],
        purges=purging.purges(),
        table_word=table_word,
        kinds=KINDS,
    )


@pages.post("/purge")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def purge() -> ResponseReturnValue:
    """Erase what is due, as much as some seconds allow."""
    at, months, until = now(), _months(), monotonic() + LONGEST
    steps = purging.look(at=at, months=months)
    done = 0
    for step in steps:
        transact(purging.do, step, at=now(), by=actor())
        done += 1
        if monotonic() > until:
            break
    rewrite = any(isinstance(step.what, OrdersOf) for step in steps[:done])
    traces.clean_up(instance(), before=retention.months_before(at, months), rewrite=rewrite)
    if left := len(steps) - done:
        flash(
            ngettext(
                "Effacé en partie : il reste %(left)s étape. Appuyez de nouveau, ou laissez faire la tâche de fond.",
                "Effacé en partie : il reste %(left)s étapes. Appuyez de nouveau, ou laissez faire la tâche de fond.",
                left,
                left=number(left),
            ),
            "refused",
        )
    elif steps:
        flash(gettext("C’est effacé. Le certificat est prêt."), "done")
    else:
        flash(gettext("Rien n’est à effacer aujourd’hui."), "done")
    return redirect(url_for(".index"), 303)


@pages.get("/certificates/<int:purge_id>.pdf")
@needs(StaffRole.ADMINISTRATOR)
def certificate(purge_id: int) -> ResponseReturnValue:
    """What a purge erased, in numbers."""
    found = purging.get_purge(purge_id)
    if found.finished_at is None:
        abort(404)
    out = BytesIO()
    print_certificate(found, out=out)
    out.seek(0)
    name = f"{gettext('certificat-effacement')}-{found.id}.pdf"
    return send_file(out, mimetype="application/pdf", download_name=name)


def instance() -> Path:
    return Path(current_app.instance_path)


def _months() -> int:
    return int(current_app.config["RETENTION_MONTHS"])
