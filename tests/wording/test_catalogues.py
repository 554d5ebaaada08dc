"""The catalogues: each translation fits its source and is written as its language wants it.

What a language says just as French does stands in `ALIKE`; whatever else equals its source was forgotten.
"""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from orders.wording.translation.catalogues import catalogue
from orders.wording.translation.update_catalogues import SPOKEN, forms, read_catalogue

CATALOGUES = [(domain, language) for domain, languages in SPOKEN.items() for language in languages]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
EVERYWHERE = {"%(copies)s\u00a0× %(title)s", "Code %(status)s"}
ALIKE = {
    "nl": EVERYWHERE,
    "de": EVERYWHERE,
    "en": EVERYWHERE
    | {"Pages", "Page %(page)s", "%(num)s page", "%(num)s pages", "%(code)s, %(audience)s, maximum"}
    | {
        "Catalogue",
        "Notes",
        "Organisation",
        "Code",
        "Contact",
        "Logo",
        "Portrait",
        "portrait",
        "Correction",
        "E-mail",
        "Format",
        "Maximum",
        "Note",
        "Province",
        "Publication",
        "Stock",
    }
    | {"Latitude", "Longitude", "Publications", "province", "publication"}
    | {"Journal", "codes", "format", "latitude", "logo", "longitude", "message", "organisation", "pages"},
}


def translated(domain: str, language: str) -> Iterator[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Each message with its forms in French and in the language, if it is translated."""
    for message in read_catalogue(domain, language):
        if message.id and all(forms(message.string)):
            yield message, forms(message.id), forms(message.string)


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_nothing_is_fuzzy_or_obsolete(domain: str, language: str) -> None:
    whole = read_catalogue(domain, language)
    assert [message.id for message in whole if message.fuzzy and message.id] == []
    assert list(whole.obsolete) == []


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_a_message_that_counts_has_a_form_for_one_and_one_for_more(domain: str, language: str) -> None:
    assert read_catalogue(domain, language).plural_forms == "nplurals=2; plural=(n != 1);"
    wrong = [french for _, french, said in translated(domain, language) if len(french) != len(said)]
    assert wrong == []


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_a_translation_names_what_its_source_names(domain: str, language: str) -> None:
    wrong = []
    for message, french, said in translated(domain, language):
        named = [set(PLACEHOLDER.findall(form)) for form in french]
        wrong += [form for form in said if set(PLACEHOLDER.findall(form)) not in named]
        wrong += [form for form in said if "%" in PLACEHOLDER.sub("", form).replace("%%", "") and message.python_format]
    assert wrong == []


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_a_translation_is_one(domain: str, language: str) -> None:
    same = {form for _, french, said in translated(domain, language) for form in said if form in french}
    assert same - ALIKE[language] == set()


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_signs_stand_as_the_language_wants_them(domain: str, language: str) -> None:
    wrong = re.compile(
        {
            "nl": r"\s[:;!?]|[«»„'\"]|\.\.\.|(?<!\w)’(?!s\b)",
            "de": r"\s[:;!?]|[«»”‘'\"]|\.\.\.|(?<!„)(?<!„[^“])“(?=\w)",
            "en": r"\s[:;!?]|[«»„“”'\"]|\.\.\.",
        }[language]
    )
    assert [form for _, _, said in translated(domain, language) for form in said if wrong.search(form)] == []


def test_french_is_written_with_its_own_spaces_and_apostrophes(sources: dict[str, Catalog]) -> None:
    wrong = re.compile(r"[^\u00a0]»|«[^\u00a0]|\s(?<!\u00a0)[:;!?»]|\w'\w|\.\.\.")
    said = [form for messages in sources.values() for message in messages for form in forms(message.id)]
    assert [form for form in said if wrong.search(form)] == []


def test_french_counts_none_as_one_and_the_others_as_more() -> None:
    shown = {
        language: [catalogue(language).ungettext("%(num)s page", "%(num)s pages", number) for number in (0, 1, 2)]
        for language in ("fr", "nl", "de", "en")
    }
    assert shown == {
        "fr": ["%(num)s page", "%(num)s page", "%(num)s pages"],
        "nl": ["%(num)s bladzijden", "%(num)s bladzijde", "%(num)s bladzijden"],
        "de": ["%(num)s Seiten", "%(num)s Seite", "%(num)s Seiten"],
        "en": ["%(num)s pages", "%(num)s page", "%(num)s pages"],
    }
