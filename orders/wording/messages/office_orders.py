"""Why one order cannot be changed at the office as it was typed, nor taken out, nor get a number or a note."""

from flask_babel import gettext

from orders.ordering.followup.corrections import TooLateToChange
from orders.ordering.followup.notes import LONGEST_NOTE, NoteMissing
from orders.ordering.lifecycle.placing_many import OneRefused
from orders.ordering.refusals import HandedOverOtherwise, NotOnTheTable
from orders.references import show_reference
from orders.shipping.carrier import tracking
from orders.shipping.models import SharedParcel
from orders.wording.formatting import number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: TooLateToChange) -> str:
    if said.order.dispatch_id is not None:
        return gettext(
            "Rien n’a changé : la commande est dans l’envoi %(dispatch)s. Ce qu’elle contient ne change plus ; "
            "sortez-la d’abord de l’envoi, sur sa page.",
            dispatch=said.order.dispatch_id,
        )
    return gettext(
        "Rien n’a changé : la commande est partie ou a pris fin. On peut encore corriger comment joindre la personne, "
        "et la facturation."
    )


@sentence.register
def _(said: SharedParcel) -> str:
    return gettext(
        "Rien n’a changé : dans l’envoi, elle partage un pli avec une autre commande de son adresse (%(numbers)s). "
        "Sortez-la d’abord de l’envoi, ou emballez chaque commande seule.",
        numbers=", ".join(map(str, said.numbers)),
    )


@sentence.register
def _(said: NotOnTheTable) -> str:
    return gettext(
        "La commande %(reference)s n’est dans aucun envoi ouvert : rien n’a changé.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: tracking.NoTrackingNumber) -> str:
    return gettext(
        "Rien n’est noté : « %(typed)s » n’est pas un numéro de bpost, qui a 24 chiffres (3232…) ou deux lettres, neuf "
        "chiffres et deux lettres. Parti avec un autre transporteur ? Écrivez son numéro dans les notes.",
        typed=said.typed[:40],
    )


@sentence.register
def _(said: tracking.TrackingNumberTaken) -> str:
    return gettext(
        "Rien n’est noté : ce numéro est déjà celui du pli %(sequence)s de l’envoi %(dispatch)s (%(references)s).",
        sequence=said.parcel.sequence,
        dispatch=said.parcel.dispatch_id,
        references=", ".join(order.shown_reference for order in said.parcel.orders),
    )


@sentence.register
def _(_said: NoteMissing) -> str:
    return gettext("Écrivez la note, en %(most)s caractères au plus : rien n’est noté.", most=number(LONGEST_NOTE))


@sentence.register
def _(said: OneRefused) -> str:
    return sentence(said.refusal)


@sentence.register
def _(said: HandedOverOtherwise) -> str:
    return gettext(
        "La commande %(reference)s a changé entre-temps : rien n’est annulé.",
        reference=show_reference(said.reference),
    )
