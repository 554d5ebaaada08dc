"""A mail that is to be sent, was sent, or was given up."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime
from orders.errors import NotFound, Refused
from orders.mail import rendering

HELD_BACK = "held back"  # the `last_error` of a mail that waits for somebody of the office to send it

WITHDRAWN = "withdrawn"  # of one whose order has another address by now


class UnknownMail(NotFound):
    pass


class StillWaiting(Refused):
    """The mail was not sent yet, so it is not sent again."""


class MailErased(Refused):
    """What the mail said was erased."""


class MailState(enum.Enum):
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "failed"


class OutgoingMail(Model):
    """A mail. It keeps what it tells (`told`) and is rendered from that; one that was rendered when it was posted keeps
    its bodies instead. Retention erases both, and its address.

    `due_at`: not before then. `claimed_until`: the worker `claimed_by` is busy with it; after that moment another one
    may take it over. `handed_at`: its last line leaves for the server. `tried_at`: when the last attempt ended. Exactly
    one of `sent_at` and `given_up_at` ends it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(200))
    told: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    kept_text: Mapped[str] = mapped_column("text", Text, default="")
    kept_html: Mapped[str] = mapped_column("html", Text, default="")
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id", ondelete="RESTRICT"), index=True)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str] = mapped_column(String(16), default="")
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(300), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def state(self) -> MailState:
        if self.sent_at is not None:
            return MailState.SENT
        return MailState.WAITING if self.given_up_at is None else MailState.GIVEN_UP

    @property
    def is_erased(self) -> bool:
        return self.told is None and not self.kept_text

    @property
    def text(self) -> str:
        return self.kept_text if self.told is None else rendering.text(self.kind, self.language, self.told)

    @property
    def html(self) -> str:
        if self.told is None:
            return self.kept_html
        return rendering.html(self.kind, self.language, self.subject, self.told)

    @property
    def is_held_back(self) -> bool:
        return self.last_error == HELD_BACK

    __table_args__ = (
        Index("ix_outgoing_mail_unsent", "sent_at", "given_up_at", "due_at"),
        Index("ix_outgoing_mail_kind_posted_at", "kind", "posted_at"),
        Index("ix_outgoing_mail_address_kind_posted_at", "address", "kind", "posted_at"),
    )
