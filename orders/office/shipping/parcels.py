"""One parcel of an open dispatch: what lies in it, changed by hand."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.forms import whole_number
from orders.office.shipping.blueprint import pages
from orders.office.url_converters import chosen_row, row_number
from orders.packing.tariff import read_tariff
from orders.shipping.dispatches import lifecycle, overview, repacking
from orders.shipping.models import ContentsChanged, DispatchEnded, DispatchState
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.get("/<int:dispatch_id>/parcels/<int:sequence>")
@needs(StaffRole.VOLUNTEER)
def parcel(dispatch_id: int, sequence: int) -> str:
    """What lies in a parcel, and the ways to change it while the dispatch is open."""
    return _parcel_page(dispatch_id, sequence)


@pages.post("/<int:dispatch_id>/parcels/<int:sequence>/move")
@needs(StaffRole.VOLUNTEER)
def move_copies(dispatch_id: int, sequence: int) -> ResponseReturnValue:
    """Take `copies` of a `line` out, and put them into the parcel `to`, or into a new one."""
    line = row_number(request.form.get("line", ""))
    copies, to = whole_number(request.form.get("copies", "")), chosen_row(request.form.get("to", ""))
    return _do(dispatch_id, sequence, repacking.move_copies, line, copies, to)


@pages.post("/<int:dispatch_id>/parcels/<int:sequence>/packaging")
@needs(StaffRole.VOLUNTEER)
def change_packaging(dispatch_id: int, sequence: int) -> ResponseReturnValue:
    """Another envelope or box: `packaging`."""
    return _do(dispatch_id, sequence, repacking.change_packaging, request.form.get("packaging", ""))


@pages.post("/<int:dispatch_id>/parcels/<int:sequence>/share")
@needs(StaffRole.VOLUNTEER)
def share(dispatch_id: int, sequence: int) -> ResponseReturnValue:
    """Everything that goes to this address, together."""
    return _do(dispatch_id, sequence, repacking.share)


@pages.post("/<int:dispatch_id>/parcels/<int:sequence>/separate")
@needs(StaffRole.VOLUNTEER)
def separate(dispatch_id: int, sequence: int) -> ResponseReturnValue:
    """Each order by itself again."""
    return _do(dispatch_id, sequence, repacking.separate)


def _do(dispatch_id: int, sequence: int, rule: Callable[..., object], *asked: object) -> ResponseReturnValue:
    """Run a rule with what every form here has; where it says no, the page again with why."""
    version = whole_number(request.form.get("version", ""))
    try:
        transact(rule, dispatch_id, sequence, *asked, version=version, at=now(), by=actor())
    except (ContentsChanged, DispatchEnded) as refusal:
        flash(sentence(refusal), "refused")
        return redirect(url_for(".dispatch", dispatch_id=dispatch_id, show=sequence, _anchor=f"pli-{sequence}"), 303)
    except Refused as refusal:
        return _parcel_page(dispatch_id, sequence, error=sentence(refusal)), 422
    flash(gettext("Les plis sont changés. Ce qui était imprimé et ne l’est plus comme il faut est en rouge."), "done")
    return redirect(url_for(".dispatch", dispatch_id=dispatch_id, show=sequence, _anchor=f"pli-{sequence}"), 303)


def _parcel_page(dispatch_id: int, sequence: int, error: str = "") -> str:
    dispatch = lifecycle.get_dispatch(dispatch_id)
    found = lifecycle.get_parcel(dispatch_id, sequence)
    mates = overview.numbered(dispatch, overview.same_address(dispatch, [found]).get(sequence, ()))
    return render_template(
        "office/shipping/parcel.html",
        dispatch=dispatch,
        parcel=found,
        is_open=dispatch.state is DispatchState.OPEN,
        others=sorted({*mates, *overview.of_same_orders(found)}, key=lambda each: each.sequence),
        mates=mates,
        packagings=read_tariff().packagings,
        error=error,
    )
