"""What part of a day is over, as far as orders go."""

from datetime import datetime

from orders.clock import BRUSSELS

FIRST_HOUR, LAST_HOUR = 7, 22


def part_of_day(at: datetime) -> float:
    """What part of a day's orders have come by that moment: as good as all of them come from 7 to 22 hours."""
    local = at.astimezone(BRUSSELS)
    return min(1.0, max(0.0, (local.hour + local.minute / 60 - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR)))
