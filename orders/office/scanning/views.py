"""The scanner's pages, one for each kind of work: they say what a slip is, and do its next step."""

from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from orders.clock import now
from orders.database import transact
from orders.errors import DomainError, Refused
from orders.office.access import actor, needs
from orders.office.scanning import messages
from orders.office.url_converters import chosen_row
from orders.ordering.followup import handed_over
from orders.ordering.lifecycle import fulfilment
from orders.ordering.models import Order
from orders.shipping import returns, scanning
from orders.shipping.dispatches import packing_marks
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
    mark = packing_marks.mark_of(outcome.parcels[0]) if outcome.verdict is Verdict.PACKED else ""
    return _answer("pack", outcome, mark=mark)


@pages.post("/undo")
@needs(StaffRole.VOLUNTEER)
def undo_pack() -> ResponseReturnValue:
    """Take back that the parcel `sequence` of a `dispatch` was packed, if nobody has changed it since (`mark`)."""
    where = (_number("dispatch") or 0, _number("sequence") or 0)
    try:
        parcel = transact(packing_marks.undo, *where, mark=request.form.get("mark", ""), at=now(), by=actor())
        return _answer("pack", Outcome(Verdict.TAKEN_BACK, parcel.orders[0], [parcel]))
    except DomainError as refusal:
        return _answer("pack", scanning.identify(_typed(), at=now()), said=sentence(refusal))


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
    outcome, at = scanning.identify(_typed(), at=now()), now()
    if outcome.verdict is Verdict.TO_HAND_OVER and outcome.order is not None:
        outcome = _hand_over(outcome.order, at)
    elif outcome.verdict in (Verdict.NOT_IN_A_DISPATCH, Verdict.TO_PACK, Verdict.ALREADY_PACKED, Verdict.WHICH_PARCEL):
        outcome = Outcome(Verdict.NOT_FOR_PICKUP, outcome.order)
    return _answer("pickup", outcome, mark=at.isoformat() if outcome.verdict is Verdict.HANDED_OVER else "")


@pages.post("/pickup/undo")
@needs(StaffRole.OFFICE)
def undo_pickup() -> ResponseReturnValue:
    """Take back that an order was handed over, if it has not changed since (`mark`)."""
    try:
        order = transact(handed_over.undo, _typed(), mark=request.form.get("mark", ""), at=now(), by=actor())
        return _answer("pickup", Outcome(Verdict.TAKEN_BACK, order))
    except DomainError as refusal:
        return _answer("pickup", scanning.identify(_typed(), at=now()), said=sentence(refusal))


def _hand_over(order: Order, at: datetime) -> Outcome:
    try:
        handed = transact(fulfilment.hand_over, order.reference, at=at, by=actor())
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


def _answer(mode: str, outcome: Outcome, said: str = "", mark: str = "") -> ResponseReturnValue:
    parcels: list[Parcel] = list(outcome.parcels)
    tone = messages.tone(outcome)
    page = _page(
        mode,
        outcome=outcome,
        tone=tone.value,
        title=messages.title(outcome),
        advice=said or messages.advice(outcome),
        mark=mark,
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
