"""Why something about personal data cannot be done."""

from flask_babel import gettext

from orders.privacy.models import UnknownPurge
from orders.wording.messages.registry import sentence


@sentence.register
def _(said: UnknownPurge) -> str:
    return gettext("Il n’y a pas d’effacement de ce numéro.")
