"""The answer to a scan: a title that can be read from two metres, a sentence, and a sound."""

import enum
from collections.abc import Sequence

from flask_babel import gettext, ngettext

from orders.ordering.models import Order
from orders.phone_numbers import show_phone
from orders.shipping.models import Parcel
from orders.shipping.scanning import Outcome, Verdict
from orders.wording import moment


class Tone(enum.Enum):
    """Colour, shape and sound of an answer; `static/scan.js` has the sounds."""

    DONE = "done"
    AGAIN = "again"
    ASK = "ask"
    STOP = "stop"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"


TONES = {
    Verdict.PACKED: Tone.DONE,
    Verdict.HANDED_OVER: Tone.DONE,
    Verdict.CAME_BACK: Tone.DONE,
    Verdict.ALREADY_PACKED: Tone.AGAIN,
    Verdict.ALREADY_HANDED_OVER: Tone.AGAIN,
    Verdict.ALREADY_CAME_BACK: Tone.AGAIN,
    Verdict.POSTED: Tone.AGAIN,
    Verdict.TAKEN_BACK: Tone.ASK,
    Verdict.TO_PACK: Tone.ASK,
    Verdict.WHICH_PARCEL: Tone.ASK,
    Verdict.TO_HAND_OVER: Tone.ASK,
    Verdict.MISTYPED: Tone.MISTYPED,
    Verdict.UNKNOWN: Tone.UNKNOWN,
}
STATUS = {Tone.STOP: 409, Tone.MISTYPED: 422, Tone.UNKNOWN: 404}


def tone(outcome: Outcome) -> Tone:
    return TONES.get(outcome.verdict, Tone.STOP)


def title(outcome: Outcome) -> str:
    """The few words in large letters."""
    return {
        Verdict.PACKED: gettext("Emballé"),
        Verdict.TAKEN_BACK: gettext("Annulé"),
        Verdict.ALREADY_PACKED: gettext("Déjà emballé"),
        Verdict.TO_PACK: gettext("À emballer"),
        Verdict.WHICH_PARCEL: gettext("Lequel de ces plis ?"),
        Verdict.TO_HAND_OVER: gettext("À retirer"),
        Verdict.HANDED_OVER: gettext("Remis"),
        Verdict.ALREADY_HANDED_OVER: gettext("Déjà remis"),
        Verdict.CAME_BACK: gettext("Retour noté"),
        Verdict.ALREADY_CAME_BACK: gettext("Retour déjà noté"),
        Verdict.POSTED: gettext("Déjà posté"),
        Verdict.STALE: gettext("Ne pas envoyer"),
        Verdict.OLD_SLIP: gettext("Ancien bordereau"),
        Verdict.NOT_IN_A_DISPATCH: gettext("Dans aucun envoi"),
        Verdict.WAITING: gettext("En attente de stock"),
        Verdict.PENDING: gettext("Pas encore acceptée"),
        Verdict.RETURNED: gettext("Revenue de la poste"),
        Verdict.CANCELLED: gettext("Commande annulée"),
        Verdict.REJECTED: gettext("Commande refusée"),
        Verdict.OTHER_EDITION: gettext("Bordereau d’une autre année"),
        Verdict.NOT_POSTED: gettext("Rien à reprendre"),
        Verdict.NOT_FOR_PICKUP: gettext("Pas à retirer"),
        Verdict.MISTYPED: gettext("Mal lu"),
        Verdict.UNKNOWN: gettext("Inconnue"),
    }[outcome.verdict]


def advice(outcome: Outcome) -> str:
    """One sentence: what it is, and what to do now."""
    order, parcels = outcome.order, outcome.parcels
    if outcome.verdict is Verdict.POSTED:
        return _posted(parcels)
    if outcome.verdict is Verdict.OTHER_EDITION and order is not None:
        return gettext(
            "Il est de l’édition %(year)s. Ne l’envoyez pas : jetez ce bordereau.",
            year=order.edition.year,
        )
    if outcome.verdict is Verdict.WHICH_PARCEL:
        return ngettext(
            "Cette commande part en %(num)s pli : comptez les exemplaires devant vous, puis choisissez son numéro.",
            "Cette commande part en %(num)s plis : comptez les exemplaires devant vous, puis choisissez le numéro.",
            len(parcels),
        )
    if outcome.verdict in (Verdict.PACKED, Verdict.ALREADY_PACKED) and parcels[0].parts > 1:
        return _part(outcome.verdict, parcels[0])
    return {
        Verdict.PACKED: gettext("Au suivant."),
        Verdict.ALREADY_PACKED: gettext("Rien n’a changé. Si c’est un autre pli, vérifiez son bordereau."),
        Verdict.TO_PACK: gettext("Ce pli est dans un envoi ouvert et n’est pas encore emballé."),
        Verdict.TO_HAND_OVER: gettext("Cette commande est prête : remettez-la à la personne qui vient la chercher."),
        Verdict.HANDED_OVER: gettext("Les exemplaires sont sortis du stock."),
        Verdict.TAKEN_BACK: gettext("Ce n’est plus noté : scannez de nouveau quand c’est fait."),
        Verdict.ALREADY_HANDED_OVER: gettext("Rien n’a changé : cette commande a déjà été remise."),
        Verdict.CAME_BACK: _came_back(order),
        Verdict.ALREADY_CAME_BACK: gettext("Rien n’a changé : ce pli était déjà revenu."),
        Verdict.STALE: gettext(
            "L’adresse ou le contenu a changé depuis l’impression. "
            "Mettez ce bordereau et cette étiquette de côté, et imprimez ce numéro de nouveau."
        ),
        Verdict.OLD_SLIP: gettext(
            "Il a été imprimé pour un autre envoi, une autre adresse ou d’autres exemplaires. Ne l’utilisez pas : "
            "jetez-le, et imprimez ce numéro de nouveau."
        ),
        Verdict.NOT_IN_A_DISPATCH: gettext(
            "La commande est prête, mais n’est dans aucun envoi ouvert : ce bordereau ne sert plus. Ne l’envoyez pas."
        ),
        Verdict.WAITING: gettext(
            "Rien de cette commande ne peut partir maintenant. Remettez les exemplaires en rayon."
        ),
        Verdict.PENDING: gettext("Une personne de la coordination doit d’abord décider. Ne l’envoyez pas."),
        Verdict.RETURNED: gettext("Elle attend une meilleure adresse. Ne l’envoyez pas avec ce bordereau."),
        Verdict.CANCELLED: gettext("Ne l’envoyez pas : remettez les exemplaires en rayon."),
        Verdict.REJECTED: gettext("Ne l’envoyez pas : remettez les exemplaires en rayon."),
        Verdict.NOT_POSTED: gettext("Aucun pli de cette commande n’est à la poste : elle n’a pas pu revenir."),
        Verdict.NOT_FOR_PICKUP: gettext("Cette commande part par la poste, ou rien n’en est prêt à remettre."),
        Verdict.MISTYPED: gettext(
            "Il y a une faute dans cette référence : scannez de nouveau, ou tapez ses huit lettres, comme KLNB-RTVX."
        ),
        Verdict.UNKNOWN: gettext("Cette référence est bien écrite, mais aucune commande ne la porte."),
    }[outcome.verdict]


def _came_back(order: Order | None) -> str:
    """Who asks for a better address: the mail, or somebody of the office."""
    if order is None or order.email:
        return gettext("La personne reçoit un e-mail qui dit pourquoi ; dès qu’elle a répondu, l’envoi repart.")
    if order.phone:
        return gettext(
            "La personne n’a pas d’e-mail : demandez-lui son adresse au %(phone)s.", phone=show_phone(order.phone)
        )
    return gettext("La personne n’a ni e-mail ni téléphone : cherchez son adresse, puis corrigez-la sur la commande.")


def _part(verdict: Verdict, parcel: Parcel) -> str:
    """Which of the parcels that go together it was: their slips carry one reference."""
    if verdict is Verdict.PACKED:
        return gettext(
            "Pli %(part)s sur %(parts)s de cette commande. Scannez le bordereau de chacun.",
            part=parcel.part,
            parts=parcel.parts,
        )
    return gettext(
        "Rien n’a changé : le pli %(part)s sur %(parts)s de cette commande est déjà emballé.",
        part=parcel.part,
        parts=parcel.parts,
    )


def _posted(parcels: Sequence[Parcel]) -> str:
    last = next((parcel for parcel in reversed(parcels) if parcel.posted_at is not None), None)
    if last is None or last.posted_at is None:
        return gettext("Cette commande est partie. Rien n’a changé.")
    return gettext(
        "Parti le %(moment)s, dans l’envoi %(dispatch)s. Est-il revenu ? Notez un retour.",
        moment=moment(last.posted_at),
        dispatch=last.dispatch_id,
    )
