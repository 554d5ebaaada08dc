"""What is wrong with an address, or asked about it."""

from flask_babel import gettext, ngettext

from orders import addresses
from orders.addresses.house_numbers import NoNumber, TwoNumbers
from orders.addresses.postcodes import OddPlace, UnknownPostcode
from orders.ordering.refusals import ParcelToPoBox
from orders.references import show_reference
from orders.wording.messages.registry import sentence

MOST_NAMED = 3  # of the places of one postcode
MOST_REFERENCES = 5  # in one sentence


@sentence.register
def _(said: addresses.Missing) -> str:
    return {
        "name": gettext("Indiquez le nom de la personne à qui l’envoyer."),
        "street": gettext("Indiquez la rue."),
        "postcode": gettext("Indiquez le code postal, quatre chiffres."),
        "town": gettext("Indiquez la localité."),
        "email": gettext("Indiquez votre adresse e-mail : la confirmation y arrive."),
    }[said.field]


@sentence.register
def _(said: addresses.TooLong) -> str:
    if said.field == "email":
        return gettext(
            "Aucune adresse e-mail n’est aussi longue : elle a 254 caractères au plus, dont 64 avant le @. "
            "Y en a-t-il deux, ou un texte autour ?"
        )
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
def _(said: UnknownPostcode) -> str:
    return gettext(
        "Nous ne connaissons pas le code postal %(postcode)s : est-ce bien correct ?", postcode=said.postcode
    )


@sentence.register
def _(said: OddPlace) -> str:
    named = ", ".join(said.places[:MOST_NAMED])
    if len(said.places) > MOST_NAMED:
        return gettext(
            "Au code postal %(postcode)s, nous connaissons entre autres %(places)s : est-ce bien correct ?",
            postcode=said.postcode,
            places=named,
        )
    return gettext(
        "Au code postal %(postcode)s, nous connaissons %(places)s : est-ce bien correct ?",
        postcode=said.postcode,
        places=named,
    )


@sentence.register
def _(said: ParcelToPoBox) -> str:
    if said.references:
        return gettext(
            "Rien n’a changé : un colis ne peut pas aller à une boîte postale. Il faut une rue et un numéro, "
            "un retrait au bureau, ou moins d’exemplaires : %(references)s.",
            references=", ".join(map(show_reference, said.references[:MOST_REFERENCES])),
        )
    return gettext(
        "Un colis ne peut pas aller à une boîte postale : donnez une adresse avec rue et numéro, "
        "choisissez le retrait, ou moins d’exemplaires pour une lettre."
    )


@sentence.register
def _(said: NoNumber) -> str:
    return gettext("L’adresse n’a pas de numéro de maison : est-ce bien correct ?")


@sentence.register
def _(said: TwoNumbers) -> str:
    return gettext(
        "Il y a deux numéros, %(first)s dans la rue et %(second)s dans son champ : gardez le bon, ou confirmez.",
        first=said.in_street,
        second=said.in_field,
    )
