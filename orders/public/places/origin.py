"""Where somebody looks from: a postcode or a town in the address of a page, or the position of a phone.

A position comes in the body of a form, is used for this one page, and is neither kept nor written to a log.
"""

from dataclasses import dataclass

from flask import Response, make_response, request
from flask_babel import gettext

from orders.addresses import clean, coordinates
from orders.addresses.postcode_lines import read_place, read_postcode
from orders.addresses.postcodes import postcodes_of
from orders.maps.postcode_points import Point, point_near, point_of

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Origin:
    """`point` is `None` for nobody knows where; `wrong` says why, if something was asked. `typed` is shown again."""

    point: Point | None = None
    typed: str = ""
    wrong: str = ""
    is_position: bool = False


def find_origin() -> Origin:
    """Where the page that is asked for looks from."""
    if request.method == "POST":
        return _position(request.form.get("latitude", ""), request.form.get("longitude", ""))
    typed = clean(request.args.get("postcode", "")[: 4 * LONGEST])[:LONGEST]
    if not typed:
        return Origin()
    point = _point_of(typed)
    wrong = "" if point else gettext("Nous ne connaissons pas « %(typed)s » : indiquez un code postal.", typed=typed)
    return Origin(point, typed, wrong)


def allowing_position(page: str) -> Response:
    """An answer that may ask the browser for its position, which no other page may."""
    answer = make_response(page)
    answer.headers["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=()"
    return answer


def _point_of(typed: str) -> Point | None:
    """The point of `5000`, `5000 Namur` or `Namur`."""
    if place := read_place(typed):
        return point_near(place.postcode)
    if postcode := read_postcode(typed):
        return point_near(postcode)
    return next(filter(None, map(point_of, postcodes_of(typed))), None)


def _position(north: str, east: str) -> Origin:
    is_fine = coordinates.fault(north, east) is None
    latitude, longitude = coordinates.read(north, east) if is_fine else (None, None)
    if latitude is None or longitude is None:
        return Origin(wrong=gettext("Votre position ne se trouve pas en Belgique : indiquez plutôt un code postal."))
    return Origin(Point(latitude, longitude), is_position=True)
