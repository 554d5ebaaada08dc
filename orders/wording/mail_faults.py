"""Why a mail did not leave, in words. What the server said stands beside them (`OutgoingMail.last_error`)."""

import re

from flask_babel import gettext

_LATER = re.compile(r"\b4[0-9][0-9]\b")


def mail_fault(error: str) -> str:
    """What is wrong and what to do about it; empty where nobody knows more than the server said."""
    is_later = _LATER.search(error) is not None
    if error.startswith("recipient refused"):
        if is_later:
            return gettext("La boîte aux lettres n’est pas disponible pour l’instant : Pli réessaie.")
        return gettext("Cette adresse est refusée : elle n’existe pas, ou plus. Corrigez-la sur la commande.")
    if error.startswith("sender refused"):
        return gettext("Le serveur refuse notre adresse d’expéditeur : vérifiez-la dans les réglages.")
    if error.startswith("server answered"):
        if is_later:
            return gettext("Le serveur demande d’attendre : Pli réessaie.")
        return gettext("Le serveur a refusé ce courriel.")
    if error.startswith("the line broke"):
        return gettext("La liaison avec le serveur s’est coupée : Pli réessaie.")
    if error.startswith(("cannot be sent", "cannot be rendered")):
        return gettext("Pli n’a pas pu composer ce courriel.")
    return ""
