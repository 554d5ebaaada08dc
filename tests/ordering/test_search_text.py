"""Orders are found whatever the case, accents and abbreviations of the search."""

import pytest
from flask import Flask

from orders.ordering.lookup import search
from orders.ordering.lookup.previous_orderers import ordered_before
from orders.ordering.lookup.search import Filter
from tests.factories import make_edition, make_order


def found(q: str) -> int:
    return search.count(Filter(q=q))


@pytest.fixture
def luc(app: Flask) -> Flask:
    with app.app_context():
        make_edition()
        make_order(
            name="Luc D’Hoore",
            organisation="A.S.B.L. Les Œuvres du Sacré-Cœur",
            street="Chée de l’Abbé St-Job",
            number="5",
            postcode="1180",
            town="Uccle",
            email="luc.d’hoore-x@example.org".replace("’", ""),
        )
        make_order(name="Zoé Exemple", street="Avenue des Saints", email="zoe@example.org", organisation="")
    return app


@pytest.mark.parametrize(
    "q",
    [
        "d'hoore", "D’HOORE", "d‘hoore", "dʼhoore", "d′hoore", "d`hoore", "dhoore", "d hoore", "Hoore, Luc", "luc d'h",
        "l'abbé", "l’abbé", "labbe", "chaussée de l'abbé", "chée abbé", "Chée", "chaussee", "saint-job", "St Job",
        "st. job", "Saint Job", "asbl", "A.S.B.L.", "oeuvres", "œuvres", "sacré coeur", '"Luc"', "(Uccle)",
        "1180 Uccle", "luc.dhoore", "luc.dhoore-x@example.org", "Uccle,", "luc;uccle", "l’abbe\u00a0st",
    ],
)  # fmt: skip
def test_an_order_is_found_whatever_signs_and_abbreviations_are_typed(luc: Flask, q: str) -> None:
    with luc.app_context():
        assert found(q) >= 1
        assert [order.name for order in search.find(Filter(q=q))][-1] == "Luc D’Hoore"


@pytest.mark.parametrize("q", ["Exemple, Zoé", "av. des saints", "Ave Saints", "avenue"])
def test_the_other_order_is_found_by_its_own(luc: Flask, q: str) -> None:
    with luc.app_context():
        assert [order.name for order in search.find(Filter(q=q))] == ["Zoé Exemple"]
        assert [order.name for order in ordered_before(q)] == ["Zoé Exemple"]


@pytest.mark.parametrize("q", ["d'hoorde", "sainte job", "1190", "luc zoé"])
def test_what_stands_in_no_order_finds_none(luc: Flask, q: str) -> None:
    with luc.app_context():
        assert found(q) == 0


def test_a_part_of_a_reference_is_found_too(luc: Flask) -> None:
    with luc.app_context():
        (order,) = search.find(Filter(q="zoé"))
        assert found(order.reference[2:6].lower()) == 1
        assert found(f"{order.reference[:4]}-{order.reference[4:6]}") == 1
