"""Acting on many orders: those that were ticked, or all that match; how many is shown, frozen and confirmed first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from orders.clock import now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.forms import number_in_range, read_typed_reference
from orders.office.ordering.blueprint import pages
from orders.office.url_converters import LARGEST
from orders.ordering.lifecycle import bulk
from orders.ordering.lifecycle.cancellation import CANCELLABLE
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import Filter, filter_to_act_on, that_are
from orders.ordering.models import OrderStatus
from orders.references import show_reference
from orders.shipping.models import MeanwhileChanged, NothingChosen
from orders.staff.models import StaffRole
from orders.wording import number, sentence

MOST_EXPLAINED = 5


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an action would touch: `references`, of them `copies` set aside, and `others` to which it does not apply.

    `wanted` is the filter, where all that match were chosen.
    """

    references: Sequence[str]
    copies: int
    others: int
    wanted: Filter | None


@pages.post("/cancel")
@needs(StaffRole.OFFICE)
def cancel_together() -> ResponseReturnValue:
    """Cancel what was chosen, once it is confirmed."""
    return _act("cancel", bulk.cancel, CANCELLABLE, _cancelled)


@pages.post("/accept")
@needs(StaffRole.COORDINATOR)
def accept_together() -> ResponseReturnValue:
    """Accept what was chosen of the pending orders, as they were asked for, once it is confirmed."""
    return _act("accept", bulk.accept, (OrderStatus.PENDING,), _accepted)


def _act(
    action: str,
    rule: Callable[..., bulk.Outcome],
    statuses: tuple[OrderStatus, ...],
    said: Callable[[int], str],
) -> ResponseReturnValue:
    chosen = _chosen(statuses)
    expected = number_in_range(request.form.get("expected", ""), 0, LARGEST)
    if expected is None or expected != len(chosen.references):
        changed = MeanwhileChanged(expected, len(chosen.references)) if expected is not None else None
        page = render_template(
            "office/ordering/confirm.html",
            action=action,
            chosen=chosen,
            total=len(chosen.references),
            changed=sentence(changed) if changed else "",
        )
        return page, 409 if changed else 200
    outcome = transact(rule, chosen.references, at=now(), by=actor())
    flash(said(len(outcome.done)), "done")
    for reference, refusal in outcome.refused[:MOST_EXPLAINED]:
        flash(f"{show_reference(reference)}\u00a0: {sentence(refusal)}", "refused")
    arguments: dict[str, Any] = chosen.wanted.as_arguments() if chosen.wanted else {}
    return redirect(url_for(".index", **arguments), 303)


def _chosen(statuses: tuple[OrderStatus, ...]) -> Chosen:
    """What the form chose. Refuses with `NothingChosen` when it chose nothing at all."""
    if request.form.get("all") == "1":
        wanted = filter_to_act_on(request.form.to_dict())
        applies = that_are(wanted, statuses)
        references = search.references(applies)
        return Chosen(references, search.copies_held(applies), search.count(wanted) - len(references), wanted)
    typed = [read_typed_reference(each) for each in request.form.getlist("reference")]
    if not typed:
        raise NothingChosen
    orders = search.chosen(typed)
    applies_to = [order for order in orders if order.status in statuses]
    copies = sum(line.reserved for order in applies_to for line in order.lines)
    return Chosen([order.reference for order in applies_to], copies, len(orders) - len(applies_to), None)


def _cancelled(orders: int) -> str:
    return ngettext("%(orders)s commande annulée.", "%(orders)s commandes annulées.", orders, orders=number(orders))


def _accepted(orders: int) -> str:
    return ngettext("%(orders)s commande acceptée.", "%(orders)s commandes acceptées.", orders, orders=number(orders))
