"""After a number, a publication is called by the singular or the plural of what it is, in each language."""

import pytest
from flask import Flask
from flask_babel import force_locale

from orders.catalogue.models import Kind, Publication
from orders.wording import counted, word

SAID = {
    "fr": "24 livrets d’activités, 1 manuel",
    "nl": "24 activiteitenboekjes, 1 handleiding",
    "de": "24 Aktivitätenhefte, 1 Handbuch",
    "en": "24 activity booklets, 1 manual",
}


@pytest.mark.parametrize("language", SAID)
def test_copies_are_counted_with_the_plural_of_each_language(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        booklet, manual = (
            Publication(kind=kind, titles={language: str(word(kind)).capitalize()})
            for kind in (Kind.BOOKLET, Kind.MANUAL)
        )
        said = ", ".join((counted(booklet, 24), counted(manual, 1)))
    assert said.replace("\u00a0", " ") == SAID[language]


def test_a_title_of_the_houses_own_stands_as_it_is(app: Flask) -> None:
    with app.test_request_context(), force_locale("fr"):
        assert counted(Publication(kind=Kind.BOOKLET, titles={"fr": "Dossier de l’été"}), 24) == "24 × Dossier de l’été"
