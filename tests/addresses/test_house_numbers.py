"""A number that is filled in twice stands once; none, or two different ones, is a question and no mistake."""

from dataclasses import replace

import pytest

from orders.addresses import PostalAddress, problems
from orders.addresses.corrections import proposals
from orders.addresses.house_numbers import NoNumber, TwoNumbers, mend_number, number_question

RIGHT = PostalAddress("Marie Dupont", "Rue Haute", "12", "5590", "Ciney")


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "??", "-", "--", "–", ".", "0", "00", "/", "s/n", "S/N", "sn", "SN", "s.n.", "s. n.", "z/n", "zn",
        "z.n.", "n/a", "sans", "sans numéro", "Sans numero", "pas de numéro", "aucun", "zonder nummer", "geen",
        "ohne Hausnummer", "néant", "(s/n)", "s/n°", "sans n°", "zonder huisnummer", "o.N.", "keine", "none", "xx",
    ],
)  # fmt: skip
def test_whatever_stands_for_no_number_is_asked_about_and_never_printed(text: str) -> None:
    assert replace(RIGHT, number=text).lines()[1] == "Rue Haute", "nor where it was kept as it was typed"
    mended = mend_number(replace(RIGHT, number=text))
    assert mended.lines()[1] == "Rue Haute"
    assert number_question(mended) == NoNumber()
    assert problems(mended) == ()


@pytest.mark.parametrize("text", ["12", "1", "12 bis", "12A", "10", "43-45", "100", "N12", "8N", "sept"])
def test_a_number_is_none_of_them(text: str) -> None:
    address = replace(RIGHT, number=text)
    assert mend_number(address) == address
    assert number_question(address) is None


@pytest.mark.parametrize(
    ("street", "number", "box", "expected"),
    [
        ("Rue Haute 12", "12", "", ("Rue Haute", "12", "", "")),
        ("Rue Haute, 12", "12", "", ("Rue Haute", "12", "", "")),
        ("Rue Haute n° 12", "12", "", ("Rue Haute", "12", "", "")),
        ("12, rue Haute", "12", "", ("Rue Haute", "12", "", "")),
        ("12 rue Haute", "n° 12", "", ("Rue Haute", "12", "", "")),
        ("Rue Haute 12 bte 3", "12", "", ("Rue Haute", "12", "3", "")),
        ("Rue Haute 12 bte 3", "12", "3", ("Rue Haute", "12", "3", "")),
        ("Rue Haute 12", "12/3", "", ("Rue Haute", "12", "3", "")),
        ("Rue Haute 12 A", "12 a", "", ("Rue Haute", "12 a", "", "")),
        ("Rue Haute 12, 2e étage", "12", "", ("Rue Haute", "12", "", "2e étage")),
        ("Kerkstraat 12 bus 3", "12", "3", ("Kerkstraat", "12", "3", "")),
        ("Rue du 11 Novembre 5", "5", "", ("Rue du 11 Novembre", "5", "", "")),
    ],
)
def test_the_same_number_in_street_and_field_stands_once(
    street: str, number: str, box: str, expected: tuple[str, str, str, str]
) -> None:
    mended = mend_number(replace(RIGHT, street=street, number=number, box=box))
    assert (mended.street, mended.number, mended.box, mended.building) == expected
    assert number_question(mended) is None


@pytest.mark.parametrize(
    ("street", "number", "in_street"),
    [
        ("Rue Haute 99", "1", "99"), ("99, rue Haute", "1", "99"), ("Rue Haute 12", "12A", "12"),
        ("Rue Haute 12-14", "12", "12-14"), ("Rue Saint-Jean 21", "3", "21"), ("Place Albert 57", "5", "57"),
    ],
)  # fmt: skip
def test_two_different_numbers_are_asked_about(street: str, number: str, in_street: str) -> None:
    address = replace(RIGHT, street=street, number=number)
    assert mend_number(address) == address
    assert number_question(address) == TwoNumbers(in_street, number)


def test_the_same_number_with_two_boxes_is_asked_about() -> None:
    address = replace(RIGHT, street="Rue Haute 12 bte 3", box="4")
    assert number_question(mend_number(address)) == TwoNumbers("12", "12")


@pytest.mark.parametrize(
    "street",
    ["Rue du 11 Novembre", "Quai 30", "Place Albert 1", "Avenue des Combattants 14-18", "Espace 2000", "Rue de 1830"],
)
def test_the_own_number_of_a_street_is_no_second_one(street: str) -> None:
    assert number_question(replace(RIGHT, street=street, number="5")) is None


def test_a_po_box_and_an_address_abroad_are_not_asked_about() -> None:
    assert number_question(replace(RIGHT, street="", number="", building="BP 39")) is None
    assert number_question(replace(RIGHT, number="", country="FR")) is None
    assert mend_number(replace(RIGHT, number="0", country="FR")).number == "0"


@pytest.mark.parametrize(
    ("text", "street", "number", "box"),
    [
        ("Rue du Roi Albert 57", "Rue du Roi Albert", "57", ""),
        ("Boulevard Léopold 63", "Boulevard Léopold", "63", ""),
        ("Place Baudouin 80", "Place Baudouin", "80", ""),
        ("Rue Saint-Jean 21", "Rue Saint-Jean", "21", ""),
        ("Rue St-Jean 23", "Rue St-Jean", "23", ""),
        ("Place Jean 23 5", "Place Jean 23", "5", ""),
        ("Place Albert 1 5", "Place Albert 1", "5", ""),
        ("Rue Quartier du Roi 59", "Rue Quartier du Roi", "59", ""),
        ("Avenue de la Paix 14-18", "Avenue de la Paix", "14-18", ""),
        ("Avenue des Combattants 14-18 3", "Avenue des Combattants 14-18", "3", ""),
        ("Rue Haute 3-5-7", "Rue Haute", "3-5-7", ""),
        ("Espace 2000 1", "Espace 2000", "1", ""),
        ("Rue Haute 40 bte 3 Bte 3", "Rue Haute", "40", "3"),
        ("Rue Haute 23/bus 1", "Rue Haute", "23", "1"),
        ("99, rue Haute, boîte n° 1", "Rue Haute", "99", "1"),
    ],
)
def test_the_number_after_a_king_a_saint_or_a_year_is_proposed(text: str, street: str, number: str, box: str) -> None:
    address = replace(RIGHT, street=text, number="")
    expected = replace(RIGHT, street=street, number=number, box=box)
    assert [proposal.applied_to(address) for proposal in proposals(address)] == [expected]


@pytest.mark.parametrize(
    ("street", "number", "expected"),
    [
        ("Rue de Grass 15 STERPENICH", "", ("Rue de Grass", "15", "STERPENICH")),
        ("Rue de Grass 15, Sterpenich", "", ("Rue de Grass", "15", "Sterpenich")),
        ("Rue de Grass 15 (Sterpenich)", "", ("Rue de Grass", "15", "Sterpenich")),
        ("Rue du Centre 12 hameau de Ster", "", ("Rue du Centre", "12", "hameau de Ster")),
        ("Kerkstraat 12, gehucht Hoeve", "", ("Kerkstraat", "12", "gehucht Hoeve")),
        ("Rue de Grass", "15 STERPENICH", ("Rue de Grass", "15", "STERPENICH")),
        ("Rue Haute 12, Ciney", "", ("Rue Haute", "12", "")),
    ],
)
def test_a_hamlet_after_the_number_gets_a_line_of_its_own(
    street: str, number: str, expected: tuple[str, str, str]
) -> None:
    address = replace(RIGHT, street=street, number=number)
    for proposal in proposals(address):
        address = proposal.applied_to(address)
    assert (address.street, address.number, address.building) == expected


@pytest.mark.parametrize(
    "street", ["RUE DU 11 NOVEMBRE", "CLOS 7 FONTAINES", "Place du 3 SEPTEMBRE", "Rue des 4 VENTS"]
)
def test_a_number_in_the_name_of_a_street_is_followed_by_no_hamlet(street: str) -> None:
    assert proposals(replace(RIGHT, street=street, number="")) == ()
