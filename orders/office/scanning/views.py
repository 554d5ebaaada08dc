"""The scanner's pages, one for each kind of work: they say what a slip is, and do its next step."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from orders.clock import now
from orders.database import transact
from orders.errors import DomainError, Refused
from orders.office.access import actor, needs
from orders.office.scanning import messages
from orders.office.url_converters import chosen_row
from orders.ordering.lifecycle import fulfilment
from orders.ordering.models import Order
from orders.shipping import returns, scanning
from orders.shipping.models import Parcel
from orders.shipping.return_models import POSTAL_REASONS, NothingPosted, ReturnReason, WhichParcel
from orders.shipping.scanning import Outcome, Verdict
from orders.staff.models import StaffRole
from orders.wording import sentence

pages = Blueprint("scanning", __name__, url_prefix="/shipping/scan")


@pages.route("", methods=["GET", "POST"])
@needs(StaffRole.VOLUNTEER)
def pack() -> ResponseReturnValue:
    """Each slip that is scanned has its parcel packed; of a pickup, another edition and so on it says what it is."""
    if request.method == "GET":
        return _page("pack")
    try:
        outcome = transact(scanning.pack, _typed(), at=now(), by=actor(), sequence=_number("sequence"))
    except DomainError:  # closed, undone or taken apart at this very moment: what it is now
        outcome = scanning.identify(_typed(), at=now())
    return _answer("pack", outcome)


@pages.route("/look", methods=["GET", "POST"])
@needs(StaffRole.VOLUNTEER)
def look() -> ResponseReturnValue:
    """What a slip is, changing nothing."""
    if request.method == "GET":
        return _page("look")
    return _answer("look", scanning.identify(_typed(), at=now(), sequence=_number("sequence")))


@pages.route("/pickup", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def pickup() -> ResponseReturnValue:
    """Each order that is scanned is handed over to whoever fetches it."""
    if request.method == "GET":
        return _page("pickup")
    outcome = scanning.identify(_typed(), at=now())
    if outcome.verdict is Verdict.TO_HAND_OVER and outcome.order is not None:
        outcome = _hand_over(outcome.order)
    elif outcome.verdict in (Verdict.NOT_IN_A_DISPATCH, Verdict.TO_PACK, Verdict.ALREADY_PACKED, Verdict.WHICH_PARCEL):
        outcome = Outcome(Verdict.NOT_FOR_PICKUP, outcome.order)
    return _answer("pickup", outcome)


def _hand_over(order: Order) -> Outcome:
    try:
        handed = transact(fulfilment.hand_over, order.reference, at=now(), by=actor())
    except Refused:  # somebody else handed it over at this very moment
        return scanning.identify(_typed(), at=now())
    return Outcome(Verdict.HANDED_OVER, handed)


@pages.route("/return", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def came_back() -> ResponseReturnValue:
    """Each parcel that is scanned came back: `reason`, and `place` (`shelf` or `lost`) for its copies."""
    if request.method == "GET":
        return _page("return")
    outcome = scanning.identify(_typed(), at=now())
    reason = next((each for each in POSTAL_REASONS if each.value == request.form.get("reason")), None)
    if outcome.order is None:
        return _answer("return", outcome)
    if reason is None:
        return _page("return", missing_reason=True), 422
    return _take_back(outcome, reason)


def _take_back(seen: Outcome, reason: ReturnReason) -> ResponseReturnValue:
    assert seen.order is not None
    named = scanning.scanned_parcel(_typed())
    try:
        taken = transact(
            returns.take_back,
            seen.order.reference,
            reason=reason,
            lost=request.form.get("place") == "lost",
            part=scanning.read_scan(_typed()).part,
            parcel_id=named.id if named else _number("parcel"),
            at=now(),
            by=actor(),
        )
        verdict = Verdict.ALREADY_CAME_BACK if taken.known else Verdict.CAME_BACK
        return _answer("return", Outcome(verdict, taken.order, [taken.parcel]))
    except WhichParcel as refusal:
        return _answer("return", Outcome(Verdict.WHICH_PARCEL, seen.order, refusal.parcels))
    except NothingPosted:
        return _answer("return", Outcome(Verdict.NOT_POSTED, seen.order))
    except Refused as refusal:
        return _answer("return", Outcome(Verdict.NOT_POSTED, seen.order), said=sentence(refusal))


def _typed() -> str:
    return request.form.get("reference", "")


def _number(field: str) -> int | None:
    return chosen_row(request.form.get(field, ""))


def _answer(mode: str, outcome: Outcome, said: str = "") -> ResponseReturnValue:
    parcels: list[Parcel] = list(outcome.parcels)
    tone = messages.tone(outcome)
    page = _page(
        mode,
        outcome=outcome,
        tone=tone.value,
        title=messages.title(outcome),
        advice=said or messages.advice(outcome),
        parcel=parcels[0] if len(parcels) == 1 and outcome.verdict is not Verdict.WHICH_PARCEL else None,
        choices=parcels if outcome.verdict is Verdict.WHICH_PARCEL else [],
    )
    return page, messages.STATUS.get(tone, 200)


def _page(mode: str, **more: object) -> str:
    return render_template(
        "office/shipping/scan.html",
        mode=mode,
        reasons=POSTAL_REASONS,
        reason=request.form.get("reason", ""),
        place=request.form.get("place", "shelf"),
        typed=_typed() if request.method == "POST" else "",
        **more,
    )
