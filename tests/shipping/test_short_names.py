"""Names for the carrier's file: whole words in usual abbreviations, over two fields, before anything is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from orders.shipping.carrier.short_names import Fields, over_two_fields, shortened


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("Rue de la Senne", "Rue de la Senne"),
        ("École fondamentale communale Saint-Joseph de Rochefort", "Éc. Fond. Comm. St-Joseph de Rochefort"),
        ("Avenue du Professeur Émile Vandervelde prolongée", "Av. du Prof. Émile Vandervelde prolongée"),
        ("Athénée royal Reine Élisabeth de Rochefort", "Ath. royal Reine Élisabeth de Rochefort"),
    ],
)
def test_words_are_abbreviated_from_the_left_and_no_more_than_needed(written: str, short: str) -> None:
    assert shortened(written, 40) == short


def test_a_person_keeps_the_second_field_unless_the_organisation_needs_both() -> None:
    assert over_two_fields("Institut Saint-Louis", "Zoé Dupont", 40) == Fields("Institut Saint-Louis", "Zoé Dupont")
    assert over_two_fields("", "Zoé Dupont", 40) == Fields("Zoé Dupont", "Zoé Dupont")
    long = "École communale fondamentale de la Citadelle et des Trois Vallées réunies de Rochefort"
    name, contact, left = over_two_fields(long, "Zoé Dupont", 40)
    assert (f"{name} {contact}", left) == (
        "Éc. Comm. Fond. de la Citadelle et des Trois Vallées réunies de Rochefort",
        "Zoé Dupont",
    )


@given(
    some.text(alphabet="abc éÉ’-.,«» Saintcole", min_size=1, max_size=125),
    some.text(alphabet="abc-’ é", min_size=1, max_size=80),
)
def test_everything_fits_in_the_end(organisation: str, person: str) -> None:
    fields = over_two_fields(organisation.strip(), person.strip(), 40)
    assert max(len(fields.name), len(fields.contact), len(shortened(person, 40))) <= 40
