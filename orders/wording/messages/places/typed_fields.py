"""What is wrong with what was typed about a public place, whichever it is."""

from flask_babel import gettext

from orders.places import faults
from orders.wording.formatting import long_day, number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: faults.EmptyField) -> str:
    return gettext("Remplissez cette case.")


@sentence.register
def _(said: faults.LongField) -> str:
    return gettext("Trop long : %(most)s caractères au plus.", most=number(said.most))


@sentence.register
def _(said: faults.UnprintableField) -> str:
    return gettext(
        "Nous ne pouvons pas imprimer « %(letters)s » : écrivez-le en lettres latines.",
        letters=" ".join(said.characters[:10]),
    )


@sentence.register
def _(said: faults.CodeField) -> str:
    return gettext("« %(code)s » est du code, pas du texte : écrivez-le en mots.", code=said.code)


@sentence.register
def _(said: faults.WrongPostcode) -> str:
    return gettext("« %(typed)s » n’est pas un code postal belge : il a quatre chiffres.", typed=said.typed)


@sentence.register
def _(said: faults.UnlocatedPostcode) -> str:
    return gettext("Nous ne savons pas où se trouve le code postal %(postcode)s : vérifiez-le.", postcode=said.postcode)


@sentence.register
def _(said: faults.FarFromPostcode) -> str:
    return gettext(
        "Ce point est à %(km)s km du code postal %(postcode)s : corrigez l’un des deux.",
        km=number(said.kilometres),
        postcode=said.postcode,
    )


@sentence.register
def _(said: faults.NoDay) -> str:
    return gettext("« %(typed)s » n’est pas une date : écrivez-la comme 10/12/2026.", typed=said.typed)


@sentence.register
def _(said: faults.NoHour) -> str:
    return gettext("« %(typed)s » n’est pas une heure : écrivez-la comme 19:30.", typed=said.typed)


@sentence.register
def _(said: faults.DayOver) -> str:
    return gettext("Ce jour, le %(day)s, est passé.", day=long_day(said.day))


@sentence.register
def _(said: faults.DayFarAhead) -> str:
    return gettext(
        "Le %(day)s est trop loin : choisissez un jour jusqu’au %(latest)s.",
        day=long_day(said.day),
        latest=long_day(said.latest),
    )


@sentence.register
def _(said: faults.EndsBeforeItBegins) -> str:
    return gettext("La fin vient avant le début.")
