"""What was sent, read without making the form: most orders have nothing wrong, and then the form is never shown.

Making it takes a sixth of the time of an order. Whatever is to be said about what was sent is said by the form, which
reads it once more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_wtf.csrf import validate_csrf
from wtforms import BooleanField, ValidationError

from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition, Publication
from orders.ordering.request.offer import recent_offer
from orders.ordering.request.order_request import OrderRequest
from orders.public.ordering import form_timestamp
from orders.public.ordering.help import address_mending
from orders.public.ordering.help.school_suggestions import FIND
from orders.public.ordering.order_form import complete, form_key, read_typed
from orders.wording.translation.languages import SWITCH

NO_ORDER = {SWITCH, FIND, address_mending.UNDO, "propose", "use"}
"""The buttons that ask for something else than an order."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form about which nothing is to be said, as far as it can be told without the database."""

    typed: Mapping[str, str]
    ticked: frozenset[str]
    publications: Sequence[Publication]
    asked: OrderRequest


def read(typed: Mapping[str, str], edition: Edition, language: str) -> SentForm | None:
    """What the request sends; none where the form has something to say, or no order is asked for."""
    if not NO_ORDER.isdisjoint(typed) or not _is_from_a_page_of_ours(typed) or address_mending.has_one_reading(typed):
        return None
    publications = edition_lookup.orderable(edition)
    asked, problems = read_typed(typed, publications, recent_offer().audiences, language)
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
