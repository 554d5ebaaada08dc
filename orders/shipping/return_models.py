"""Parcels that were posted and are back."""

import enum
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.database import Model, UtcDateTime, choice
from orders.errors import Refused
from orders.shipping.models import Parcel


class WhichParcel(Refused):
    """Several parcels of the order were posted: somebody must say which one this is."""

    def __init__(self, parcels: Sequence[Parcel]) -> None:
        super().__init__([parcel.id for parcel in parcels])
        self.parcels = parcels


class NothingPosted(Refused):
    """No parcel of the order is with the post."""


class NothingToRecall(Refused):
    """These parcels of the dispatch were not posted, or came back before."""


class ReturnReason(enum.Enum):
    """Why a parcel is here again. The last one never left: it was noted as posted by mistake."""

    UNKNOWN_THERE = "unknown-there"
    REFUSED = "refused"
    NOT_COLLECTED = "not-collected"
    DAMAGED = "damaged"
    OTHER = "other"
    NEVER_LEFT = "never-left"


POSTAL_REASONS = tuple(reason for reason in ReturnReason if reason is not ReturnReason.NEVER_LEFT)


class ParcelReturn(Model):
    """A parcel comes back once. With `lost` its copies cannot be used again."""

    parcel_id: Mapped[int] = mapped_column(
        ForeignKey("parcel.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    reason: Mapped[ReturnReason] = mapped_column(choice(ReturnReason))
    lost: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))

    parcel: Mapped[Parcel] = relationship()
