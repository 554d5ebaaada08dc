"""Why a rule of the parcels said no."""

from flask_babel import gettext

from orders.references import show_reference
from orders.shipping import print_requests, printers, printing
from orders.shipping.models import TooLargeInOrders
from orders.wording.sentences import sentence


@sentence.register
def _(said: TooLargeInOrders) -> str:
    _, refusal = said.orders[0]
    return gettext(
        "Rien n’a été préparé. À laisser de côté : %(references)s. %(why)s",
        references=", ".join(show_reference(reference) for reference, _ in said.orders[:20]),
        why=sentence(refusal),
    )


@sentence.register
def _(said: printers.UnknownPrinter) -> str:
    return gettext("Aucune imprimante ne s’appelle « %(name)s » : choisissez-en une de la liste.", name=said.name[:40])


@sentence.register
def _(said: print_requests.NoLetters) -> str:
    return gettext("Il n’y a pas de lettre parmi ces numéros : rien n’a été imprimé.")


@sentence.register
def _(said: printing.NotPosted) -> str:
    return gettext(
        "La commande %(reference)s est à retirer à Ixelles : il n’y a pas d’étiquette à imprimer.",
        reference=show_reference(said.reference),
    )
