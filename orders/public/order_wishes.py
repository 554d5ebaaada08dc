"""What whoever orders may also wish: to be written to next year, and to have their own marathon listed.

Each is an unticked box of its own; the order is the same with and without.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField

from orders.events import proposing
from orders.events.proposing import Contact
from orders.ordering.models import Order
from orders.places.place_address import Address
from orders.reminders import subscriptions
from orders.staff.journal import Actor

REMEMBER = _l("Gardez mon adresse pour l’an prochain et écrivez-moi quand les commandes ouvrent.")
LIST_EVENT = _l("Annoncez mon marathon sur la carte : seuls son jour et ma localité sont montrés.")


@dataclass(frozen=True, slots=True)
class Wishes:
    """`remember_text`: the words of the box, if it was ticked."""

    remember_text: str = ""
    lists_gathering: bool = False


class WishFields(FlaskForm):  # type: ignore[misc]
    """The boxes, on the form of an order."""

    remember = BooleanField(REMEMBER)
    list_event = BooleanField(LIST_EVENT)


def read(typed: Mapping[str, str]) -> Wishes:
    """What was ticked, as it was sent."""
    remember, list_event = (typed.get(name, "") not in BooleanField.false_values for name in ("remember", "list_event"))
    return Wishes(str(REMEMBER) if remember else "", list_event)


def fulfil(order: Order, wishes: Wishes, *, at: datetime) -> None:
    """Do what was wished beside an order, in its transaction; the same form once more changes nothing."""
    if wishes.remember_text and order.email:
        subscriptions.keep(order, wishes.remember_text, at=at)
    if wishes.lists_gathering and order.gathering_on is not None:
        contact = Contact(order.name, order.email, order.language)
        place = Address("", order.postcode, order.town)
        day = order.gathering_on
        proposing.propose_gathering(order.id, contact, day, place, at=at, by=Actor("web"))
