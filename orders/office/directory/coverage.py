"""Which schools the campaign reaches: counted, on a map, and the list of those to be called."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.addresses.postcodes import places as names_of
from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition
from orders.clock import local_day, now
from orders.maps.belgium_map import Dot, DotMap
from orders.maps.postcode_points import point_of
from orders.office.access import needs
from orders.office.forms import page_number
from orders.office.table_download import table_answer
from orders.office.url_converters import row_number
from orders.reports.schools import coverage
from orders.reports.schools.coverage import Coverage, Dimension, ReachedPlace
from orders.spreadsheets import Cell
from orders.staff.models import StaffRole

pages = Blueprint("schools", __name__, url_prefix="/reports")

PER_PAGE = 50
LEAST, MOST = 3.0, 11.0  # radius of a dot where nobody ordered, and where all did
SHADES = 5


@pages.get("/schools")
@needs(StaffRole.COORDINATOR)
def index() -> str:
    """How many places ordered in this edition, the one before, both or neither; `edition` (a year), `by`, `page`."""
    edition, dimension = _edition(), _dimension()
    places = coverage.reached_places(edition) if edition else []
    to_call = coverage.not_yet(places)
    last = max(1, -(-len(to_call) // PER_PAGE))
    page = min(page_number(request.args), last)
    postcodes = coverage.by_postcode(places)
    return render_template(
        "office/directory/coverage.html",
        edition=edition,
        before=coverage.edition_before(edition) if edition else None,
        editions=edition_lookup.editions(),
        dimension=dimension,
        dimensions=Dimension,
        total=coverage.total(places),
        rows=coverage.by(dimension, places),
        postcodes=postcodes,
        map=_map(postcodes),
        said_postcode=_said_postcode,
        to_call=to_call[(page - 1) * PER_PAGE : page * PER_PAGE],
        found=len(to_call),
        page=page,
        last=last,
    )


@pages.get("/schools/not-yet.<ending>")
@needs(StaffRole.COORDINATOR)
def not_yet(ending: str) -> ResponseReturnValue:
    """The places that ordered in the edition before and not yet in this one, as CSV or XLSX: official data only."""
    edition = _edition() or abort(404)
    rows = coverage.not_yet(coverage.reached_places(edition))
    header = [
        gettext("Numéro"),
        gettext("École"),
        gettext("Niveaux"),
        gettext("Réseau"),
        gettext("Rue"),
        gettext("Code postal"),
        gettext("Localité"),
        gettext("Commune"),
    ]
    return table_answer(
        gettext("ecoles-pas-encore-%(year)s", year=edition.year),
        ending,
        header,
        _cells(rows),
        about=f"report {edition.year} schools",
        title=gettext("Écoles à appeler %(year)s", year=edition.year),
    )


def _cells(places: Sequence[ReachedPlace]) -> Iterator[Sequence[Cell]]:
    for place in places:
        street = " ".join(filter(None, (place.street, place.house)))
        said = (" ; ".join(place.names), ", ".join(place.levels), ", ".join(place.networks))
        yield [place.code, *said, street, place.postcode, place.town, place.commune]


def _map(postcodes: Sequence[Coverage]) -> DotMap:
    """A dot for each postcode: the more of its places ordered, the larger and darker, and the higher."""
    dots = [
        Dot(point, f"{_said_postcode(each.name)}\u00a0: {each.now} / {each.places}", _radius(each), _shade(each))
        for each in sorted(postcodes, key=lambda each: each.share)
        if (point := point_of(each.name))
    ]
    return DotMap("map", gettext("Part des lieux qui ont commandé, par code postal"), dots)


def _radius(reached: Coverage) -> float:
    return round(LEAST + (MOST - LEAST) * reached.share**0.5, 1)


def _shade(reached: Coverage) -> int:
    return 1 + min(SHADES - 1, int(reached.share * SHADES)) if reached.now else 1


def _said_postcode(postcode: str) -> str:
    return " ".join((postcode, *names_of(postcode)[:1]))


def _edition() -> Edition | None:
    """The edition of the year in the address, else the one that is open, else the latest."""
    if year := request.args.get("edition", ""):
        return edition_lookup.get_edition(row_number(year))
    return edition_lookup.find_open_edition(local_day(now())) or next(iter(edition_lookup.editions()), None)


def _dimension() -> Dimension:
    typed = request.args.get("by", Dimension.PROVINCE.value)
    return next((each for each in Dimension if each.value == typed), None) or abort(404)
