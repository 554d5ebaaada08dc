"""Why a number of letters cannot be noted."""

from flask_babel import gettext

from orders.ordering.followup.letter_models import MOST_LETTERS, ImpossibleLetters, NothingWasSent, UnknownLetterCount
from orders.references import show_reference
from orders.wording.formatting import number
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: ImpossibleLetters) -> str:
    return gettext("Écrivez un nombre entier de lettres, %(most)s au plus.", most=number(MOST_LETTERS))


@sentence.register
def _(said: UnknownLetterCount) -> str:
    return gettext("Ce compte de lettres n’existe plus : quelqu’un l’a retiré.")


@sentence.register
def _(said: NothingWasSent) -> str:
    return gettext(
        "Rien n’est encore parti de la commande %(reference)s : vérifiez la référence.",
        reference=show_reference(said.reference),
    )
