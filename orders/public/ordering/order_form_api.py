"""What the order form's script asks while it is filled in: places, corrections, postage. Nothing is kept or logged.

The form does all of it without a script too, when it comes back (`ordering.views`).
"""

from collections.abc import Sequence

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from orders.addresses.postcodes import places
from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition, Publication
from orders.clock import local_day, now
from orders.ordering import repository
from orders.ordering.models import Order
from orders.ordering.refusals import UnknownOrder
from orders.ordering.request.offer import recent_offer
from orders.public.ordering import class_calculator
from orders.public.ordering.help import address_suggestions
from orders.public.ordering.help.school_suggestions import schools
from orders.public.ordering.order_preview import outlook_for
from orders.public.ordering.postage_preview import Postage, postage_for
from orders.web.rate_limits import limiter

pages = Blueprint("helping", __name__)

TYPING = "600 per minute"  # one address may be a whole school
A_DAY = 86_400  # seconds


@pages.get("/order/places")
@limiter.limit(TYPING)
def places_of() -> Response:
    """The places of a postcode, in alphabetical order; none for an unknown code."""
    answer = jsonify(places=places(request.args.get("postcode", "")))
    answer.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return answer


@pages.get("/order/institutions")
@limiter.limit(TYPING)
def institutions() -> ResponseReturnValue:
    """The schools that fit what is typed; choosing one fills the fields in."""
    found = schools(request.args.get("q", ""))
    return {"found": [{"label": each.words, "changes": dict(each.changes)} for each in found]}


@pages.post("/order/mendings")
@limiter.limit(TYPING)
def mendings() -> ResponseReturnValue:
    """Corrections of an address as it is typed. By POST, so that no server log holds it."""
    given = address_suggestions.help_for(request.form, live=True)
    return {
        room: {
            "question": each.question,
            "mendings": [{"label": one.label, "changes": dict(one.changes)} for one in each.mendings],
        }
        for room, each in given.items()
    }


@pages.get("/order/postage")
@limiter.limit(TYPING)
def postage() -> ResponseReturnValue:
    """Letter or parcel, and what becomes of the copies: what goes now, what waits, and whether that is in time."""
    today = local_day(now())
    edition = recent_offer().open_edition(today)
    if edition is None:
        return Postage().as_json()
    changed = _changed_order(edition)
    publications = list(edition_lookup.orderable(edition))
    if changed:
        offered = {each.id for each in publications}
        publications += [line.publication for line in changed.lines if line.publication_id not in offered]
    said = postage_for(request.args, publications, besides=changed).as_json(is_change=changed is not None)
    outlook = outlook_for(request.args, edition, publications, today, besides=changed)
    return said | outlook.as_json() if outlook.promise else said


def _changed_order(edition: Edition) -> Order | None:
    """The order that is being changed, where its page asks: by its link, like everything about an order."""
    try:
        found = repository.get_order_by_link(request.args.get("order", ""))
    except UnknownOrder:
        return None
    return found if found.edition_id == edition.id else None


@pages.get("/order/suggestion")
@limiter.limit(TYPING)
def suggestion() -> ResponseReturnValue:
    copies, said = class_calculator.propose(request.args, _publications())
    return {"copies": copies, "said": said}


def _publications() -> Sequence[Publication]:
    edition = recent_offer().open_edition(local_day(now()))
    return edition_lookup.orderable(edition) if edition else ()
