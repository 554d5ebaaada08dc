"""Refusals of rules about the carrier."""

from flask_babel import gettext

from orders.shipping import return_models
from orders.shipping.carrier import manifest
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: manifest.NothingForCarrier) -> str:
    return gettext("Cet envoi n’a que des lettres : il n’y a rien à donner au transporteur.")


@sentence.register
def _(said: return_models.NothingToRecall) -> str:
    return gettext("Aucun de ces plis n’est à la poste : rien n’a changé.")
