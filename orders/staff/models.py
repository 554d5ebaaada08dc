"""Members of the staff and the journal."""

import enum
import secrets
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import current_app
from flask_security import UserMixin
from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders import clock
from orders.database import Model, UtcDateTime, choice
from orders.errors import NotFound, Refused
from orders.staff.signin_models import Passkey


class AccountExists(Refused):
    def __init__(self, email: str) -> None:
        super().__init__(email)
        self.email = email


class UnusableEmail(Refused):
    """`why` is the e-mail library's own explanation, in English."""

    def __init__(self, email: str, why: str) -> None:
        super().__init__(email, why)
        self.email = email
        self.why = why


class UnknownMember(NotFound):
    pass


class LastAdministrator(Refused):
    """Without this account nobody could open accounts any more: another one without an end must stay."""


class ErasedMember(Refused):
    """Nobody knows any more whose account it was: it cannot be opened again."""


class ImpossibleEnd(Refused):
    """An account cannot end on a day that is over, since it would never work, nor in another century."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class StaffRole(enum.Enum):
    """From the least to the most; each contains the ones before it."""

    VOLUNTEER = "volunteer"
    OFFICE = "office"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"

    def includes(self, other: "StaffRole") -> bool:
        ranks = list(StaffRole)
        return ranks.index(self) >= ranks.index(other)


def is_two_step_required(role: StaffRole) -> bool:
    """Whether `PLI_TWO_STEP_REQUIRED` wants a second step at the sign-in of everybody with this role."""
    least: str = current_app.config["TWO_STEP_REQUIRED"]
    return least != "never" and role.includes(StaffRole(least))


class StaffMember(Model, UserMixin):
    """An account. Flask-Security asks for `password`, `active` and `fs_uniquifier`, which names the sessions.

    `ends_at` is the first moment at which the account no longer works. `invited_at`: its owner was mailed a link then,
    and has chosen no password yet. The columns from `tf_primary_method` on are Flask-Security's, for a second step.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    role: Mapped[StaffRole] = mapped_column(choice(StaffRole))
    active: Mapped[bool] = mapped_column(default=True)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: secrets.token_hex(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tf_primary_method: Mapped[str | None] = mapped_column(String(20))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON(none_as_null=True)))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(  # type: ignore[assignment]
        String(64), index=True, unique=True
    )
    webauthn: Mapped[list[Passkey]] = relationship(order_by=Passkey.id)  # type: ignore[assignment]

    @property
    def is_active(self) -> bool:
        """Whether the account may be used now; Flask-Login and Flask-Security ask."""
        return self.active and (self.ends_at is None or clock.now() < self.ends_at)

    def check_tf_required(self, tf_setup_methods: list[Any], tf_fresh: bool) -> tuple[bool, list[Any]]:
        """Flask-Security asks after the password whether a second step follows."""
        return bool(tf_setup_methods) or self.check_tf_required_setup(), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Flask-Security asks whether the second step may not be switched off."""
        return is_two_step_required(self.role)

    @property
    def is_two_step_missing(self) -> bool:
        """Whether this member must set up a second step before anything else."""
        return is_two_step_required(self.role) and not (self.tf_totp_secret or self.webauthn)

    @property
    def is_erased(self) -> bool:
        """Whether a number stands for the address: the person asked for it, or left long ago."""
        return "@" not in self.email

    @property
    def last_day(self) -> date | None:
        """The day in Brussels on which the account works for the last time; `None`: no end is set."""
        return clock.local_day(self.ends_at - timedelta(microseconds=1)) if self.ends_at else None


class AuditEntry(Model):
    """Who did what to which thing. Holds no personal data: of a personal field only that it changed."""

    __table_args__ = (Index(None, "by_id", "at"), Index(None, "action", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    door: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(40))
    thing: Mapped[str] = mapped_column(String(80), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)


def first_moment_after(day: date) -> datetime:
    """An account that ends on a day works until that day is over in Brussels."""
    return datetime.combine(day + timedelta(days=1), time(), clock.BRUSSELS).astimezone(UTC)
