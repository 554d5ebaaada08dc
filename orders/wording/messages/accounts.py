"""Why an account cannot be opened or changed."""

from flask_babel import gettext

from orders.staff.models import (
    AccountExists,
    ErasedMember,
    ImpossibleEnd,
    LastAdministrator,
    UnknownMember,
    UnusableEmail,
)
from orders.staff.passwords import CommonPassword, TooShortPassword
from orders.staff.sessions import UnknownSession
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: AccountExists) -> str:
    return gettext("Cette adresse a déjà un compte : cherchez-la dans la liste, aussi parmi les comptes terminés.")


@sentence.register
def _(said: UnusableEmail) -> str:
    return gettext("Ceci n’est pas une adresse e-mail complète : écrivez-la comme prenom@exemple.be.")


@sentence.register
def _(said: ImpossibleEnd) -> str:
    return gettext("Choisissez aujourd’hui ou un jour à venir : avec ce jour-là, le compte ne servirait jamais.")


@sentence.register
def _(_said: ErasedMember) -> str:
    return gettext("Les données de cette personne sont effacées : ce compte ne se rouvre pas.")


@sentence.register
def _(said: LastAdministrator) -> str:
    return gettext(
        "C’est le dernier compte d’administration sans date de fin : "
        "ouvrez-en d’abord un autre, ou personne ne pourra plus en ouvrir."
    )


@sentence.register
def _(said: UnknownMember) -> str:
    return gettext("Il n’y a pas de compte à cet endroit : choisissez-en un dans la liste des comptes.")


@sentence.register
def _(said: UnknownSession) -> str:
    return gettext("Cette connexion est déjà terminée : revenez à la liste, elle n’y est plus.")


@sentence.register
def _(said: TooShortPassword) -> str:
    return gettext("Au moins %(letters)s signes : une courte phrase, par exemple.", letters=said.shortest)


@sentence.register
def _(said: CommonPassword) -> str:
    return gettext(
        "Celui-ci est parmi les premiers que l’on essaierait : prenez quatre mots sans lien, ou une phrase à vous."
    )
