"""What is wrong with an event."""

from flask_babel import gettext

from orders.events.models import AlreadyDecided, EventOver, UnknownEvent
from orders.wording.messages.registry import sentence


@sentence.register
def _(_: UnknownEvent) -> str:
    return gettext("Cet événement n’existe pas (ou plus).")


@sentence.register
def _(_: AlreadyDecided) -> str:
    return gettext("Quelqu’un vient d’en décider : regardez où il en est.")


@sentence.register
def _(_: EventOver) -> str:
    return gettext("Cet événement est passé : il ne peut plus être annoncé.")
