"""The chart of a forecast: copies on the shelf as they were, and as they may be. Drawn by the server, as a picture."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext

from orders.office.charts import HEIGHT, WIDTH, plain
from orders.reports.stock_outlook import NEXT_DAYS, Outlook
from orders.wording import day as short_day
from orders.wording import number

PAST_DAYS = 60
LEGEND: dict[str, Any] = {
    "show_legend": True,
    "legend_at_bottom": True,
    "legend_at_bottom_columns": 2,
    "legend_box_size": 0,  # all lines are black: the words say how each is drawn
    "truncate_legend": -1,
}


def draw(outlook: Outlook, shelf: Mapping[date, int]) -> bytes:
    """An SVG that needs no colour: the past is a solid line, what is likely is dashed, the band around it dotted.

    The legend says what each line looks like: where they run close, names beside them could not be read.
    """
    import pygal  # late: 6 MB that only charts need

    chart = pygal.DateLine(
        width=WIDTH,
        height=HEIGHT,
        print_labels=True,
        x_value_formatter=short_day,
        value_formatter=lambda value: number(round(value)),
        range=(0, _highest(outlook, shelf)),
        dots_size=2,
        show_x_guides=False,
        **{**plain(), **LEGEND},
    )
    past = [(day, copies) for day, copies in shelf.items() if (outlook.situation.day - day).days <= PAST_DAYS]
    chart.add(gettext("trait plein : en rayon"), past, stroke_style={"width": 3}, show_dots=False)
    if outlook.told is not None:
        days = outlook.told.days[:NEXT_DAYS]
        for label, kind, dashes in _lines():
            points = [(each.day, getattr(each.shelf, kind)) for each in days]
            chart.add(label, points, stroke_style={"width": 2, "dasharray": dashes}, show_dots=False)
        chart.add(
            gettext("ronds : livraisons attendues"),
            [_dot(each.day, each.shelf.likely, each.delivered) for each in days if each.delivered],
            stroke=False,
            dots_size=7,
        )
    chart.x_labels = _weeks(past, outlook)
    return bytes(chart.render())


def _lines() -> Sequence[tuple[str, str, str]]:
    return (
        (gettext("tirets : probable"), "likely", "10, 6"),
        (gettext("points, en bas : beaucoup de demandes"), "low", "2, 5"),
        (gettext("points, en haut : peu de demandes"), "high", "2, 5"),
    )


def _dot(day: date, copies: int, delivered: int) -> dict[str, Any]:
    return {"value": (day, copies), "label": f"+{number(delivered)}"}


def _highest(outlook: Outlook, shelf: Mapping[date, int]) -> int:
    to_come = [each.shelf.high for each in outlook.told.days[:NEXT_DAYS]] if outlook.told else []
    return max([10, *shelf.values(), *to_come])


def _weeks(past: Sequence[tuple[date, int]], outlook: Outlook) -> list[date]:
    """A label for every other Monday or so, and never more than ten."""
    days = [day for day, _ in past] + ([each.day for each in outlook.told.days[:NEXT_DAYS]] if outlook.told else [])
    mondays = [day for day in dict.fromkeys(days) if day.weekday() == 0]
    return mondays[:: max(1, -(-len(mondays) // 10))]
