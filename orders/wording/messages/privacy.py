"""Why something about personal data cannot be done."""

from flask_babel import gettext, ngettext

from orders.privacy.colleagues import StillWorking
from orders.privacy.data_subject_rights import OrdersStillOpen
from orders.privacy.models import UnknownPurge
from orders.references import show_reference
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: UnknownPurge) -> str:
    return gettext("Il n’y a pas d’effacement de ce numéro.")


@sentence.register
def _(said: OrdersStillOpen) -> str:
    return ngettext(
        "La commande %(references)s n’est pas terminée : on a encore besoin de ces données pour elle.",
        "Les commandes %(references)s ne sont pas terminées : on a encore besoin de ces données pour elles.",
        len(said.references),
        references=", ".join(map(show_reference, said.references)),
    )


@sentence.register
def _(said: StillWorking) -> str:
    return gettext("Le compte %(email)s sert encore : terminez-le d’abord.", email=said.email)
