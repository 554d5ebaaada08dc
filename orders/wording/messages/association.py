"""What is wrong with the association's profile."""

from flask_babel import gettext

from orders.association import profile
from orders.association.profile import ProfileFault
from orders.catalogue.association_editing import ImpossibleProfile
from orders.shipping.printing.letterhead import LetterheadTooLong
from orders.wording.formatting import number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: ProfileFault) -> str:
    if said.field == "languages":
        return gettext("Choisissez au moins une langue.")
    return {
        profile.MISSING: gettext("Remplissez cette case."),
        profile.TOO_LONG: gettext("Trop long : %(most)s caractères au plus.", most=number(said.most)),
        profile.INVISIBLE: gettext(
            "Ce champ contient des caractères invisibles qui ne sont pas du texte : écrivez-le à nouveau."
        ),
        profile.MALFORMED: _malformed(said.field),
        profile.TOO_DARK: gettext("Trop foncée : le texte noir ne s’y lirait pas. Choisissez une couleur claire."),
    }[said.problem]


def _malformed(field: str) -> str:
    if field == "accent":
        return gettext("Écrivez la couleur comme #ffff00.")
    if field == "website":
        return gettext("Écrivez un lien complet, qui commence par https://.")
    return gettext("Cette adresse e-mail n’a pas la bonne forme : vérifiez-la.")


@sentence.register
def _(said: ImpossibleProfile) -> str:
    return " ".join(sentence(fault) for fault in said.faults)


@sentence.register
def _(said: LetterheadTooLong) -> str:
    return gettext("Cela ne tient pas sur le bordereau : %(why)s.", why=said.why)
