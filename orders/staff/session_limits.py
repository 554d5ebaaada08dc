"""When a session of the staff ends: after so long without a page, and so long after the sign-in, by role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from orders.staff.models import StaffRole

TOUCHED = timedelta(minutes=1)  # how exactly the last page is known: not every page needs a new cookie


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """`idle`: since the last page; `longest`: since the sign-in."""

    idle: timedelta
    longest: timedelta

    def is_over(self, began: datetime, seen: datetime, *, at: datetime) -> bool:
        return at - began >= self.longest or at - seen >= self.idle


def session_limits(role: StaffRole, config: Mapping[str, Any]) -> SessionLimits:
    return SessionLimits(
        idle=timedelta(minutes=config["SESSION_IDLE_MINUTES"][role.value]),
        longest=timedelta(hours=config["SESSION_HOURS"][role.value]),
    )
