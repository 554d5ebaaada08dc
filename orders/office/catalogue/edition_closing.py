"""Opening and closing an edition by hand, before its days do it; archiving it, and bringing it back."""

from collections.abc import Callable
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import editing, edition_lookup
from orders.catalogue.models import Edition
from orders.clock import local_day, now
from orders.database import transact
from orders.days import read_day
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.catalogue.blueprint import pages
from orders.office.forms import whole_number
from orders.ordering.season import closing
from orders.ordering.season.closing import Decision, OrdersStillOpen, WhatBecomes
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.post("/<int:year>/open")
@needs(StaffRole.COORDINATOR)
def open_now(year: int) -> ResponseReturnValue:
    """Take orders from now on, until the day that is planned or another one (`closes_on`)."""
    typed = request.form.get("closes_on", "").strip()
    until = read_day(typed)
    try:
        if typed and until is None:
            raise editing.LastDayOver(year)
        transact(editing.open_edition, year, until=until, at=now(), by=actor())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    else:
        flash(gettext("L’édition est ouverte."), "done")
    return redirect(url_for(".edition", year=year), 303)


@pages.route("/<int:year>/close", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def close(year: int) -> ResponseReturnValue:
    """Take no more orders from now on; asks what becomes of orders that are still open."""
    done = gettext("L’édition est fermée : elle ne prend plus de commandes.")
    return _ending(year, "office/catalogue/close.html", closing.close_edition, done)


@pages.route("/<int:year>/archive", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def archive(year: int) -> ResponseReturnValue:
    """Take an edition off the public pages; asks what becomes of orders that are still open."""
    done = gettext("L’édition est archivée : elle reste lisible ici.")
    return _ending(year, "office/catalogue/archive.html", closing.archive_edition, done)


@pages.post("/<int:year>/bring-back")
@needs(StaffRole.COORDINATOR)
def bring_back(year: int) -> ResponseReturnValue:
    """An archived edition is back; its days say whether it is open."""
    transact(editing.bring_back_edition, year, at=now(), by=actor())
    flash(gettext("L’édition n’est plus archivée."), "done")
    return redirect(url_for(".edition", year=year), 303)


def _ending(year: int, template: str, rule: Callable[..., Edition], done: str) -> ResponseReturnValue:
    found = edition_lookup.get_edition(year)
    page = partial(_ending_page, template, found)
    if request.method == "GET":
        return page()
    try:
        transact(rule, year, decision=_decision(), at=now(), by=actor())
    except OrdersStillOpen as refusal:
        return page(sentence(refusal)), 422
    flash(done, "done")
    return redirect(url_for(".edition", year=year), 303)


def _decision() -> Decision | None:
    becomes = next((each for each in WhatBecomes if each.value == request.form.get("open_orders")), None)
    expected = whole_number(request.form.get("expected", ""))
    return Decision(becomes, expected) if becomes and expected is not None else None


def _ending_page(template: str, found: Edition, error: str = "") -> str:
    return render_template(
        template,
        edition=found,
        asked=closing.open_orders(found),
        choices=WhatBecomes,
        error=error,
        today=local_day(now()),
    )
