"""What is wrong with one field of an order, or of a row of a file."""

from flask_babel import gettext

from orders.catalogue.audience_lookup import get_audience
from orders.ordering.files import import_rows
from orders.ordering.request import validation_errors
from orders.ordering.request.email_address import DoubtfulEmail
from orders.phone_numbers import PhoneFault
from orders.wording.association_text import association_text
from orders.wording.audience_names import organisation_label
from orders.wording.formatting import long_day, number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: validation_errors.NotAChoice) -> str:
    if not said.value:
        return gettext("Choisissez une réponse.")
    return gettext(
        "« %(value)s » n’est pas possible ici. Choisissez parmi : %(choices)s.",
        value=said.value[:40],
        choices=", ".join(said.choices),
    )


@sentence.register
def _(said: validation_errors.MissingOrganisation) -> str:
    """In the words of the audience; those of an audience of the house’s own are the name of its field."""
    words = {
        "school": gettext("Indiquez le nom de l’école."),
        "library": gettext("Indiquez le nom de la bibliothèque."),
        "association": gettext("Indiquez le nom de l’association."),
        "group": gettext("Indiquez le nom du groupe."),
    }
    field = organisation_label([get_audience(said.audience)], said.audience)
    return words.get(said.audience) or gettext("Il manque encore : « %(field)s ».", field=field)


@sentence.register
def _(said: validation_errors.MalformedEmail) -> str:
    return gettext("Ce n’est pas une adresse e-mail complète, sans espace ni accent, comme prenom@exemple.be.")


@sentence.register
def _(said: validation_errors.SeveralEmails) -> str:
    return gettext("Il y a plusieurs adresses e-mail : gardez-en une.")


@sentence.register
def _(said: DoubtfulEmail) -> str:
    return gettext(
        "L’adresse e-mail %(typed)s existe rarement : vouliez-vous dire %(meant)s ?", typed=said.typed, meant=said.meant
    )


@sentence.register
def _(said: validation_errors.MalformedPhone) -> str:
    return {
        PhoneFault.SEVERAL: gettext(
            "Il y a plusieurs numéros de téléphone : gardez-en un, par exemple %(first)s.", first=said.first
        ),
        PhoneFault.REMARK: gettext(
            "Il y a autre chose que le numéro %(first)s : gardez le numéro seul, et le reste dans le message.",
            first=said.first,
        ),
        PhoneFault.ROUNDED: gettext(
            "Le tableur a arrondi ce numéro de téléphone : mettez la colonne au format texte, et écrivez-le de nouveau."
        ),
        PhoneFault.MALFORMED: gettext(
            "Ce n’est pas un numéro de téléphone, comme 02 538 81 77. Vous pouvez aussi le laisser vide."
        ),
    }[said.fault]


@sentence.register
def _(said: validation_errors.MalformedDate) -> str:
    return gettext("Indiquez la date comme 2026-12-10 ou 10/12/2026.")


@sentence.register
def _(said: validation_errors.DayPassed) -> str:
    return gettext("Le %(day)s est passé : choisissez un jour à venir, ou n’en mettez pas.", day=long_day(said.day))


@sentence.register
def _(said: validation_errors.NotWholeCopies) -> str:
    return gettext(
        "« %(value)s » n’est pas un nombre d’exemplaires : indiquez un nombre entier, à partir de 0.",
        value=said.value,
    )


@sentence.register
def _(said: validation_errors.NotANumber) -> str:
    return gettext(
        "« %(value)s » n’est pas possible : indiquez un nombre entier, de 1 à %(most)s.",
        value=said.value,
        most=number(said.most),
    )


@sentence.register
def _(said: validation_errors.TooManyCopies) -> str:
    return gettext(
        "Pour plus de %(most)s exemplaires, écrivez-nous à %(email)s : nous trouverons ensemble comment faire.",
        most=number(said.most),
        email=association_text().email,
    )


@sentence.register
def _(said: validation_errors.NothingOrdered) -> str:
    return gettext("Il n’y a rien dans la commande : choisissez au moins un exemplaire.")


@sentence.register
def _(said: validation_errors.UnknownPublicationField) -> str:
    return gettext("La publication « %(code)s » n’existe pas (ou plus) dans cette édition.", code=said.code[:20])


@sentence.register
def _(said: import_rows.RepeatedReference) -> str:
    return gettext("La référence « %(value)s » est mal écrite, ou s’y trouve deux fois.", value=said.value[:20])


@sentence.register
def _(said: import_rows.WrongCells) -> str:
    return gettext(
        "La ligne a %(found)s cellules pour %(expected)s colonnes : un séparateur ou un guillemet manque ?",
        found=said.found,
        expected=said.expected,
    )
