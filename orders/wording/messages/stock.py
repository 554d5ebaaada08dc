"""Refusals of rules about stock."""

from flask_babel import gettext, ngettext

from orders.ordering.queue.deallocation import CopiesPromised
from orders.ordering.queue.rationing import DemandChanged, NothingToShare
from orders.stock.count_models import (
    CountChanged,
    CountEnded,
    CountSpoilt,
    ElsewhereCounted,
    NothingCounted,
    TooFewFree,
    UnknownCount,
)
from orders.stock.delivery_reversal import MoreThanCame
from orders.stock.models import (
    MOST_COPIES,
    WAYS,
    ImpossibleCopies,
    ImpossibleDay,
    MoreThanOrdered,
    OutOfStock,
    PublicationArchived,
    ReasonMissing,
    RunCancelled,
    UnknownPrintRun,
    WrongWay,
)
from orders.wording.enum_labels import word
from orders.wording.formatting import day, moment, number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: OutOfStock) -> str:
    return gettext(
        "Il n’y en a pas assez : %(shortages)s.",
        shortages=", ".join(
            gettext(
                "%(code)s, %(copies)s demandés et %(available)s disponibles",
                code=shortage.code,
                copies=number(shortage.copies),
                available=number(shortage.available),
            )
            for shortage in said.shortages
        ),
    )


@sentence.register
def _(said: ImpossibleCopies) -> str:
    return gettext(
        "Écrivez un nombre entier d’exemplaires, autre que 0 et de %(most)s au plus.",
        most=number(MOST_COPIES),
    )


@sentence.register
def _(said: ReasonMissing) -> str:
    return gettext("Dites pourquoi : choisissez une raison, et pour « autre », écrivez-la dans la note.")


@sentence.register
def _(said: WrongWay) -> str:
    if WAYS[said.reason] < 0:
        return gettext("« %(reason)s » fait sortir des exemplaires. Rien n’est noté.", reason=word(said.reason))
    return gettext("« %(reason)s » fait entrer des exemplaires. Rien n’est noté.", reason=word(said.reason))


@sentence.register
def _(said: PublicationArchived) -> str:
    return gettext(
        "%(code)s est archivée : rien n’a été noté. Pour y noter encore quelque chose, "
        "une personne de la coordination peut la rouvrir dans le catalogue.",
        code=said.code,
    )


@sentence.register
def _(said: UnknownPrintRun) -> str:
    return gettext("Ce tirage n’existe pas pour cette publication.")


@sentence.register
def _(said: RunCancelled) -> str:
    return gettext(
        "Ce tirage a été annulé : rien n’a été noté. Choisissez « aucun tirage », "
        "ou demandez à la coordination d’en noter un nouveau."
    )


@sentence.register
def _(said: ImpossibleDay) -> str:
    return gettext(
        "Le %(day)s est passé, ou dans plus de deux ans : écrivez le jour promis par l’imprimeur.",
        day=day(said.day),
    )


@sentence.register
def _(said: MoreThanOrdered) -> str:
    if said.still == 0:
        return gettext("Ce tirage est déjà arrivé en entier : cette livraison a peut-être déjà été notée.")
    return ngettext(
        "De ce tirage, un seul exemplaire est encore attendu, et vous en notez %(copies)s.",
        "De ce tirage, %(still)s exemplaires sont encore attendus, et vous en notez %(copies)s.",
        said.still,
        still=number(said.still),
        copies=number(said.copies),
    )


@sentence.register
def _(said: UnknownCount) -> str:
    return gettext("Cet inventaire n’existe pas.")


@sentence.register
def _(said: CountEnded) -> str:
    if said.count.approved_at is not None:
        return gettext(
            "Cet inventaire a déjà été approuvé, le %(when)s : rien n’a changé. "
            "Pour recompter, commencez-en un nouveau.",
            when=moment(said.count.approved_at),
        )
    return gettext("Cet inventaire a été abandonné : rien n’a changé. Pour recompter, commencez-en un nouveau.")


@sentence.register
def _(said: CountChanged) -> str:
    return gettext(
        "Quelqu’un a compté ou retiré quelque chose pendant que vous regardiez : rien n’a été approuvé. "
        "Voici où en est l’inventaire ; vérifiez et approuvez de nouveau."
    )


@sentence.register
def _(said: CountSpoilt) -> str:
    return gettext(
        "Des exemplaires de %(codes)s sont arrivés ou partis entre deux saisies : leur somme ne dit plus rien. "
        "Rien n’a été approuvé ; recomptez ces publications.",
        codes=", ".join(said.codes),
    )


@sentence.register
def _(said: NothingCounted) -> str:
    return gettext("Rien n’est encore compté : il n’y a rien à approuver.")


@sentence.register
def _(said: ElsewhereCounted) -> str:
    return gettext("%(code)s est d’une autre édition que cet inventaire : rien n’a été noté.", code=said.code)


@sentence.register
def _(said: TooFewFree) -> str:
    return gettext(
        "%(code)s : il en manque %(missing)s, mais %(free)s seulement peuvent sortir du rayon ; le reste est dans "
        "un envoi ouvert, ou n’existe pas. Rien n’a été noté : annulez d’abord cet envoi, ou recomptez.",
        code=said.code,
        missing=number(said.missing),
        free=number(said.free),
    )


@sentence.register
def _(said: CopiesPromised) -> str:
    return gettext(
        "Rien n’a été noté : une partie de ces exemplaires est réservée à des commandes. Voyez lesquelles, et cochez "
        "la case s’il faut les leur reprendre."
    )


@sentence.register
def _(said: MoreThanCame) -> str:
    return gettext(
        "De ce tirage, %(received)s exemplaires sont notés comme reçus : vous ne pouvez pas en retirer %(copies)s.",
        received=number(said.received),
        copies=number(said.copies),
    )


@sentence.register
def _(said: DemandChanged) -> str:
    return gettext(
        "Des exemplaires ou des commandes ont bougé pendant que vous regardiez : rien n’a été partagé. "
        "Voici ce que chaque façon de partager donne maintenant."
    )


@sentence.register
def _(said: NothingToShare) -> str:
    return gettext("C’est déjà partagé ainsi : rien n’a changé.")
