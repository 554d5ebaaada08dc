"""What is chosen on a publication's card: to read it online, or to receive it. Counted by day, nobody known."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from orders.catalogue import edition_lookup, publication_choices
from orders.catalogue.models import Choice, UnknownPublication
from orders.clock import local_day, now
from orders.database import transact
from orders.ordering.request.order_request import COPIES
from orders.web.rate_limits import CHOICES, limiter
from orders.web.request_checks import is_asked_by_head

pages = Blueprint("reading", __name__)

FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")  # browsers that fetch what nobody chose yet say so
ROBOTS = ("bot", "crawl", "spider", "slurp", "preview", "facebookexternalhit")


@pages.get("/read/<code>")
@limiter.limit(CHOICES)
def read(code: str) -> ResponseReturnValue:
    """To where the publication can be read; 404 where it cannot."""
    publication = edition_lookup.get_publication(code)
    if not publication.can_be_read_online:
        raise UnknownPublication(code)
    address = publication.read_online_url
    if publication.reading_digest:
        address = url_for("files.reading", digest=publication.reading_digest, name=publication.code)
    _count(publication.id, Choice.READ)
    return redirect(address, 303)


@pages.get("/receive/<code>")
@limiter.limit(CHOICES)
def receive(code: str) -> ResponseReturnValue:
    """To the order form, at the copies of this publication."""
    publication = edition_lookup.get_publication(code)
    _count(publication.id, Choice.RECEIVE)
    return redirect(url_for("public.place", _anchor=COPIES + code), 303)


def _count(publication_id: int, choice: Choice) -> None:
    if _is_choice_of_a_person():
        transact(publication_choices.count, publication_id, choice, local_day(now()))


def _is_choice_of_a_person() -> bool:
    """As far as can be told without watching anybody: what robots and browsers say of themselves."""
    ahead = " ".join(request.headers.get(name, "") for name in FETCHED_AHEAD).lower()
    agent = request.user_agent.string.lower()
    said_so = any(word in ahead for word in ("prefetch", "preview", "prerender")) or any(x in agent for x in ROBOTS)
    return not is_asked_by_head() and not said_so
