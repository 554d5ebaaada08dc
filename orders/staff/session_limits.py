"""When a session of the staff ends: after so long without a page, and so long after the sign-in, by role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from orders.staff.models import StaffRole

SHORTEST_STEP, LONGEST_STEP = timedelta(minutes=1), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """`idle`: since the last page; `longest`: since the sign-in."""

    idle: timedelta
    longest: timedelta

    def is_over(self, began: datetime, seen: datetime, *, at: datetime) -> bool:
        return at - began >= self.longest or at - seen >= self.idle

    @property
    def step(self) -> timedelta:
        """How exactly the last page is known: not every page is noted."""
        return min(max(self.idle / 20, SHORTEST_STEP), LONGEST_STEP)


def session_limits(role: StaffRole, config: Mapping[str, Any]) -> SessionLimits:
    return SessionLimits(
        idle=timedelta(minutes=config["SESSION_IDLE_MINUTES"][role.value]),
        longest=timedelta(hours=config["SESSION_HOURS"][role.value]),
    )
