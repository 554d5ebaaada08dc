"""What a problem or a refusal means, and what to do about it: the rules give data, here are the words."""

from functools import singledispatch

from flask_babel import gettext, ngettext

from orders import addresses
from orders.addresses.postcodes import OddPlace, UnknownPostcode
from orders.errors import DomainError
from orders.ordering import checking, importing
from orders.ordering.models import AlreadyDispatched, AlreadyEnded, NotOrderable, OrderingClosed, UnknownOrder
from orders.references import MistypedReference, show_reference
from orders.shipping import printing
from orders.shipping.models import (
    DispatchEnded,
    DispatchState,
    MeanwhileChanged,
    NothingChosen,
    NothingPacked,
    NotReady,
    UnknownDispatch,
)
from orders.stock.models import MOST_COPIES, ImpossibleCopies, OutOfStock, ReasonMissing
from orders.wording.figures import number


@singledispatch
def sentence(said: object) -> str:
    """What a problem or a refusal means and what to do about it."""
    raise TypeError(f"no sentence for {type(said).__name__}")


@sentence.register
def _(said: addresses.Missing) -> str:
    return {
        "name": gettext("Écrivez le nom de la personne à qui l’envoyer."),
        "street": gettext("Écrivez la rue."),
        "number": gettext("Écrivez le numéro de la maison."),
        "postcode": gettext("Écrivez le code postal, quatre chiffres."),
        "town": gettext("Écrivez la localité."),
        "email": gettext("Écrivez votre adresse e-mail : la confirmation y arrive."),
    }[said.field]


@sentence.register
def _(said: addresses.TooLong) -> str:
    return ngettext(
        "%(num)s caractère de trop : %(longest)s au plus. Abrégez, s’il vous plaît.",
        "%(num)s caractères de trop : %(longest)s au plus. Abrégez, s’il vous plaît.",
        said.by,
        longest=said.longest,
    )


@sentence.register
def _(said: addresses.MalformedPostcode) -> str:
    return gettext("Un code postal belge a quatre chiffres, par exemple 1050.")


@sentence.register
def _(said: addresses.UnknownCountry) -> str:
    return gettext("Nous n’envoyons qu’en Belgique (BE).")


@sentence.register
def _(said: addresses.Unprintable) -> str:
    return gettext(
        "Nous ne pouvons pas imprimer « %(letters)s ». "
        "Écrivez l’adresse en lettres latines : la poste ne lit qu’elles.",
        letters=" ".join(said.characters[:10]),
    )


@sentence.register
def _(said: addresses.ControlCharacters) -> str:
    return gettext("Ce champ contient des caractères invisibles qui ne sont pas du texte : écrivez-le à nouveau.")


@sentence.register
def _(said: checking.NotAChoice) -> str:
    if not said.value:
        return gettext("Choisissez une réponse.")
    return gettext(
        "« %(value)s » n’est pas possible ici. Choisissez parmi : %(choices)s.",
        value=said.value[:40],
        choices=", ".join(said.choices),
    )


@sentence.register
def _(said: checking.MalformedEmail) -> str:
    return gettext("Ce n’est pas une adresse e-mail complète, comme prenom@exemple.be.")


@sentence.register
def _(said: checking.MalformedPhone) -> str:
    return gettext("Ce n’est pas un numéro de téléphone, comme 02 538 81 77. Vous pouvez aussi le laisser vide.")


@sentence.register
def _(said: checking.MalformedDate) -> str:
    return gettext("Écrivez la date comme 2026-12-10 ou 10/12/2026.")


@sentence.register
def _(said: checking.NotWholeCopies) -> str:
    return gettext(
        "« %(value)s » n’est pas un nombre d’exemplaires : écrivez un nombre entier, à partir de 0.",
        value=said.value,
    )


@sentence.register
def _(said: checking.TooManyCopies) -> str:
    return gettext(
        "Pour plus de %(most)s exemplaires, écrivez-nous : nous trouverons ensemble comment faire.",
        most=number(said.most),
    )


@sentence.register
def _(said: checking.NothingOrdered) -> str:
    return gettext("Il n’y a rien dans la commande : choisissez au moins un exemplaire.")


@sentence.register
def _(said: checking.UnknownPublicationField) -> str:
    return gettext("La publication « %(code)s » n’existe pas (ou plus) dans cette édition.", code=said.code[:20])


@sentence.register
def _(said: importing.RepeatedReference) -> str:
    return gettext("La référence « %(value)s » est mal écrite, ou s’y trouve deux fois.", value=said.value[:20])


@sentence.register
def _(said: importing.WrongCells) -> str:
    return gettext(
        "La ligne a %(found)s cellules pour %(expected)s colonnes : un séparateur ou un guillemet manque ?",
        found=said.found,
        expected=said.expected,
    )


@sentence.register
def _(said: UnknownPostcode) -> str:
    return gettext(
        "Nous ne connaissons pas le code postal %(postcode)s : est-ce bien correct ?", postcode=said.postcode
    )


@sentence.register
def _(said: OddPlace) -> str:
    return gettext(
        "Au code postal %(postcode)s, nous connaissons %(places)s : est-ce bien correct ?",
        postcode=said.postcode,
        places=", ".join(said.places[:3]),
    )


@sentence.register
def _(said: OrderingClosed) -> str:
    return gettext("Aucune édition ne prend de commandes en ce moment.")


@sentence.register
def _(said: NotOrderable) -> str:
    return gettext("Ces publications ne peuvent pas être commandées : %(codes)s.", codes=", ".join(said.codes))


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
def _(said: NothingChosen) -> str:
    return gettext("Aucune commande n’est choisie : cochez-en au moins une.")


@sentence.register
def _(said: NotReady) -> str:
    return gettext(
        "Ces commandes ne peuvent pas (ou plus) entrer dans un envoi : %(references)s. Rien n’a été préparé.",
        references=", ".join(show_reference(reference) for reference in said.references),
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
def _(said: printing.UnknownLabelSheet) -> str:
    return gettext(
        "Aucune planche ne s’appelle « %(name)s » et rien n’a été imprimé : vouliez-vous %(nearest)s ?",
        name=said.name[:20],
        nearest=said.nearest,
    )


@sentence.register
def _(said: printing.NoSuchNumber) -> str:
    what = gettext("de position") if said.field == "start" else gettext("de numéro")
    return gettext(
        "Il n’y a pas %(what)s %(typed)s et rien n’a été imprimé : choisissez de 1 à %(last)s.",
        what=what,
        typed=said.typed,
        last=said.last,
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
def _(said: DomainError) -> str:
    return gettext("Ce que vous cherchez n’existe pas, ou plus.")
