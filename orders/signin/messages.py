"""The messages of Flask-Security in French and English, with the typography of Pli's own pages.

Its French catalogue is for `fr_FR` and has typewriter apostrophes and plain spaces; it has none for Belgium.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from babel.support import NullTranslations, Translations
from flask_babel import get_locale, lazy_gettext
from flask_babel.speaklater import LazyString
from flask_security.babel import FsDomain

FRENCH = files("flask_security") / "translations" / "fr_FR" / "LC_MESSAGES" / "flask_security.mo"

OUR_MESSAGES = {
    "SECURITY_MSG_INVALID_RESET_PASSWORD_TOKEN": (
        lazy_gettext("Ce lien ne va plus : il a servi, ou il n’est pas entier. Demandez-en un autre."),
        "error",
    ),
    "SECURITY_MSG_PASSWORD_RESET_EXPIRED": (
        lazy_gettext("Ce lien ne va plus : il a plus d’un jour. Demandez-en un autre."),
        "error",
    ),
    "SECURITY_MSG_PASSWORD_RESET_NO_LOGIN": (
        lazy_gettext("Votre mot de passe est changé. Connectez-vous avec lui."),
        "success",
    ),
    "SECURITY_MSG_REAUTHENTICATION_SUCCESSFUL": (lazy_gettext("C’est bien vous. Vous pouvez continuer."), "success"),
}
"""What we say in place of a message of Flask-Security."""


class SigninWords(FsDomain):
    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return _french() if locale is None or locale.language == "fr" else NullTranslations()

    def gettext(self, string: str | LazyString, **variables: Any) -> str:
        if isinstance(string, LazyString):
            return str(string) % variables
        return as_written_here(super().gettext(string, **variables))  # type: ignore[no-untyped-call]


def as_written_here(said: str) -> str:
    """U+2019 for the apostrophe, U+00A0 before `: ; ! ?`, a middle dot for the inclusive form."""
    said = said.replace("'", "’").replace("(e)", "·e")
    return re.sub(r" ([:;!?»])", "\u00a0\\1", said)


@cache
def _french() -> Translations:
    with FRENCH.open("rb") as compiled:
        return Translations(compiled)
