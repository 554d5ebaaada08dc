"""Two names of one postcode, where the towns of both addresses are known."""

import doctest

import pytest

from orders.ordering.review import matching, name_likeness, organisation_names
from orders.ordering.review.name_likeness import is_same_organisation


@pytest.mark.parametrize(
    ("one", "other", "towns", "is_same"),
    [
        ("École communale", "Ec. communale", ("Yvoir", "YVOIR"), True),
        ("École communale", "École communale", ("Yvoir", "Mont"), False),
        ("École communale", "École communale de Mont", ("Yvoir", "Mont"), False),
        ("École communale", "École communale de Mont", ("Mont", "Mont"), True),
        ("École libre Saint-Pierre", "École libre Saint-Pierre à Willerzie", ("Gedinne", "Gedinne"), False),
        ("École communale Profondeville II", "École communale de Profondeville", ("Profondeville",) * 2, False),
        ("École Joli Bois", "École d'enseignement spécialisé Joli Bois", ("Bruxelles", "Bruxelles"), False),
    ],
)
def test_where_the_towns_are_known_they_tell_schools_apart(
    one: str, other: str, towns: tuple[str, str], is_same: bool
) -> None:
    assert is_same_organisation(one, other, towns) == is_same
    assert is_same_organisation(other, one, towns[::-1]) == is_same


def test_the_examples_are_right() -> None:
    found = [doctest.testmod(each) for each in (matching, organisation_names, name_likeness)]
    assert found == [(0, 3), (0, 1), (0, 2)]
