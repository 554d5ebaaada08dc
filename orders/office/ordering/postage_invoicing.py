"""Postage to invoice: listed by period, taken away as a file, marked once it is invoiced."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from orders.clock import BRUSSELS, local_day, now
from orders.database import transact
from orders.days import read_day
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference
from orders.office.ordering.blueprint import pages
from orders.office.table_download import table_answer
from orders.ordering.followup import postage_invoicing
from orders.ordering.followup.postage_invoicing import Invoice, Period
from orders.shipping.models import NothingChosen
from orders.spreadsheets import Cell
from orders.staff.models import StaffRole
from orders.wording import number, word

MOST_SHOWN = 500
FILTERS = ("since", "until", "invoiced")
STATES = {"0": False, "1": True}
HEADER = (
    "reference",
    "placed_at",
    "status",
    "organisation",
    "name",
    "email",
    "billing_name",
    "billing_address",
    "purchase_order",
    "accepted_eur",
    "boxes",
    "posted_eur",
    "postage_eur",
    "invoiced_at",
    "invoiced_eur",
)


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
    return table_answer(f"port-a-facturer-{local_day(now())}", ending, HEADER, rows, about="report postage")


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


def _cells(invoice: Invoice) -> list[Cell]:
    order = invoice.order
    return [
        order.shown_reference,
        order.placed_at.astimezone(BRUSSELS).strftime("%Y-%m-%d"),
        word(order.status),
        order.organisation,
        order.name,
        order.email,
        order.billing_name,
        order.billing_address,
        order.purchase_order,
        _euros(invoice.accepted),
        invoice.boxes,
        _euros(invoice.posted),
        _euros(invoice.due),
        order.invoiced_at.astimezone(BRUSSELS).strftime("%Y-%m-%d") if order.invoiced_at else "",
        _euros(order.invoiced_cents),
    ]


def _euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}"
