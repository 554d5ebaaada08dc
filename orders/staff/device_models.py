"""Devices on which somebody asked to stay signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime


class RememberedDevice(Model):
    """A browser that may sign in again by itself until `ends_at`, with a secret that changes at every use.

    Only digests are kept. `previous_digest`: of the secret before, which two tabs may both have sent at `renewed_at`.
    """

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    previous_digest: Mapped[str] = mapped_column(String(64), default="")
    signed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    renewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
