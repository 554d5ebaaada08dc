"""The carrier's files: boxes out, tracking numbers in."""

from dataclasses import asdict

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from orders.clock import local_day, now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.recorded_reading import note_file
from orders.office.tracking import messages, upload
from orders.office.uploaded_table import Unusable, chosen_columns
from orders.shipping.carrier import manifest, tracking
from orders.shipping.carrier.tracking import Columns
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch
from orders.spreadsheets import Table, offered_columns
from orders.staff.models import StaffRole
from orders.wording import sentence

COLUMN_NAMES = {
    "Name": _l("Destinataire"),
    "Contact Name": _l("Personne de contact"),
    "Street": _l("Rue"),
    "City": _l("Localité"),
}

FIELDS = {"reference": _l("Colonne de la référence"), "number": _l("Colonne du numéro de suivi")}

pages = Blueprint("tracking", __name__, url_prefix="/shipping/<int:dispatch_id>")


@pages.get("/carrier.csv")
@needs(StaffRole.OFFICE)
def carrier(dispatch_id: int) -> ResponseReturnValue:
    """The boxes of a dispatch for bpost's Shipping Manager."""
    rows = manifest.carrier_file(lifecycle.get_dispatch(dispatch_id))
    answer = Response(rows, mimetype="text/csv")
    name = f"bpost-{local_day(now())}-envoi-{dispatch_id}.csv"
    note_file("exported", f"dispatch {dispatch_id}", name)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


@pages.get("/carrier")
@needs(StaffRole.OFFICE)
def shortened_names(dispatch_id: int) -> str:
    """What the carrier's file has shorter than it was typed, to be looked at before the file leaves."""
    found = lifecycle.get_dispatch(dispatch_id)
    return render_template(
        "office/shipping/carrier.html", dispatch=found, shortenings=manifest.shortenings(found), names=COLUMN_NAMES
    )


@pages.route("/tracking", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def numbers(dispatch_id: int) -> ResponseReturnValue:
    """Tracking numbers: a `file` (CSV or XLSX), then its columns and rows to confirm; all of them are noted or none."""
    found = lifecycle.get_dispatch(dispatch_id)
    if request.method == "GET":
        return _page(found)
    try:
        table = _table()
    except Unusable as why:
        return _page(found, wrong=str(why)), 422
    columns = _columns(table)
    if wrong := messages.no_columns(columns):
        return _page(found, wrong=wrong, table=table, columns=columns), 422
    return _checked(found, table, columns)


def _checked(dispatch: Dispatch, table: Table, columns: Columns) -> ResponseReturnValue:
    """Every wrong row; or the numbers to be confirmed; or, once they are, back to the dispatch."""
    checked = tracking.check(dispatch, table.rows, columns)
    if request.form.get("confirmed") == "1" and not checked.faults:
        try:
            new = transact(tracking.note, dispatch.id, checked.numbers, at=now(), by=actor())
        except Refused as refusal:
            return _page(dispatch, wrong=sentence(refusal)), 409
        flash(ngettext("%(num)s numéro de suivi noté.", "%(num)s numéros de suivi notés.", new), "done")
        return redirect(url_for("office.shipping.dispatch", dispatch_id=dispatch.id), 303)
    faults = [(each.line, messages.fault(each)) for each in checked.faults]
    page = _page(dispatch, table=table, columns=columns, checked=checked, faults=faults)
    return page, 422 if faults else 200


def _table() -> Table:
    """The file that was sent; or, from the page that asks, the same table again."""
    if sent := request.form.get("rows"):
        return upload.unpacked(sent)
    return upload.uploaded()


def _columns(table: Table) -> Columns:
    """What the page says, and where it says nothing what looks most like it."""
    guess = {name: at for name, at in asdict(tracking.guess_columns(table)).items() if at is not None}
    chosen = chosen_columns(FIELDS, guess, len(table.header))
    return Columns(**{name: chosen.get(name) for name in FIELDS})


def _page(dispatch: Dispatch, *, table: Table | None = None, columns: Columns | None = None, **more: object) -> str:
    chosen = {field: at for field, at in asdict(columns).items() if at is not None} if columns else {}
    return render_template(
        "office/shipping/tracking.html",
        dispatch=dispatch,
        parcels=lifecycle.parcels_of(dispatch),
        table=table,
        rows=upload.packed(table) if table else "",
        fields=FIELDS.items(),
        offered=offered_columns(table, chosen.values()) if table else [],
        chosen=chosen,
        **more,
    )
