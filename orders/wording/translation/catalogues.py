"""The catalogues of `orders/translations/`: text files, compiled in memory when their language is first spoken.

`messages.po` holds what the public may read; `office.po`, in English only, what only the staff reads. Together they are
the catalogue of a language, and French needs none: the sources are French.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Babel, Domain

from orders.wording.translation.languages import current_language

FOLDER = Path(__file__).resolve().parents[2] / "translations"
DOMAINS = ("messages", "office")


class French(NullTranslations):
    """The sources as they stand. In French none is singular, as one is."""

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return plural if number > 1 else singular


class Catalogues(Domain):  # type: ignore[misc]
    def get_translations(self) -> NullTranslations:
        return catalogue(current_language())


class Languages(Babel):  # type: ignore[misc]
    domain_instance = Catalogues()


@cache
def catalogue(spoken: str) -> NullTranslations:
    """Every translation into that language; what has none is said in French."""
    files = [FOLDER / spoken / "LC_MESSAGES" / f"{domain}.po" for domain in DOMAINS]
    parts = [_compiled(file) for file in files if file.exists()]
    if not parts:
        return French()
    whole = parts[0]
    for part in parts[1:]:
        whole.merge(part)
    whole.add_fallback(French())
    return whole


def _compiled(file: Path) -> Translations:
    with file.open("rb") as text:
        messages = read_po(text)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)
