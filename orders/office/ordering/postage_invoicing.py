"""Postage to invoice: listed by period, taken away as a file, marked once it is invoiced."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from orders.clock import local_day, now
from orders.database import transact
from orders.days import read_day
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference
from orders.office.ordering.blueprint import pages
from orders.office.table_download import table_answer
from orders.ordering.followup import postage_invoicing
from orders.ordering.followup.postage_invoicing import Invoice, Period
from orders.shipping.models import NothingChosen
from orders.spreadsheets import Cell, Column, Kind
from orders.staff.models import StaffRole
from orders.wording import number, word

MOST_SHOWN = 500
FILTERS = ("since", "until", "invoiced")
STATES = {"0": False, "1": True}


@pages.get("/postage")
@needs(StaffRole.OFFICE)
def postage() -> str:
    """Orders of which boxes were posted, placed in a period (`since`, `until`), `invoiced=0`, `1` or all."""
    period, arguments = _asked()
    return render_template(
        "office/ordering/postage.html",
        invoices=postage_invoicing.find(period, MOST_SHOWN),
        total=postage_invoicing.total(period),
        expected=postage_invoicing.expected(period),
        arguments=arguments,
        most=MOST_SHOWN,
    )


@pages.get("/postage.<ending>")
@needs(StaffRole.OFFICE)
def postage_file(ending: str) -> ResponseReturnValue:
    """The same orders, all of them, as CSV or XLSX."""
    period, _ = _asked()
    rows = map(_cells, postage_invoicing.find(period))
    return table_answer(
        gettext("port-a-facturer-%(day)s", day=local_day(now())),
        ending,
        _header(),
        rows,
        about="report postage",
        title=gettext("Port à facturer"),
    )


@pages.post("/postage")
@needs(StaffRole.OFFICE)
def mark_postage() -> ResponseReturnValue:
    """Note the ticked orders as invoiced; with `invoiced=0` as not invoiced after all."""
    ticked = [read_typed_reference(each) for each in request.form.getlist("reference")]
    if not ticked:
        raise NothingChosen
    invoiced = request.form.get("invoiced", "1") != "0"
    changed = transact(postage_invoicing.mark, ticked, invoiced=invoiced, at=now(), by=actor())
    if invoiced:
        said = ngettext(
            "%(orders)s commande facturée.", "%(orders)s commandes facturées.", changed, orders=number(changed)
        )
    else:
        said = ngettext(
            "%(orders)s commande de nouveau à facturer.",
            "%(orders)s commandes de nouveau à facturer.",
            changed,
            orders=number(changed),
        )
    flash(said, "done")
    arguments: dict[str, Any] = {
        name: request.form[f"shown-{name}"] for name in FILTERS if request.form.get(f"shown-{name}")
    }
    return redirect(url_for(".postage", **arguments), 303)


def _asked() -> tuple[Period, dict[str, str]]:
    """The period in the address, and the arguments of the address that are valid."""
    typed = {name: request.args.get(name, "").strip() for name in FILTERS}
    days = {name: read_day(typed[name]) for name in ("since", "until")}
    period = Period(**days, invoiced=STATES.get(typed["invoiced"]))
    known = {name: day.isoformat() for name, day in days.items() if day}
    return period, known | ({"invoiced": typed["invoiced"]} if typed["invoiced"] in STATES else {})


def _header() -> list[Column]:
    """The names that CSV has are the same in each language, for programs; workbooks are read by people."""
    return [
        Column("reference", shown=gettext("Référence")),
        Column("placed_at", Kind.DAY, shown=gettext("Passée le")),
        Column("status", shown=gettext("État")),
        Column("organisation", shown=gettext("Organisation")),
        Column("name", shown=gettext("Nom")),
        Column("email", shown=gettext("E-mail")),
        Column("billing_name", shown=gettext("Facturer à")),
        Column("billing_address", shown=gettext("Adresse de facturation")),
        Column("purchase_order", shown=gettext("Bon de commande")),
        Column("accepted_eur", Kind.MONEY, total=True, shown=gettext("Port accepté")),
        Column("boxes", Kind.COUNT, total=True, shown=gettext("Colis")),
        Column("posted_eur", Kind.MONEY, total=True, shown=gettext("Port payé")),
        Column("postage_eur", Kind.MONEY, total=True, shown=gettext("À facturer")),
        Column("invoiced_at", Kind.DAY, shown=gettext("Facturé le")),
        Column("invoiced_eur", Kind.MONEY, total=True, shown=gettext("Montant facturé")),
    ]


def _cells(invoice: Invoice) -> list[Cell]:
    order = invoice.order
    return [
        order.shown_reference,
        local_day(order.placed_at),
        word(order.status),
        order.organisation,
        order.name,
        order.email,
        order.billing_name,
        invoice.billing_address,
        order.purchase_order,
        invoice.accepted,
        invoice.boxes,
        invoice.posted,
        invoice.due,
        local_day(order.invoiced_at) if order.invoiced_at else None,
        order.invoiced_cents,
    ]
