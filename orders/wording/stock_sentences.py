"""Why the stock said no."""

from flask_babel import gettext, ngettext

from orders.stock.models import (
    MOST_COPIES,
    ImpossibleCopies,
    ImpossibleDay,
    MoreThanOrdered,
    OutOfStock,
    PublicationArchived,
    ReasonMissing,
    RunCancelled,
    UnknownPrintRun,
)
from orders.wording.figures import day, number
from orders.wording.sentences import sentence


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
