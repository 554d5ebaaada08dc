"""Placing an order: the one rule behind the public form, the office's form and the import."""

import secrets
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from orders import idempotency
from orders.addresses import PostalAddress
from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition, Publication
from orders.clock import local_day
from orders.database import db
from orders.ordering.allocation import reservations
from orders.ordering.allocation.reservations import Taken
from orders.ordering.allocation.shared_shelf import SharedShelf
from orders.ordering.lifecycle import accepted_postage
from orders.ordering.lifecycle.parcel_addresses import refuse_parcel_to_po_box
from orders.ordering.models import Order, OrderLine
from orders.ordering.notifications import notify
from orders.ordering.refusals import NotOrderable, OrderingClosed
from orders.ordering.request.offer import Offer, current_offer, recent_offer
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.allowances import Orderer
from orders.ordering.review.institutions import recognise
from orders.ordering.review.matching import address_key
from orders.ordering.review.organisation_names import organisation_key
from orders.ordering.review.review import review
from orders.ordering.search_text import searchable
from orders.packing.postage import Charge
from orders.packing.tariff import Tariff
from orders.references import make_reference
from orders.rows import quick_rows
from orders.rows.kept_rows import attached
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import ledger


def place(request: OrderRequest, *, at: datetime, by: Actor, beyond: str = "") -> Order:
    """Keep an order, reserve all of it that may go now, and post its confirmation.

    One that a coordinator must decide about (`review.review`) is pending and reserves nothing yet. The same
    `submission` again returns the order that it made the first time. Refuses with `OrderingClosed`, `NotOrderable`,
    `ParcelToPoBox`, `OverAllowance`, `LooksRepeated`, `SubmittedOtherwise`, and with `OutOfStock` when the orderer
    wants only what is there and nothing is.
    `beyond`: why a coordinator places it past every limit; kept with the order, not in the journal.
    """
    day = local_day(at)
    edition = recent_offer().open_edition(day) or current_offer().open_edition(day)
    if edition is None:
        raise OrderingClosed(None)
    ledger.lock_stock([edition.id])
    if not idempotency.submit(request.submission, contents(request), at=at):
        return get_submitted(request.submission)
    offer = current_offer()  # it may have changed while this waited for the lock
    edition = still_open(edition, offer, day)
    publications = {each.code: each for each in edition_lookup.orderable(edition)}
    refuse_unknown(request, publications)
    refuse_parcel_to_po_box(request, publications)
    request, is_unsure = recognise(request)
    orderer = Orderer.of(request)
    reasons = [] if beyond else review(request, edition.id, publications, is_public=by.is_public, orderer=orderer)
    order = draw_up(request, edition, orderer, request.reference or make_reference(), at=at, by=by)
    set_committed_value(order, "edition", attached(edition))
    order.review_reasons = [reason.value for reason in reasons]
    order.decision_reason = beyond
    order.institution_unsure = is_unsure
    order.lines = [new_line(attached(publications[code]), copies) for code, copies in request.copies.items()]
    taken = start(order, request.accepted_postage, offer.tariff, at=at)
    _write(order, is_named=bool(request.reference))
    reservations.move_to_reserved(taken, at=at)
    if not order.sent_before_pli:
        notify(order, first_mail(order), at=at)
    journal.record("placed", f"order {order.reference}", at=at, by=by, after={"copies": dict(request.copies)})
    if beyond:
        journal.record("went beyond limits", f"order {order.reference}", at=at, by=by)
    return order


def still_open(edition: Edition, offer: Offer, day: date) -> Edition:
    """The edition as it is offered now."""
    same = next((each for each in offer.open_editions(day) if each.id == edition.id), None)
    if same is None:
        raise OrderingClosed(edition)
    return same


def start(
    order: Order, shown: Charge | None, tariff: Tariff, *, at: datetime, shelf: SharedShelf | None = None
) -> Taken:
    """Set the first status of a new order (pending, served at once, or sent before Pli) and its accepted postage.

    All of it is decided before the order is kept, so that each row is written once. Returns what it takes from the
    shelf. `shelf`: what is there, where it is known already.
    """
    taken: Taken = ()
    order.accepted_at = None if order.review_reasons else at
    if order.sent_before_pli:
        for line in order.lines:
            line.sent = line.copies
    elif order.accepted_at:
        taken = shelf.decide(order) if shelf else reservations.decide(order)
    order.update_status()
    accepted_postage.accept(order, shown, tariff, shelf.free_copies if shelf else None)
    return taken


def first_mail(order: Order) -> str:
    """The kind of the mail that a new order begins with."""
    return "order_confirmed" if order.accepted_at else "order_pending"


def _write(order: Order, *, is_named: bool) -> None:
    """Write the order and its lines. Another reference is made where one is taken, unless the request named it."""
    if is_named:
        quick_rows.write([order])
    else:
        while not quick_rows.write_unless_taken(order, "reference"):
            order.reference = make_reference()
    for line in order.lines:
        line.order_id = order.id
    quick_rows.write(order.lines)
    db.session.add(order)


def find_submitted(request: OrderRequest) -> Order | None:
    """The order that this form has already made. Refuses with `SubmittedOtherwise` if it asked something else."""
    is_there = idempotency.is_submitted(request.submission, contents(request))
    return get_submitted(request.submission) if is_there else None


def get_submitted(submission: str | None) -> Order:
    """The order that a form with this key has made."""
    return db.session.scalars(select(Order).where(Order.submission == submission)).one()


def contents(request: OrderRequest) -> dict[str, object]:
    """What is asked for: not in which language, nor which questions were answered on the way."""
    asked = {name: getattr(request, name) for name in _ASKED}
    return asked | {"address": request.address.by_field(), "news_text": bool(request.news_text)}


_NOT_ASKED = {"submission", "language", "placed_at", "confirmed", "accepted_postage"}
_ASKED = [each.name for each in fields(OrderRequest) if each.name not in _NOT_ASKED]


def refuse_unknown(request: OrderRequest, publications: Mapping[str, Publication]) -> None:
    """Refuse with `NotOrderable` what is not among these publications, by code."""
    if unknown := [code for code in request.copies if code not in publications]:
        raise NotOrderable(unknown)


def new_line(publication: Publication, copies: int) -> OrderLine:
    none = dict.fromkeys(("reserved", "sent", "given_up", "later"), 0)
    line = quick_rows.new(OrderLine, publication_id=publication.id, copies=copies, **none)
    set_committed_value(line, "publication", publication)
    return line


def draw_up(
    request: OrderRequest, edition: Edition, orderer: Orderer, reference: str, *, at: datetime, by: Actor
) -> Order:
    """The order that is asked for, without lines and status, not kept yet."""
    return quick_rows.new(
        Order,
        **request.address.by_field(),
        reference=reference,
        link_nonce=secrets.token_urlsafe(12),
        edition_id=edition.id,
        submission=request.submission,
        audience=request.audience,
        delivery=request.delivery,
        when_short=request.when_short,
        language=request.language,
        needed_by=request.needed_by,
        door=by.door,
        email=request.email,
        phone=request.phone,
        message=request.message,
        news_text=request.news_text,
        search=searchable(request.address, request.email),
        gathering_on=request.gathering_on,
        people=request.people,
        repeat_reason=request.reason,
        billing_name=request.billing_name,
        billing_address=request.billing_address,
        purchase_order=request.purchase_order,
        institution=request.institution,
        email_key=orderer.email_key,
        address_key=orderer.address_key,
        organisation_key=organisation_key(request.address.organisation),
        placed_at=request.placed_at or at,
        sent_before_pli=request.sent_before_pli,
    )


def set_address(order: Order, address: PostalAddress) -> None:
    """Change the address of an order, with its search text and the keys it is compared by."""
    for name, value in address.by_field().items():
        setattr(order, name, value)
    order.search = searchable(address, order.email)
    order.address_key = address_key(address)
    order.organisation_key = organisation_key(address.organisation)
