"""What was sent of the order form, read without making the form: most have nothing wrong, and it is never shown.

Making it takes a sixth of the time of an order. Whatever is to be said about what was sent is said by the form
(`order_form`), which reads it by the same functions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import validate_csrf
from wtforms import BooleanField, ValidationError

from orders.catalogue import edition_lookup
from orders.catalogue.audience_models import Audience
from orders.catalogue.models import Edition, Publication
from orders.directory import lookup
from orders.idempotency import LONGEST_KEY, new_key
from orders.ordering.request.offer import recent_offer
from orders.ordering.request.order_request import OrderRequest, check
from orders.ordering.request.validation_errors import Problem
from orders.public.ordering import form_timestamp
from orders.public.ordering.help import address_mending
from orders.public.ordering.help.school_suggestions import FIND
from orders.public.ordering.questions import REPEAT
from orders.wording import association_name
from orders.wording.translation.languages import SWITCH

NEWS = _l(
    "Envoyez-moi aussi par e-mail des nouvelles de l’association (%(association)s).", association=association_name
)
NO_ORDER = {SWITCH, FIND, address_mending.UNDO, "propose", "use"}
"""The buttons that ask for something else than an order."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form about which nothing is to be said, as far as it can be told without the database."""

    typed: Mapping[str, str]
    ticked: frozenset[str]
    publications: Sequence[Publication]
    asked: OrderRequest


def read(typed: Mapping[str, str], edition: Edition, language: str, today: date) -> SentForm | None:
    """What the request sends; none where the form has something to say, or no order is asked for."""
    if not NO_ORDER.isdisjoint(typed) or not _is_from_a_page_of_ours(typed) or address_mending.has_one_reading(typed):
        return None
    publications = edition_lookup.orderable(edition)
    asked, problems = read_typed(typed, publications, recent_offer().audiences, language, not_before=today)
    if problems or asked is None:
        return None
    ticked = frozenset(request.form.getlist("confirm"))
    key = form_key(typed.get("again") or typed.get("submission") or "")
    wants_news = typed.get("news", "") not in BooleanField.false_values
    return SentForm(typed, ticked, publications, complete(asked, ticked, key, wants_news=wants_news))


def _is_from_a_page_of_ours(typed: Mapping[str, str]) -> bool:
    """Whether a person sends it from a page that we gave out not too long ago."""
    try:
        validate_csrf(typed.get("csrf_token"))
    except ValidationError:
        return False
    return form_timestamp.is_acceptable(typed.get("opened") or "") and not typed.get("website")


def read_typed(
    typed: Mapping[str, str],
    publications: Sequence[Publication],
    audiences: Sequence[Audience],
    language: str,
    *,
    needs_email: bool = True,
    not_before: date | None = None,
) -> tuple[OrderRequest | None, list[Problem]]:
    """What is typed, by the rule for every order; the day of a gathering is the one day that the form asks about,
    unless another one was sent."""
    gathers = any(each.gathers for each in audiences if each.code == typed.get("audience"))
    gathering_on = typed.get("gathering_on") or (typed.get("needed_by") or "" if gathers else "")
    typed = {**typed, "language": language, "country": "", "gathering_on": gathering_on}
    return check(typed, [each.code for each in publications], audiences, needs_email=needs_email, not_before=not_before)


def complete(request: OrderRequest, ticked: frozenset[str], submission: str, *, wants_news: bool) -> OrderRequest:
    """The request with what only the form has: its key, the questions that were answered, the consent."""
    return replace(
        request,
        confirmed=ticked if request.reason else ticked - {REPEAT},
        submission=submission,
        news_text=str(NEWS) if wants_news else "",
        institution=lookup.known_code(request.institution),
    )


def form_key(typed: str) -> str:
    """The key that came with the form; a new one where it is none that a database could hold."""
    return typed[:LONGEST_KEY] if typed.isprintable() and typed.strip() else new_key()
