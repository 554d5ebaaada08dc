"""Placing an order: the one rule behind the public form, the office's form and the import."""

import secrets
import unicodedata
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import exists, select

from orders.catalogue import publishing
from orders.catalogue.models import Edition, Publication
from orders.clock import local_day
from orders.database import db
from orders.ordering.checking import OrderRequest
from orders.ordering.models import (
    NotOrderable,
    Order,
    OrderingClosed,
    OrderLine,
    WhenShort,
)
from orders.ordering.telling import tell
from orders.references import make_reference
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import ledger
from orders.stock.models import OutOfStock, Place, Reason, Shortage


def place(request: OrderRequest, *, at: datetime, by: Actor) -> Order:
    """Keep an order, reserve all of it that may go now, and post its confirmation.

    The same `submission` again returns the order that it made the first time. Refuses with `OrderingClosed`,
    with `NotOrderable`, and with `OutOfStock` when the orderer wants only what is there and nothing is.
    """
    edition = publishing.find_open_edition(local_day(at))
    if edition is None:
        raise OrderingClosed(None)
    publications = _publications(edition, request)
    ledger.lock_stock([edition.id])
    if request.submission and (done := find_submitted(request.submission)) is not None:
        return done
    order = _new_order(request, edition, at=at, by=by)
    order.lines = [OrderLine(publication=publications[code], copies=n) for code, n in request.copies.items()]
    for line in order.lines:
        line.reserved = line.given_up = line.sent = 0
    db.session.add(order)
    order.accepted_at = at
    if request.sent_before_pli:
        for line in order.lines:
            line.sent = line.copies
        order.settle()
        db.session.flush()
    else:
        reserve(order, at=at)
        tell(order, "order_confirmed", at=at)
    journal.record("placed", f"order {order.reference}", at=at, by=by, after={"copies": dict(request.copies)})
    return order


def find_submitted(submission: str) -> Order | None:
    """The order that a form with this key has already made."""
    return db.session.scalar(select(Order).where(Order.submission == submission))


def reserve(order: Order, *, at: datetime) -> None:
    """Take from the shelf all that an accepted order may have now; the rest waits, or is given up for `fewer`.

    While an older accepted order waits for a publication, a newer one gets nothing of it. Expects the gate of
    `ledger.lock_stock` to be held. Refuses with all shortages when `fewer` would leave nothing at all.
    """
    order.settle()
    db.session.flush()
    shortages = []
    for line in order.lines:
        available = 0 if _is_behind(order, line) else ledger.copies_at(line.publication_id, Place.SHELF)
        copies = min(line.waiting, available)
        if copies < line.waiting:
            shortages.append(Shortage(line.publication.code, line.waiting, available))
        if copies:
            _reserve_line(order, line, copies, at=at)
        if order.when_short is WhenShort.FEWER:
            line.given_up += line.waiting
    if order.when_short is WhenShort.FEWER and not any(line.reserved for line in order.lines):
        raise OutOfStock(shortages)
    order.settle()
    db.session.flush()


def _reserve_line(order: Order, line: OrderLine, copies: int, *, at: datetime) -> None:
    ledger.move(
        line.publication_id,
        copies,
        Place.SHELF,
        Place.RESERVED,
        reason=Reason.ORDERED,
        at=at,
        order_id=order.id,
    )
    line.reserved += copies


def _is_behind(order: Order, line: OrderLine) -> bool:
    """Whether an older accepted order still waits for this line's publication."""
    return bool(
        db.session.scalar(
            select(
                exists()
                .where(OrderLine.publication_id == line.publication_id, OrderLine.waiting > 0)
                .where(Order.id == OrderLine.order_id, Order.id != order.id, Order.accepted_at.is_not(None))
                .where(
                    (Order.placed_at < order.placed_at) | ((Order.placed_at == order.placed_at) & (Order.id < order.id))
                )
            )
        )
    )


def _publications(edition: Edition, request: OrderRequest) -> dict[str, Publication]:
    known = {publication.code: publication for publication in publishing.orderable(edition)}
    if unknown := [code for code in request.copies if code not in known]:
        raise NotOrderable(unknown)
    return known


def _new_order(request: OrderRequest, edition: Edition, *, at: datetime, by: Actor) -> Order:
    return Order(
        **asdict(request.address),
        reference=request.reference or _free_reference(),
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
        search=searchable(request),
        placed_at=request.placed_at or at,
        sent_before_pli=request.sent_before_pli,
    )


def _free_reference() -> str:
    while True:
        reference = make_reference()
        if db.session.scalar(select(Order.id).where(Order.reference == reference)) is None:
            return reference


def fold(text: str) -> str:
    """Text as it is searched for: without case and without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def searchable(request: OrderRequest) -> str:
    """What an order can be found by, folded: name, organisation, e-mail, street, postcode and town."""
    address = request.address
    return fold(
        " ".join(
            (
                address.name,
                address.organisation,
                request.email,
                address.street,
                address.number,
                address.postcode,
                address.town,
            )
        )
    )
