"""Brings `orders/translations/` up to date with the sources: `make messages`.

New messages come in empty, those that nobody says any more go. Sorted, without places in the code and without guesses
(nothing is ever `fuzzy`), so that a difference shows what was translated and nothing else.
"""

from collections.abc import Iterator
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

from orders.wording.catalogues import FOLDER

ROOT = FOLDER.parent.parent
SPOKEN = {"messages": ("nl", "de", "en"), "office": ("en",)}
"""The languages of each domain. French is what stands in the sources."""
OF_THE_OFFICE = (
    "templates/office/*",
    "orders/office/*",
    "orders/commands/*",
    *(f"orders/wording/{rooms}_sentences.py" for rooms in ("account", "catalogue", "packing", "shipping", "stock")),
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
    file = catalogue_file(domain, language)
    translated = read_po(BytesIO(file.read_bytes())) if file.exists() else Catalog()
    whole = Catalog(locale=language)
    for message in said:
        if message.id:
            known = translated.get(message.id)
            whole.add(message.id, known.string if _fits(known, message) else None)
    written = BytesIO()
    write_po(written, whole, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER.format(language=language).encode() + written.getvalue()


def missing(domain: str, language: str) -> list[str]:
    """The messages that a catalogue does not translate yet."""
    catalogue = read_po(BytesIO(catalogue_file(domain, language).read_bytes()))
    return [
        str(each.id if isinstance(each.id, str) else each.id[0])
        for each in catalogue
        if each.id and not (each.string if isinstance(each.string, str) else all(each.string))
    ]


def _extracted() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for pattern, method in METHODS.items():
        for file in sorted(ROOT.glob(pattern)):
            path = file.relative_to(ROOT).as_posix()
            for _line, message, _comments, _context in extract_from_file(method, file, KEYWORDS):
                yield path, message


def _fits(known: Message | None, message: Message) -> bool:
    """Whether a translation is for the same message: one that has learnt to count is another."""
    return known is not None and known.id == message.id


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
