"""An order and its lines.

Of every line: asked = waiting + reserved + sent + given up. The status of an order follows from its lines and from
four facts (accepted, rejected, cancelled, in a dispatch); `Order.update_status` is the only one that writes it.
"""

import enum
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.addresses import PostalAddress
from orders.catalogue.models import Edition, Publication
from orders.database import Model, UtcDateTime, choice
from orders.ordering.indexes import OF_LINES, OF_ORDERS
from orders.references import show_reference


class Delivery(enum.Enum):
    POST = "post"
    PICKUP = "pickup"


class WhenShort(enum.Enum):
    """What to do when the shelf has less: send what is there and the rest later, wait for all, or take fewer."""

    SEND = "send"
    WAIT = "wait"
    FEWER = "fewer"


class OrderStatus(enum.Enum):
    PENDING = "pending"
    WAITING = "waiting"
    READY = "ready"
    DISPATCHING = "dispatching"
    SENT = "sent"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class Order(Model):
    """An order: who asked, where to, and its state. Knowing its reference opens nothing (see `mail.signed_links`).

    `review.matching` explains the keys, `review.review` the `review_reasons`. `postage_due`: the orderer pays for
    boxes, at most `postage_cents` (None: the price was not known when that was accepted). `invoiced_cents` were
    invoiced; None: at a price that was not known here.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    link_nonce: Mapped[str] = mapped_column(String(32))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"))
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    audience: Mapped[str] = mapped_column(String(20), ForeignKey("audience.code", ondelete="RESTRICT"))
    delivery: Mapped[Delivery] = mapped_column(choice(Delivery))
    when_short: Mapped[WhenShort] = mapped_column(choice(WhenShort))
    language: Mapped[str] = mapped_column(String(2))
    needed_by: Mapped[date | None]
    gathering_on: Mapped[date | None]
    people: Mapped[int | None]
    door: Mapped[str] = mapped_column(String(10))

    organisation: Mapped[str] = mapped_column(String(125), default="")
    institution: Mapped[str | None] = mapped_column(String(64))  # a code of the directory
    institution_unsure: Mapped[bool] = mapped_column(default=False)  # the office is asked which it is
    name: Mapped[str] = mapped_column(String(80))
    department: Mapped[str] = mapped_column(String(125), default="")
    building: Mapped[str] = mapped_column(String(125), default="")
    street: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(12))
    box: Mapped[str] = mapped_column(String(12), default="")
    postcode: Mapped[str] = mapped_column(String(10))
    town: Mapped[str] = mapped_column(String(60))
    country: Mapped[str] = mapped_column(String(2), default="BE")
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(20), default="")  # in international form (E.164)
    message: Mapped[str] = mapped_column(Text, default="")
    news_text: Mapped[str] = mapped_column(Text, default="")
    search: Mapped[str] = mapped_column(Text, default="")

    email_key: Mapped[str] = mapped_column(Text)
    address_key: Mapped[str] = mapped_column(Text)
    organisation_key: Mapped[str] = mapped_column(Text)
    review_reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    repeat_reason: Mapped[str] = mapped_column(Text, default="")
    decision_reason: Mapped[str] = mapped_column(Text, default="")

    postage_due: Mapped[bool] = mapped_column(default=False)
    postage_cents: Mapped[int | None]
    billing_name: Mapped[str] = mapped_column(String(125), default="")
    billing_address: Mapped[str] = mapped_column(Text, default="")
    purchase_order: Mapped[str] = mapped_column(String(40), default="")
    invoiced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    invoiced_cents: Mapped[int | None]

    status: Mapped[OrderStatus] = mapped_column(choice(OrderStatus))
    is_served: Mapped[bool] = mapped_column(default=False)  # some of it was sent
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rejected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reported_missing_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_before_pli: Mapped[bool] = mapped_column(default=False)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restricted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dispatch_id: Mapped[int | None] = mapped_column(ForeignKey("dispatch.id", ondelete="RESTRICT"), index=True)

    edition: Mapped[Edition] = relationship()
    lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", order_by="OrderLine.publication_id", lazy="selectin"
    )

    __table_args__ = OF_ORDERS
    __mapper_args__ = {"version_id_col": version}

    @property
    def address(self) -> PostalAddress:
        return PostalAddress(**{each.name: getattr(self, each.name) for each in fields(PostalAddress)})

    @property
    def shown_reference(self) -> str:
        return show_reference(self.reference)

    @hybrid_property
    def queues(self) -> bool:
        """Whether stock may be reserved for it: accepted, not come back from a wrong address, not restricted."""
        return self.accepted_at is not None and self.returned_at is None and self.restricted_at is None

    @queues.inplace.expression
    @classmethod
    def _queues(cls) -> ColumnElement[bool]:
        return cls.accepted_at.is_not(None) & cls.returned_at.is_(None) & cls.restricted_at.is_(None)

    @property
    def is_short(self) -> bool:
        """Whether copies of an accepted order still wait for stock."""
        return self.accepted_at is not None and any(line.waiting for line in self.lines)

    def derived_status(self) -> OrderStatus:
        """What the status must be, from the lines and the facts."""
        sent = any(line.sent for line in self.lines)
        reserved = any(line.reserved for line in self.lines)
        waiting = any(line.waiting for line in self.lines)
        if self.rejected_at is not None:
            return OrderStatus.REJECTED
        if self.cancelled_at is not None:
            return OrderStatus.SENT if sent else OrderStatus.CANCELLED
        if self.accepted_at is None:
            return OrderStatus.PENDING
        if self.dispatch_id is not None:
            return OrderStatus.DISPATCHING
        if self.returned_at is not None:
            return OrderStatus.RETURNED
        if reserved and (not waiting or self.when_short is WhenShort.SEND):
            return OrderStatus.READY
        return OrderStatus.WAITING if waiting else OrderStatus.SENT

    def update_status(self) -> None:
        """Bring the status up to date after the lines or the facts have changed."""
        self.status = self.derived_status()
        self.is_served = any(line.sent for line in self.lines)
        for line in self.lines:
            if not line.waiting:
                line.announced_on, line.delay_told = None, False


class OrderLine(Model):
    """Copies of one publication in an order. What neither waits nor is given up is reserved or sent.

    `later` copies were asked for after the order was placed, the last of them at `later_since`: in the queue they are
    as old as that. Whatever is reserved is taken from the copies that were asked for first.

    `announced_on`: the day on which the last mail that named one said that the rest is expected; `delay_told`: a later
    one said that it is not, and that nobody knows the new day.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id", ondelete="RESTRICT"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="RESTRICT"))
    copies: Mapped[int]
    reserved: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    given_up: Mapped[int] = mapped_column(default=0)
    later: Mapped[int] = mapped_column(default=0)
    later_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    announced_on: Mapped[date | None]
    delay_told: Mapped[bool] = mapped_column(default=False)

    order: Mapped[Order] = relationship(back_populates="lines")
    publication: Mapped[Publication] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        UniqueConstraint("order_id", "publication_id", name="uq_order_line_order_id_publication_id"),
        CheckConstraint("copies > 0", name="copies_positive"),
        CheckConstraint("reserved >= 0 AND sent >= 0 AND given_up >= 0", name="nothing_negative"),
        CheckConstraint("reserved + sent + given_up <= copies", name="no_more_than_asked"),
        CheckConstraint(
            "later >= 0 AND later <= copies AND (later = 0 OR later_since IS NOT NULL)", name="later_of_copies"
        ),
        *OF_LINES,
    )

    @hybrid_property
    def waiting(self) -> int:
        """Copies asked for that are neither here, nor sent, nor given up."""
        return self.copies - self.reserved - self.sent - self.given_up

    @hybrid_property
    def waits(self) -> bool:
        """Whether any of its copies wait."""
        return self.waiting > 0

    @waits.inplace.expression
    @classmethod
    def _waits(cls) -> ColumnElement[bool]:
        """Written as in the index of waiting lines: with 0 as a bound parameter the index would not be used."""
        return cls.waiting > literal_column("0")

    @property
    def wanted(self) -> int:
        """Copies asked for that were not given up."""
        return self.copies - self.given_up

    @property
    def parts(self) -> tuple[tuple[datetime, int], ...]:
        """The copies that wait, the oldest first: since when, and how many."""
        later = min(self.later, self.waiting)
        parts = (self.order.placed_at, self.waiting - later), (self.later_since, later)
        return tuple((since, copies) for since, copies in parts if since is not None and copies)

    def waiting_since(self, since: datetime) -> int:
        """Copies that have waited from that moment, or from before."""
        return sum(copies for each, copies in self.parts if each <= since)
