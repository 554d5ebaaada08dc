"""Names of Dutch and German-speaking schools: what is one school, and what is another."""

import pytest

from orders.ordering.review.name_likeness import is_same_organisation

SAME = [
    ("Sint-Jozefscollege Aalst", "St.-Jozefscollege Aalst"),
    ("Sint-Jan Berchmanscollege", "St. Jan Berchmans College"),
    ("Sankt Josef Grundschule", "St. Josef Grundschule"),
    ("KA Eupen", "K.A. Eupen"),
    ("KA Eupen", "Königliches Athenäum Eupen"),
    ("KA Eupen", "AR Eupen"),
    ("KA Etterbeek", "Koninklijk Atheneum Etterbeek"),
    ("O.L.V. Pulhof", "Onze-Lieve-Vrouwinstituut Pulhof"),
    ("Onze-Lieve-Vrouwecollege", "OLV-college"),
]
OTHERS = [
    ("Sint-Pieterscollege", "St.-Pauluscollege"),
    ("Sint-Lievenscollege", "Sint-Lucas"),
    ("Sint-Jozefsinstituut", "Sint-Jozefscollege"),
    ("Sint-Jozefscollege Aalst", "Sint-Jozefscollege Izegem"),
    ("KA Eupen", "KA Etterbeek"),
    ("Onze-Lieve-Vrouw Pulhof", "Sint-Jan Pulhof"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_school_is_known_by_either_name(one: str, other: str) -> None:
    assert is_same_organisation(one, other)
    assert is_same_organisation(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_school_is_told_apart(one: str, other: str) -> None:
    assert not is_same_organisation(one, other)
    assert not is_same_organisation(other, one)
