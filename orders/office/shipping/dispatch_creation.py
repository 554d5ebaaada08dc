"""Making a dispatch of ready orders. When somebody else took some of them first, the rest is offered instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.idempotency import LONGEST_KEY, SubmittedOtherwise, new_key
from orders.office.access import actor, needs
from orders.office.forms import number_in_range, read_typed_reference
from orders.office.shipping.blueprint import pages
from orders.office.url_converters import LARGEST
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import READY_TO_POST, Filter, filter_to_act_on, that_may_be_posted
from orders.shipping.dispatches import creation
from orders.shipping.models import Dispatch, MeanwhileChanged, NothingChosen, NotReady
from orders.staff.models import StaffRole
from orders.wording import sentence

MOST_IN_ONE = 100_000
NOT_ASKED = ("csrf_token", "submission")


@dataclass(frozen=True, slots=True)
class Offer:
    """A dispatch that can be made instead: of these `references`, or of the first ones that `wanted` finds now.

    `ready` is how many it finds, `orders` how many would enter the dispatch, `limit` what was asked for.
    """

    orders: int
    references: Sequence[str] = ()
    wanted: Filter | None = None
    ready: int = 0
    limit: int | None = None


@pages.post("/new")
@needs(StaffRole.OFFICE)
def new() -> ResponseReturnValue:
    """Make a dispatch: of the references chosen, or with `all=1` of everything ready that the filter finds.

    `expected` is how many of them were shown, `limit` how many to take at most.
    """
    try:
        dispatch = _make(request.form.get("submission", "")[:LONGEST_KEY] or None)
    except Refused as refusal:
        offer = _instead() if isinstance(refusal, NotReady | MeanwhileChanged | SubmittedOtherwise) else None
        page = render_template(
            "office/shipping/refused.html", sentence=sentence(refusal), offer=offer, submission=new_key()
        )
        return page, 409
    flash(gettext("L’envoi %(id)s est prêt à imprimer.", id=dispatch.id), "done")
    return redirect(url_for(".dispatch", dispatch_id=dispatch.id), 303)


def _make(submission: str | None) -> Dispatch:
    """The dispatch. What was found when the form was sent first is not looked for again when it comes twice."""
    asked = sorted((name, value) for name, value in request.form.items(multi=True) if name not in NOT_ASKED)
    if done := creation.find_submitted(submission, asked):
        return done
    return transact(
        creation.make,
        _everything_found() if request.form.get("all") == "1" else _chosen(),
        at=now(),
        by=actor(),
        has_labels=request.form.get("window") != "1",
        submission=submission,
        asked=asked,
    )


def _chosen() -> list[str]:
    return [read_typed_reference(typed) for typed in request.form.getlist("reference")]


def _everything_found() -> list[str]:
    """What the filter of the form finds among the orders that may go, if it is still as many as was shown."""
    wanted, limit = _wanted(), _limit()
    expected = number_in_range(request.form.get("expected", ""), 0, LARGEST)
    total = search.count(wanted)
    if expected is not None and expected != total:
        raise MeanwhileChanged(expected, total)
    return list(search.references(wanted, limit))


def _wanted() -> Filter:
    wanted = that_may_be_posted(filter_to_act_on(request.form.to_dict()))
    if wanted is None:
        raise NothingChosen
    return wanted


def _limit() -> int | None:
    return number_in_range(request.form.get("limit", ""), 1, MOST_IN_ONE)


def _instead() -> Offer | None:
    """Of the orders chosen those that may still go; where none is left, as many of the next ones."""
    if request.form.get("all") == "1":
        return _next_ones(_wanted(), _limit())
    chosen = _chosen()
    if left := [order.reference for order in search.chosen(chosen) if creation.may_be_dispatched(order)]:
        return Offer(len(left), references=left)
    return _next_ones(READY_TO_POST, len(chosen))


def _next_ones(wanted: Filter, limit: int | None) -> Offer | None:
    ready = search.count(wanted)
    orders = ready if limit is None else min(limit, ready)
    return Offer(orders, wanted=wanted, ready=ready, limit=limit) if ready else None
