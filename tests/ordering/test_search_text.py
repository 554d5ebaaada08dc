"""Orders are found whatever the case, accents and abbreviations of the search."""

import pytest
from flask import Flask

from orders.ordering.lookup import search
from orders.ordering.lookup.filters import Filter
from orders.ordering.lookup.previous_orderers import ordered_before
from tests.factories import make_edition, make_order


def found(q: str) -> int:
    return search.count(Filter(q=q))


@pytest.fixture
def app_with_order(app: Flask) -> Flask:
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
def test_an_order_is_found_whatever_signs_and_abbreviations_are_typed(app_with_order: Flask, q: str) -> None:
    with app_with_order.app_context():
        assert found(q) >= 1
        assert [order.name for order in search.find(Filter(q=q))][-1] == "Luc D’Hoore"


@pytest.mark.parametrize("q", ["Exemple, Zoé", "av. des saints", "Ave Saints", "avenue"])
def test_the_other_order_is_found_by_its_own(app_with_order: Flask, q: str) -> None:
    with app_with_order.app_context():
        assert [order.name for order in search.find(Filter(q=q))] == ["Zoé Exemple"]
        assert [order.name for order in ordered_before(q)] == ["Zoé Exemple"]


@pytest.mark.parametrize("q", ["d'hoorde", "sainte job", "1190", "luc zoé"])
def test_what_stands_in_no_order_finds_none(app_with_order: Flask, q: str) -> None:
    with app_with_order.app_context():
        assert found(q) == 0


def test_a_part_of_a_reference_is_found_too(app_with_order: Flask) -> None:
    with app_with_order.app_context():
        (order,) = search.find(Filter(q="zoé"))
        assert found(order.reference[2:6].lower()) == 1
        assert found(f"{order.reference[:4]}-{order.reference[4:6]}") == 1


@pytest.mark.parametrize("q", ["0475 12 34 56", "0475/12.34.56", "+32475123456", "475123456"])
def test_an_order_is_found_by_its_telephone_number_however_it_is_written(app_context: Flask, q: str) -> None:
    make_edition()
    make_order(name="Zoé", phone="+32475123456")
    make_order(name="Luc", phone="+32475123457")
    assert [order.name for order in search.find(Filter(q=q))] == ["Zoé"]
