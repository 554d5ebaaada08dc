"""What happens near somebody: events on a map and in a list, each with a page and a calendar file; and a feed."""

from flask import Blueprint, Response, make_response, render_template
from flask_babel import gettext

from orders.clock import now
from orders.events import lookup
from orders.events.models import Event
from orders.mail import signed_links
from orders.maps.belgium_map import Dot, DotMap, Window, window_around
from orders.places.nearest import by_distance
from orders.public.places import calendar_file
from orders.public.places.origin import Origin, allowing_position, find_origin
from orders.wording import event_title, long_day

pages = Blueprint("events", __name__)

ON_THE_MAP = 5  # the nearest ones, which a part of the map shows


@pages.route("/events", methods=["GET", "POST"])
def index() -> Response:
    """The events to come; by distance from a `postcode`, or from the `latitude` and `longitude` of a form."""
    origin, events = find_origin(), lookup.coming(at=now())
    nearest = by_distance(events, origin.point) if origin.point else []
    return allowing_position(
        render_template(
            "public/places/events.html",
            origin=origin,
            events=events,
            nearest=nearest,
            map=_map(events, [each.place for each in nearest[:ON_THE_MAP]], origin),
        )
    )


@pages.get("/events/<int:event_id>")
def event(event_id: int) -> str:
    """One event."""
    found = lookup.get_published(event_id, at=now())
    title = gettext("Où cela se passe")
    here = found.point
    shown = DotMap("event", title, (), here, window_around([here]), names_towns=True) if here else None
    return render_template("public/places/event.html", event=found, map=shown)


@pages.get("/events/<int:event_id>.ics")
def calendar(event_id: int) -> Response:
    """One event for a calendar program."""
    found = lookup.get_published(event_id, at=now())
    page = signed_links.page("events.event", event_id=found.id)
    answer = make_response(calendar_file.of_event(found, event_title(found), page))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers.set("Content-Disposition", "attachment", filename=f"evenement-{found.id}.ics")
    return answer


@pages.get("/events/feed.atom")
def feed() -> Response:
    """The events to come for a feed reader (Atom, RFC 4287), those that were changed last first."""
    events = sorted(lookup.coming(at=now()), key=lambda each: each.changed_at, reverse=True)
    answer = make_response(
        render_template("public/places/events.atom.xml", events=events, links=signed_links, now=now())
    )
    answer.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return answer


def _map(events: list[Event], nearest: list[Event], origin: Origin) -> DotMap:
    dots = [
        Dot(point, f"{event_title(each)}, {long_day(each.day)}, {each.town}", radius=10, address=f"#event-{each.id}")
        for each in events
        if (point := each.point) is not None
    ]
    shown = [point for each in nearest if (point := each.point) is not None]
    window = window_around([origin.point, *shown]) if origin.point and shown else Window()
    return DotMap("events", gettext("Les événements en Belgique"), dots, origin.point, window, names_towns=True)
