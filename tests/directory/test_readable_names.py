"""Names in capitals are shown in a case that can be read; others stay as they are."""

import pytest

from orders.directory.readable_names import readable


@pytest.mark.parametrize(
    ("official", "postcode", "shown"),
    [
        ("INSTITUT PROVINCIAL D'ENSEIGNEMENT SECONDAIRE", "7100", "Institut provincial d'enseignement secondaire"),
        ("CEFA - ATHENEE ROYAL DE LA LOUVIERE", "7100", "CEFA - Athénée royal de La Louvière"),
        ("INSTITUT SAINT-FRANCOIS-XAVIER", "4800", "Institut Saint-François-Xavier"),
        ("COLLEGE SAINT-REMACLE D.O.A.", "4970", "Collège Saint-Remacle D.O.A."),
        ("ATHENEE ROYAL DE BRUXELLES II", "1020", "Athénée royal de Bruxelles II"),
        ('École communale n°4 "La ruche"', "7812", 'École communale n°4 "La ruche"'),
        ("1.2.3", "1000", "1.2.3"),
        ("", "", ""),
    ],
)
def test_a_name_is_shown_in_a_case_that_can_be_read(official: str, postcode: str, shown: str) -> None:
    assert readable(official, postcode) == shown
