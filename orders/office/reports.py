"""Reports: orders and copies of an edition by several dimensions, as tables, charts and files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition
from orders.clock import local_day, now
from orders.office.access import needs
from orders.office.charts import HEIGHT, WIDTH, picture, plain
from orders.office.table_download import table_answer
from orders.office.url_converters import row_number
from orders.reports import letter_report, orders_report, postage_report
from orders.reports.orders_report import Dimension, Key, Row
from orders.spreadsheets import Cell, Column, Kind
from orders.staff.models import StaffRole
from orders.wording import audience_name, number, word
from orders.wording import day as short_day

pages = Blueprint("reports", __name__, url_prefix="/reports")

OF_DAYS = (Dimension.DAY, Dimension.WEEK)
FILE_NAMES: Mapping[Dimension, LazyString] = {
    Dimension.DAY: lazy_gettext("commandes-par-jour"),
    Dimension.WEEK: lazy_gettext("commandes-par-semaine"),
    Dimension.AUDIENCE: lazy_gettext("commandes-par-public"),
    Dimension.PROVINCE: lazy_gettext("commandes-par-province"),
    Dimension.POSTCODE: lazy_gettext("commandes-par-code-postal"),
    Dimension.PUBLICATION: lazy_gettext("commandes-par-publication"),
}
MOST_BARS = 20
LATEST_BARS = 60
BAR_HEIGHT = 28  # px


@pages.get("/")
@needs(StaffRole.COORDINATOR)
def index() -> str:
    """One report: `edition` (a year) and `by`, with all editions as far as this one is beside it."""
    edition = _edition()
    dimension = _dimension(request.args.get("by", Dimension.WEEK.value))
    rows = orders_report.report(edition, dimension) if edition else []
    return render_template(
        "office/reports/index.html",
        edition=edition,
        editions=edition_lookup.editions(),
        dimension=dimension,
        dimensions=Dimension,
        rows=rows,
        total=orders_report.total(rows),
        said=said,
        comparison=_comparison(edition) if edition else [],
        letters=letter_report.report(edition) if edition else [],
        letters_without_slip=letter_report.without_slip(edition) if edition else 0,
        postage=postage_report.figures(edition) if edition else None,
        bars=MOST_BARS,
    )


@pages.get("/<by>.<ending>")
@needs(StaffRole.COORDINATOR)
def table(by: str, ending: str) -> ResponseReturnValue:
    """The same report as a file: CSV, XLSX, or its chart as SVG."""
    edition, dimension = _edition(), _dimension(by)
    if edition is None:
        abort(404)
    rows = orders_report.report(edition, dimension)
    if ending == "svg":
        return _chart(rows, dimension)
    return table_answer(
        f"{FILE_NAMES[dimension]}-{edition.year}",
        ending,
        _header(edition, dimension),
        _cells(rows, edition, dimension),
        about=f"report {edition.year} {by}",
        title=gettext("Commandes %(year)s", year=edition.year),
    )


def _header(edition: Edition, dimension: Dimension) -> list[Column]:
    """By publication, orders have no total: one order may stand in several lines."""
    copies = [gettext("Demandés"), gettext("Envoyés"), *(each.code for each in edition.publications)]
    by = word(dimension)
    return [
        Column(f"{by[:1].upper()}{by[1:]}", Kind.DAY if dimension in OF_DAYS else Kind.TEXT, csv_format="%d/%m/%Y"),
        Column(gettext("Commandes"), Kind.COUNT, total=dimension is not Dimension.PUBLICATION),
        *(Column(name, Kind.COUNT, total=True) for name in copies),
    ]


def _cells(rows: Sequence[Row], edition: Edition, dimension: Dimension) -> Iterator[Sequence[Cell]]:
    for row in rows:
        copies = [row.by_publication[publication.id] for publication in edition.publications]
        yield [row.key if dimension in OF_DAYS else said(row.key, dimension), row.orders, row.asked, row.sent, *copies]


def _edition() -> Edition | None:
    """The edition of the year in the address, else the one that is open, else the latest."""
    year = request.args.get("edition", "")
    if year:
        return edition_lookup.get_edition(row_number(year))
    return edition_lookup.find_open_edition(local_day(now())) or next(iter(edition_lookup.editions()), None)


def _dimension(by: str) -> Dimension:
    found = next((each for each in Dimension if each.value == by), None)
    return found or abort(404)


def said(key: Key, dimension: Dimension) -> str:
    """A key as it is read."""
    if isinstance(key, date):
        return short_day(key)
    if dimension is Dimension.AUDIENCE:
        return audience_name(key)
    return key or gettext("inconnue")


def _comparison(edition: Edition) -> list[tuple[Edition, date, Row, Row]]:
    """Every edition up to the day that is as far from its 10 December as today is, and its total."""
    today = min(local_day(now()), max(edition.closes_on, edition.write_by))
    compared = []
    for other in edition_lookup.editions():
        day = orders_report.same_day_of(edition, other, today)
        rows = orders_report.report(other, Dimension.DAY)
        compared.append((other, day, orders_report.until(rows, day), orders_report.total(rows)))
    return compared


def _chart(rows: Sequence[Row], dimension: Dimension) -> Response:
    """Copies asked, as bars: days and weeks in their order; of other dimensions the twenty largest."""
    import pygal  # late: 6 MB that only charts need

    follows = dimension in OF_DAYS
    shown = list(rows[-LATEST_BARS:] if follows else rows[:MOST_BARS][::-1])
    chart = (pygal.Bar if follows else pygal.HorizontalBar)(
        width=WIDTH,
        height=HEIGHT if follows else 80 + BAR_HEIGHT * len(shown),
        print_values=follows and len(shown) <= MOST_BARS,
        print_values_position="top",
        value_formatter=lambda value: number(round(value)),
        no_data_text=gettext("encore rien"),
        **plain(),
    )
    step = max(1, -(-len(shown) // 8)) if follows else 1
    labels = [
        said(row.key, dimension) if follows else f"{said(row.key, dimension)}  {number(row.asked)}" for row in shown
    ]
    chart.x_labels = [label if place % step == 0 else "" for place, label in enumerate(labels)]
    chart.add(gettext("Demandés"), [row.asked for row in shown])
    return picture(chart.render())
