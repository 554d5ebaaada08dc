"""Refusals of rules about orders, and those of several rooms."""

from flask_babel import gettext

from orders.catalogue.uploads import UnknownUpload
from orders.errors import DomainError, OutOfRange
from orders.ordering.lifecycle.approval import LONGEST_REASON, AlreadyDecided, ExplanationMissing, ImpossibleDecision
from orders.ordering.lookup.filters import UnknownFilter
from orders.ordering.refusals import (
    AlreadyDispatched,
    AlreadyEnded,
    NothingToHandOver,
    NotOrderable,
    OrderingClosed,
    UnknownOrder,
)
from orders.ordering.review.allowances import Excess, OverAllowance
from orders.ordering.review.duplicates import LooksRepeated
from orders.references import MistypedReference, show_reference
from orders.shipping.models import (
    DispatchEnded,
    DispatchState,
    MeanwhileChanged,
    NothingChosen,
    NothingPacked,
    NotReady,
    UnknownDispatch,
)
from orders.shipping.printing import print_requests
from orders.wording.association_text import association_text
from orders.wording.formatting import number
from orders.wording.messages.registry import sentence

MOST_NAMED = 5  # references in one sentence


@sentence.register
def _(said: OutOfRange) -> str:
    return gettext(
        "Rien n’a changé : « %(typed)s » n’est pas un nombre de %(least)s à %(most)s.",
        typed=said.typed,
        least=number(said.least),
        most=number(said.most),
    )


@sentence.register
def _(said: UnknownFilter) -> str:
    return gettext("Rien n’a changé : « %(typed)s » ne permet pas de choisir des commandes.", typed=said.typed)


@sentence.register
def _(said: OrderingClosed) -> str:
    return gettext("Aucune édition ne prend de commandes en ce moment.")


@sentence.register
def _(said: NotOrderable) -> str:
    return gettext("Ces publications ne peuvent pas être commandées : %(codes)s.", codes=", ".join(said.codes))


@sentence.register
def _(said: Excess) -> str:
    """The public form never names what is there `already` (`review.review`): the office reads that."""
    if not said.already:
        return gettext(
            "Au plus %(maximum)s par personne ou adresse, sur toute l’édition. Besoin de davantage ? "
            "Écrivez-nous à %(email)s.",
            maximum=number(said.maximum),
            email=association_text().email,
        )
    return gettext(
        "Au plus %(maximum)s par personne ou adresse, sur toute l’édition : %(already)s sont déjà dans d’autres "
        "commandes, %(still)s encore possibles.",
        maximum=number(said.maximum),
        already=number(said.already),
        still=number(said.still),
    )


@sentence.register
def _(said: OverAllowance) -> str:
    return " ".join(f"{excess.code} : {sentence(excess)}" for excess in said.excesses)


@sentence.register
def _(said: LooksRepeated) -> str:
    return gettext("Une commande a déjà été faite pour cette organisation ou cette adresse.")


@sentence.register
def _(said: AlreadyDecided) -> str:
    return gettext(
        "La commande %(reference)s n’est plus à décider : quelqu’un l’a fait entre-temps. Rien n’a changé.",
        reference=said.order.shown_reference,
    )


@sentence.register
def _(said: ImpossibleDecision) -> str:
    if not said.codes:
        return gettext("Accordez au moins un exemplaire, ou refusez la commande.")
    return gettext("On peut accorder ce qui est demandé, ou moins : vérifiez %(codes)s.", codes=", ".join(said.codes))


@sentence.register
def _(said: ExplanationMissing) -> str:
    return gettext(
        "Écrivez pourquoi, en %(most)s caractères au plus : c’est ce que la personne reçoit par e-mail.",
        most=LONGEST_REASON,
    )


@sentence.register
def _(said: UnknownOrder) -> str:
    return gettext("Il n’y a pas de commande à cet endroit. Vérifiez la référence, ou le lien dans votre e-mail.")


@sentence.register
def _(said: MistypedReference) -> str:
    return gettext("Cette référence contient une faute de frappe : une référence a huit lettres, comme KLNB-RTVX.")


@sentence.register
def _(said: AlreadyDispatched) -> str:
    return gettext(
        "La commande %(reference)s est déjà en préparation ou en route : elle ne peut plus être annulée.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: AlreadyEnded) -> str:
    return gettext("La commande %(reference)s était déjà annulée ou refusée.", reference=show_reference(said.reference))


@sentence.register
def _(said: NothingToHandOver) -> str:
    return gettext(
        "La commande %(reference)s n’a rien à remettre : elle n’est pas à retirer, ou rien n’est prêt.",
        reference=show_reference(said.reference),
    )


@sentence.register
def _(said: NothingChosen) -> str:
    return gettext("Aucune commande n’est choisie : cochez-en au moins une.")


@sentence.register
def _(said: NotReady) -> str:
    shown = ", ".join(show_reference(reference) for reference in said.references[:MOST_NAMED])
    if len(said.references) <= MOST_NAMED:
        return gettext(
            "Ces commandes ne peuvent pas (ou plus) entrer dans un envoi : %(references)s. Rien n’a été préparé.",
            references=shown,
        )
    return gettext(
        "%(count)s de ces commandes ne peuvent pas (ou plus) entrer dans un envoi : quelqu’un les a sans doute prises "
        "entre-temps. Rien n’a été préparé.",
        count=number(len(said.references)),
    )


@sentence.register
def _(said: MeanwhileChanged) -> str:
    return gettext(
        "Le nombre a changé pendant que vous regardiez : %(found)s commandes correspondent, "
        "et non %(expected)s. Vérifiez et recommencez.",
        found=number(said.found),
        expected=number(said.expected),
    )


@sentence.register
def _(said: NothingPacked) -> str:
    return gettext("Aucun pli n’est marqué comme emballé.")


@sentence.register
def _(said: DispatchEnded) -> str:
    if said.dispatch.state is DispatchState.CLOSED:
        return gettext("L’envoi %(id)s était déjà clôturé : rien n’a changé.", id=said.dispatch.id)
    return gettext("L’envoi %(id)s était déjà défait : rien n’a changé.", id=said.dispatch.id)


@sentence.register
def _(said: UnknownDispatch) -> str:
    return gettext("Cet envoi n’existe pas.")


@sentence.register
def _(said: print_requests.UnknownLabelSheet) -> str:
    return gettext(
        "Aucune planche ne s’appelle « %(name)s » et rien n’a été imprimé : vouliez-vous %(nearest)s ?",
        name=said.name[:20],
        nearest=said.nearest,
    )


@sentence.register
def _(said: print_requests.LastBeforeFirst) -> str:
    return gettext(
        "Le numéro %(last)s vient avant le %(first)s et rien n’a été imprimé : "
        "écrivez d’abord le plus petit, puis le plus grand.",
        first=said.first,
        last=said.last,
    )


@sentence.register
def _(said: print_requests.NoSuchNumber) -> str:
    if said.field == "start":
        return gettext(
            "Il n’y a pas de position %(typed)s et rien n’a été imprimé : choisissez de 1 à %(last)s.",
            typed=said.typed,
            last=said.last,
        )
    return gettext(
        "Il n’y a pas de numéro %(typed)s et rien n’a été imprimé : choisissez de 1 à %(last)s.",
        typed=said.typed,
        last=said.last,
    )


@sentence.register
def _(said: UnknownUpload) -> str:
    return gettext("Cette image ou ce PDF n’existe plus : repartez de l’accueil.")


@sentence.register
def _(said: DomainError) -> str:
    """For one that nobody foresaw: every refusal of ours has its own (`tests/wording/test_refusals.py`)."""
    return gettext("Ce n’est pas possible pour le moment, et rien n’a changé. Rechargez la page et vérifiez.")
