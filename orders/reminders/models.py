"""What is kept of somebody until the next edition, because they asked for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime
from orders.errors import NotFound

ADDRESS = ("organisation", "name", "department", "building", "street", "number", "box", "postcode", "town")


class UnknownReminder(NotFound):
    pass


class Reminder(Model):
    """One person by e-mail address. `wording` are the words of the box that was ticked, at `kept_at`.

    `copies` are those of the last order by kind of publication. `edition_id` is the edition of that order,
    `asked_edition_id` the one that opened when the last mail went; `asked` mails had no answer yet.
    """

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(32))
    email: Mapped[str] = mapped_column(String(254), unique=True)  # in small letters
    language: Mapped[str] = mapped_column(String(2))
    audience: Mapped[str] = mapped_column(String(20))
    institution: Mapped[str | None] = mapped_column(String(64))
    organisation: Mapped[str] = mapped_column(String(125))
    name: Mapped[str] = mapped_column(String(80))
    department: Mapped[str] = mapped_column(String(125))
    building: Mapped[str] = mapped_column(String(125))
    street: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(12))
    box: Mapped[str] = mapped_column(String(12))
    postcode: Mapped[str] = mapped_column(String(10))
    town: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(20))
    copies: Mapped[dict[str, Any]] = mapped_column(JSON)
    wording: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"))
    asked_edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"))
    asked: Mapped[int] = mapped_column(default=0)
