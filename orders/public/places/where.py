"""Where letters can be left: the points on a map and in a list, the nearest first."""

from flask import Blueprint, Response, render_template
from flask_babel import gettext

from orders.clock import local_day, now
from orders.dropoff import lookup
from orders.dropoff.models import DropOffPoint
from orders.maps.belgium_map import Dot, DotMap, Window, window_around
from orders.maps.postcode_points import Point
from orders.places.nearest import Distant, by_distance
from orders.public.places.origin import allowing_position, find_origin

pages = Blueprint("where", __name__)

SHOWN_FIRST = 10
ON_THE_MAP = 5  # the nearest ones, which a part of the map shows


@pages.route("/where", methods=["GET", "POST"])
def index() -> Response:
    """All points; by distance from a `postcode`, or from the `latitude` and `longitude` of a form."""
    today, origin = local_day(now()), find_origin()
    points = lookup.open_points(today)
    nearest = by_distance(points, origin.point) if origin.point else []
    return allowing_position(
        render_template(
            "public/places/where.html",
            today=today,
            origin=origin,
            points=sorted(points, key=lambda each: (each.postcode, each.name)),
            nearest=nearest,
            shown_first=SHOWN_FIRST,
            map=_map(points, nearest, origin.point),
        )
    )


def _map(points: list[DropOffPoint], nearest: list[Distant[DropOffPoint]], here: Point | None) -> DotMap:
    dots = [
        Dot(point, f"{each.name}, {each.town}", radius=9, address=f"#point-{each.id}")
        for each in points
        if (point := each.point) is not None
    ]
    shown = [point for each in nearest[:ON_THE_MAP] if (point := each.place.point) is not None]
    window = window_around([here, *shown]) if here and shown else Window()
    return DotMap("points", gettext("Les points de dépôt en Belgique"), dots, here, window, names_towns=True)
