"""The chart of a forecast: free copies as they were, and as they may be. Drawn by the server, as a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from orders.office.charts import plain
from orders.reports.stock_outlook import NEXT_DAYS, Outlook
from orders.stock.forecast import ForecastDay
from orders.wording import day as full_day
from orders.wording import number, short_day

PAST_DAYS = 60
LINES = {"likely": "10, 6", "low": "2, 5", "high": "2, 5"}
"""How each line of a forecast is dashed; the page says what it means."""
HEADROOM = 1.15  # above the highest value, for the names of the days


@dataclass(frozen=True, slots=True)
class _Size:
    """A picture in pixels. A page shows it at about that size, so that its letters can be read."""

    width: int
    height: int
    most_dates: int
    name_share: float  # of its width, that the name of a day takes


WIDE = _Size(900, 380, 10, 0.15)
NARROW = _Size(360, 360, 5, 0.42)


def draw(outlook: Outlook, free: Mapping[date, int], *, narrow: bool = False) -> bytes:
    """An SVG that needs no colour: the past is a solid line, what is likely is dashed, the band around it dotted.

    Two upright lines stand at the present day and at the day to write by.
    """
    import pygal  # late: 6 MB that only charts need

    size = NARROW if narrow else WIDE
    today = outlook.situation.day
    past = [(day, copies) for day, copies in free.items() if (today - day).days <= PAST_DAYS]
    to_come = outlook.told.days[:NEXT_DAYS] if outlook.told else []
    days = [day for day, _ in past] + [each.day for each in to_come]
    top = max([10, *(copies for _, copies in past), *(each.shelf.high for each in to_come)])
    chart = pygal.DateLine(
        width=size.width,
        height=size.height,
        print_labels=True,
        x_value_formatter=_day_and_month if narrow else full_day,
        value_formatter=lambda value: number(round(value)),
        range=(0, top * HEADROOM),
        show_x_guides=False,
        **plain(),
    )
    chart.add(None, past, stroke_style={"width": 3}, show_dots=False)
    _add_forecast(chart, to_come)
    marked = _days_to_mark(outlook, days)
    for (day, name), height in zip(marked, (top, top * HEADROOM), strict=False):
        style = {"width": 1.5, "dasharray": "none" if day == today else "6, 3"}
        chart.add(None, [(day, 0), (day, height)], stroke_style=style, show_dots=False)
        words = {"value": (_name_begins(day, days, size, is_last=day == marked[-1][0]), height), "label": name}
        chart.add(None, [words], stroke=False, dots_size=0.1)
    chart.x_labels = _mondays(days, size.most_dates)
    return bytes(chart.render())


def _add_forecast(chart: Any, days: Sequence[ForecastDay]) -> None:
    for kind, dashes in LINES.items():
        points = [(each.day, getattr(each.shelf, kind)) for each in days]
        chart.add(None, points, stroke_style={"width": 2, "dasharray": dashes}, show_dots=False)
    delivered = [
        {"value": (each.day, each.shelf.likely), "label": f"+{number(each.delivered)}"}
        for each in days
        if each.delivered
    ]
    chart.add(None, delivered, stroke=False, dots_size=7)


def _days_to_mark(outlook: Outlook, shown: Sequence[date]) -> list[tuple[date, str]]:
    """The present day and the one to write by with their names, the earlier first, where the picture reaches them."""
    situation = outlook.situation
    names = {situation.write_by: short_day(situation.write_by), situation.day: gettext("aujourd’hui")}
    return [(day, name) for day, name in sorted(names.items()) if shown and min(shown) <= day <= max(shown)]


def _name_begins(day: date, shown: Sequence[date], size: _Size, *, is_last: bool) -> date:
    """Where the name of a day stands: beside its line, on the side where there is room.

    The earlier of two days has it on its left and the later, whose line is higher, on its right, so that no line goes
    through a name.
    """
    room = (max(shown) - min(shown)) * size.name_share
    fits_left, fits_right = day - room >= min(shown), day + room <= max(shown)
    is_left = not fits_right if is_last else fits_left
    return max(min(shown), day - room) if is_left else day


def _day_and_month(day: date) -> str:
    return f"{day.day}/{day.month}"


def _mondays(days: Sequence[date], most: int) -> list[date]:
    """A label for each Monday, or for every other one or so: never more than `most`."""
    found = [day for day in dict.fromkeys(days) if day.weekday() == 0]
    return found[:: max(1, -(-len(found) // most))]
