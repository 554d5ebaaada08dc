"""Why a rule of the parcels said no."""

from flask_babel import gettext

from orders.packing.models import DoesNotFit, TooLargeToPost
from orders.references import show_reference
from orders.shipping import print_requests, printers, printing
from orders.shipping.models import TooLargeInOrders
from orders.wording.figures import number
from orders.wording.sentences import sentence


@sentence.register
def _(said: TooLargeToPost) -> str:
    return gettext(
        "Un seul exemplaire de %(code)s (%(grams)s g, %(millimetres)s mm) est trop lourd ou trop épais pour la poste : "
        "au plus 30 kg avec sa boîte. Vérifiez son poids et son épaisseur au catalogue.",
        code=said.code,
        grams=number(-(-said.unit_weight_mg // 1_000)),
        millimetres=number(-(-said.unit_thickness_um // 1_000)),
    )


@sentence.register
def _(said: TooLargeInOrders) -> str:
    _, refusal = said.orders[0]
    return gettext(
        "Rien n’a été préparé. À laisser de côté : %(references)s. %(why)s",
        references=", ".join(show_reference(reference) for reference, _ in said.orders[:20]),
        why=sentence(refusal),
    )


@sentence.register
def _(said: DoesNotFit) -> str:
    if said.weight_mg > said.most_mg:
        return gettext(
            "Trop lourd pour %(packaging)s : %(weight)s g, au plus %(most)s g. Mettez-y moins d’exemplaires, "
            "ou choisissez un emballage plus grand.",
            packaging=said.packaging,
            weight=number(-(-said.weight_mg // 1_000)),
            most=number(said.most_mg // 1_000),
        )
    return gettext(
        "Trop épais pour %(packaging)s : %(height)s mm, au plus %(most)s mm. Mettez-y moins d’exemplaires, "
        "ou choisissez un emballage plus grand.",
        packaging=said.packaging,
        height=tenths(said.height_um),
        most=tenths(said.most_um),
    )


@sentence.register
def _(said: printers.UnknownPrinter) -> str:
    return gettext("Aucune imprimante ne s’appelle « %(name)s » : choisissez-en une de la liste.", name=said.name[:40])


@sentence.register
def _(said: print_requests.NoLetters) -> str:
    return gettext("Il n’y a pas de lettre parmi ces numéros : rien n’a été imprimé.")


def tenths(micrometres: int) -> str:
    """Millimetres with one decimal, rounded up: `29,6`."""
    whole, tenth = divmod(-(-micrometres // 100), 10)
    return f"{number(whole)},{tenth}" if tenth else number(whole)


@sentence.register
def _(said: printing.NotPosted) -> str:
    return gettext(
        "La commande %(reference)s est à retirer à Ixelles : il n’y a pas d’étiquette à imprimer.",
        reference=show_reference(said.reference),
    )
