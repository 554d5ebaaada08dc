"""Brings `orders/translations/` up to date with the sources: `make messages`.

New messages are added without translation, unused ones are removed. Sorted, without places in the code and without
guesses (nothing is ever `fuzzy`), so that a difference shows what was translated and nothing else.
"""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

from orders.wording.translation.catalogues import FOLDER

ROOT = FOLDER.parent.parent
SPOKEN = {"messages": ("nl", "de", "en"), "office": ("en",)}
"""The languages of each domain. French is what stands in the sources."""
OF_THE_OFFICE = (
    "templates/office/*",
    "templates/signin/*",
    "orders/office/*",
    "orders/signin/*",
    "orders/commands/*",
    "orders/wording/messages/files/*",
    "orders/wording/earlier_orders.py",
    "orders/wording/mail_faults.py",
    "templates/mail/order_surge.*",
    "templates/mail/staff_*",
    "templates/mail/stock_alerts.*",
    "orders/wording/messages/files/*",
    *(
        f"orders/wording/messages/{subject}.py"
        for subject in (
            "accounts",
            "alerts",
            "association",
            "carrier",
            "catalogue",
            "office_orders",
            "places/dropoff",
            "packing",
            "shipping",
            "stock",
        )
    ),
)
"""What only the staff reads; a message that stands elsewhere too is public."""
METHODS = {"orders/**/*.py": "python", "templates/**/*.*": "jinja2.ext:babel_extract"}
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def catalogue_file(domain: str, language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


def sources() -> dict[str, Catalog]:
    """What is said, by domain, as it stands in the sources."""
    said = {domain: Catalog() for domain in SPOKEN}
    for path, message in _extracted():
        domain = "office" if any(fnmatch(path, pattern) for pattern in OF_THE_OFFICE) else "messages"
        said[domain].add(message)
    for public in said["messages"]:
        said["office"].delete(public.id)
    return said


def updated(domain: str, language: str, said: Catalog) -> bytes:
    """The text of a catalogue: what is said, with what was translated of it."""
    translated = read_catalogue(domain, language)
    whole = Catalog(locale=language)
    for message in said:
        if message.id:
            whole.add(message.id, _known(translated, message))
    written = BytesIO()
    write_po(written, whole, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER.format(language=language).encode() + written.getvalue()


def read_catalogue(domain: str, language: str) -> Catalog:
    file = catalogue_file(domain, language)
    return read_po(BytesIO(file.read_bytes())) if file.exists() else Catalog(locale=language)


def missing(domain: str, language: str) -> list[str]:
    """The messages that a catalogue does not translate yet."""
    return [singular(each) for each in read_catalogue(domain, language) if each.id and not all(forms(each.string))]


def singular(message: Message) -> str:
    return forms(message.id)[0]


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """One form of a message, or all of one that counts."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _extracted() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for pattern, method in METHODS.items():
        for file in sorted(ROOT.glob(pattern)):
            path = file.relative_to(ROOT).as_posix()
            for _line, message, _comments, _context in extract_from_file(method, file, KEYWORDS):
                yield path, message


def _known(translated: Catalog, message: Message) -> str | tuple[str, ...] | None:
    """The translation of the same message; one that has learnt to count since is another."""
    known = translated.get(message.id)
    if known is None or known.id != message.id or known.string is None:
        return None
    return known.string if isinstance(known.string, str) else tuple(known.string)


@click.command
def main() -> None:
    said = sources()
    for domain, languages in SPOKEN.items():
        for language in languages:
            file = catalogue_file(domain, language)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(updated(domain, language, said[domain]))
            click.echo(f"{file.relative_to(ROOT)}: {len(missing(domain, language))} to translate")


if __name__ == "__main__":
    main()
