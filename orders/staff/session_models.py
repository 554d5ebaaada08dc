"""Sessions of the staff: one row for each sign-in that has not ended."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime


class StaffSession(Model):
    """One browser in which somebody is signed in. The browser's cookie holds `name`; without the row it opens nothing.

    `seen_at`: a page was opened then, or a little later. `address`, `browser` and `system`: of the sign-in.
    `digest` is empty unless the device is remembered: of the secret with which it signs in again, which changes at
    every use. `previous_digest`: of the secret before, which two tabs may both have sent at `renewed_at`.
    """

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"), index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    address: Mapped[str] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(40))
    system: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64), default="")
    previous_digest: Mapped[str] = mapped_column(String(64), default="")
    renewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_remembered(self) -> bool:
        """Whether the browser signs in again by itself."""
        return bool(self.digest)
