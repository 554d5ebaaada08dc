"""Scarce copies: rules side by side, and applying one."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.forms import number_in_range, whole_number
from orders.ordering.allocation.sharing_rules import Shares, SharingRule
from orders.ordering.queue import rationing
from orders.ordering.queue.rationing import LARGEST_MINIMUM, Demand
from orders.staff.models import StaffRole
from orders.stock import expected_deliveries
from orders.wording import number, sentence

pages = Blueprint("sharing", __name__, url_prefix="/<code>/share")

A_CLASS = 25  # copies that are proposed as a minimum for every school
MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule would do: shares by order id, how many orders get all, a part or nothing, and whose share changes."""

    rule: SharingRule
    shares: Shares
    whole: int
    part: int
    none: int
    schools_without: int
    changed: int


@pages.get("")
@needs(StaffRole.COORDINATOR)
def index(code: str) -> str:
    """Who gets what under each rule; `minimum` is what every school gets first under that one."""
    found = edition_lookup.get_publication(code)
    demand = rationing.read_demand(found)
    minimum = _minimum(request.args.get("minimum", ""))
    return render_template(
        "office/stock/share.html",
        publication=found,
        demand=demand,
        minimum=minimum,
        outcomes=[_outcome(rule, demand, minimum) for rule in SharingRule],
        most=MOST_ROWS,
        expected_on=expected_deliveries.expected_on([found.id], local_day(now())).get(found.id),
    )


@pages.post("")
@needs(StaffRole.COORDINATOR)
def apply(code: str) -> ResponseReturnValue:
    """Apply the chosen `rule` to the demand that was shown (`seen`), or say that it has changed."""
    found = edition_lookup.get_publication(code)
    minimum = number_in_range(request.form.get("minimum", ""), 1, LARGEST_MINIMUM) or A_CLASS
    rule = next((each for each in SharingRule if each.value == request.form.get("rule")), None)
    try:
        if rule is None:
            flash(gettext("Choisissez une façon de partager."), "refused")
            return redirect(url_for(".index", code=code, minimum=minimum), 303)
        told = transact(
            rationing.apply,
            found,
            rule,
            minimum=minimum,
            seen=request.form.get("seen", ""),
            at=now(),
            by=actor(),
        )
        flash(
            ngettext(
                "C’est partagé : une commande reçoit une autre part. Un e-mail le dit, si elle en a un.",
                "C’est partagé : %(orders)s commandes reçoivent une autre part. "
                "Un e-mail le dit à celles qui en ont un.",
                len(told),
                orders=number(len(told)),
            ),
            "done",
        )
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".index", code=code, minimum=minimum), 303)


def _minimum(typed: str) -> int:
    copies = whole_number(typed)
    return copies if copies is not None and 0 < copies <= LARGEST_MINIMUM else A_CLASS


def _outcome(rule: SharingRule, demand: Demand, minimum: int) -> Outcome:
    shares = demand.shares(rule, minimum)
    asks = demand.asks
    return Outcome(
        rule,
        shares,
        whole=sum(shares[ask.order_id] == ask.copies for ask in asks),
        part=sum(0 < shares[ask.order_id] < ask.copies for ask in asks),
        none=sum(not shares[ask.order_id] for ask in asks),
        schools_without=sum(ask.is_school and not shares[ask.order_id] + ask.had for ask in asks),
        changed=sum(shares[ask.order_id] != ask.held for ask in asks),
    )
