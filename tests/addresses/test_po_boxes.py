"""A PO box stands on a line of its own: never in street or number, and never taken for the box of a house."""

from dataclasses import replace

import pytest

from orders.addresses import Missing, PostalAddress, problems
from orders.addresses.corrections import Proposal, Reason, proposals
from orders.addresses.pasted_address import read_pasted_address
from orders.addresses.po_boxes import (
    find_po_box,
    has_only_po_box,
    put_po_box_apart,
    with_po_box_for_street,
    without_po_box,
)
from orders.addresses.postcode_lines import read_place, read_postcode

RIGHT = PostalAddress("Marie Dupont", "Rue Haute", "12", "5590", "Ciney")


def proposed(**fields: str) -> tuple[str, str, str, str]:
    """Street, number, box and building once the first proposals are accepted."""
    address = replace(RIGHT, **fields)
    for proposal in proposals(address):
        address = proposal.applied_to(address)
    return address.street, address.number, address.box, address.building


STREETS = [
    "Rue Haute 12 BP 39", "Rue Haute 12, BP 39", "Rue Haute 12 B.P. 39", "Rue Haute 12 B. P. 39", "Rue Haute 12 bp39",
    "Rue Haute 12BP39", "Rue Haute 12 Bp n° 39", "Rue Haute 12 BP: 39", "Rue Haute 12/BP 39", "Rue Haute 12 / BP 39",
    "Rue Haute 12 (BP 39)", "Rue Haute 12 - boîte postale 39", "Rue Haute 12 (Boite postale n° 39)",
    "Rue Haute 12 BTE POSTALE 39", "Rue Haute 12 bte post. 39", "Rue Haute 12, Boîte-postale 39",
    "Rue Haute 12 case postale 39", "Rue Haute 12, Postbus 39", "Rue Haute 12 PB 39", "Rue Haute 12 Post bus 39",
    "Rue Haute 12, Postfach 39", "Rue Haute 12 Postfach Nr. 39", "Rue Haute 12 P.O. Box 39", "Rue Haute 12, PO Box 39",
    "Rue Haute 12, P.O.-Box 39", "Rue Haute 12, POB 39", "Rue Haute 12 Post Office Box 39", "Rue Haute 12 CP 39",
    "Rue Haute 12 C.P. 39", "BP 39, Rue Haute 12", "BP 39 - Rue Haute 12", "12, rue Haute, BP 39", "12 rue Haute BP 39",
]  # fmt: skip


@pytest.mark.parametrize("text", STREETS)
def test_a_po_box_on_the_street_line_is_proposed_apart_with_the_number(text: str) -> None:
    street, number, box, building = proposed(street=text, number="")
    assert (street, number, box) == ("Rue Haute", "12", "")
    assert building == find_po_box(text)
    assert building.endswith("39")


OTHER_FIELDS = [
    ({"number": "12 BP 39"}, ("Rue Haute", "12", "", "BP 39")),
    ({"number": "12BP39"}, ("Rue Haute", "12", "", "BP39")),
    ({"number": "12, Postbus 39"}, ("Rue Haute", "12", "", "Postbus 39")),
    ({"number": "12 bte 3 BP 39"}, ("Rue Haute", "12", "3", "BP 39")),
    ({"number": "BP 39"}, ("Rue Haute", "", "", "BP 39")),
    ({"number": "12 BP", "box": "39"}, ("Rue Haute", "12", "", "BP 39")),
    ({"box": "BP 39"}, ("Rue Haute", "12", "", "BP 39")),
    ({"box": "3 BP 39"}, ("Rue Haute", "12", "3", "BP 39")),
    ({"box": "CP 160/12"}, ("Rue Haute", "12", "", "CP 160/12")),
    ({"building": "Postfach 39"}, ("Rue Haute", "12", "", "Postfach 39")),
    ({"building": "Bâtiment C", "box": "BP 39"}, ("Rue Haute", "12", "", "Bâtiment C, BP 39")),
    ({"building": "BP 39", "box": "BP 39"}, ("Rue Haute", "12", "", "BP 39")),
    ({"town": "Ciney BP 39"}, ("Rue Haute", "12", "", "BP 39")),
    ({"street": "Rue Haute 12 BP", "number": "39"}, ("Rue Haute", "12", "", "BP 39")),
    ({"street": "Rue Haute 12, boîte postale n°", "number": "39"}, ("Rue Haute", "12", "", "boîte postale n° 39")),
    ({"street": "Rue Haute 12 BP", "number": "", "box": "39"}, ("Rue Haute", "12", "", "BP 39")),
    ({"street": "Rue Haute 12 BP 39", "number": "12"}, ("Rue Haute", "12", "", "BP 39")),
    ({"street": "Rue Haute 12 bte 3 BP 39", "number": ""}, ("Rue Haute", "12", "3", "BP 39")),
    ({"street": "Rue Haute 12, 2e étage, BP 39", "number": ""}, ("Rue Haute", "12", "", "2e étage, BP 39")),
    ({"street": "BP 39", "number": ""}, ("", "", "", "BP 39")),
    ({"street": "Boîte postale 39", "number": ""}, ("", "", "", "Boîte postale 39")),
    ({"street": "Postbus", "number": "39"}, ("", "", "", "Postbus 39")),
    ({"street": "BP 39", "number": "39"}, ("", "", "", "BP 39")),
    ({"street": "Marie Dupont\nBP 39\n5590 Ciney", "number": ""}, ("", "", "", "BP 39")),
    ({"street": "Rue Haute 12\nBP 39\n5590 Ciney", "number": ""}, ("Rue Haute", "12", "", "BP 39")),
]


@pytest.mark.parametrize(("fields", "expected"), OTHER_FIELDS)
def test_a_po_box_is_proposed_apart_from_whatever_field_it_was_typed_in(
    fields: dict[str, str], expected: tuple[str, str, str, str]
) -> None:
    assert proposed(**fields) == expected


@pytest.mark.parametrize("fields", [{"street": text, "number": ""} for text in STREETS] + [f for f, _ in OTHER_FIELDS])
def test_nobody_has_to_accept_anything_for_street_number_and_box_to_hold_no_po_box(fields: dict[str, str]) -> None:
    apart = put_po_box_apart(replace(RIGHT, **fields))
    assert not any(find_po_box(text) for text in (apart.street, apart.number, apart.box, apart.town))
    assert find_po_box(apart.building)
    assert put_po_box_apart(apart) == apart


@pytest.mark.parametrize(
    "fields",
    [
        {"street": "Rue de la Poste"}, {"street": "Postbusstraat"}, {"street": "Rue de la Boîte"}, {"box": "39"},
        {"box": "B39"}, {"number": "12 bis"}, {"building": "Bâtiment BP"}, {"street": "Avenue B. P. Exemple"},
        {"town": "Ciney (CP 5590)"}, {"street": "Rue Haute, CP 5590"}, {"street": "Rue Haute CP", "number": "5590"},
        {"name": "Unité BP 39"}, {"organisation": "Station-service BP 3"}, {"street": "Rue Haute BP", "number": ""},
        {"street": "Chemin du C.P.A.S.", "number": "39"}, {"street": "Rue Haute", "number": "39", "box": "39"},
    ],
)  # fmt: skip
def test_what_is_no_po_box_stays_where_it_is(fields: dict[str, str]) -> None:
    address = replace(RIGHT, **fields)
    assert put_po_box_apart(address) == address
    assert Reason.PO_BOX_APART not in {proposal.reason for proposal in proposals(address)}


def test_the_short_word_for_a_postcode_is_read_as_one() -> None:
    assert (read_postcode("CP 5590"), read_postcode("C.P. 5590")) == ("5590", "5590")
    place = read_place("CP 5590 Ciney")
    assert place
    assert (place.postcode, place.town) == ("5590", "Ciney")
    assert proposals(replace(RIGHT, postcode="CP 5590")) == (Proposal(Reason.SUPERFLUOUS, {"postcode": "5590"}),)


def test_a_po_box_alone_is_an_address_and_half_of_one_is_not() -> None:
    alone = replace(RIGHT, street="", number="", building="BP 39")
    assert problems(alone) == ()
    assert alone.lines() == ("Marie Dupont", "BP 39", "5590 CINEY")
    assert problems(replace(alone, building="Bâtiment C")) == (Missing("street"),)
    assert problems(replace(alone, postcode="", town="")) == (Missing("postcode"), Missing("town"))


def test_only_an_address_without_street_is_a_po_box_alone() -> None:
    assert has_only_po_box(replace(RIGHT, street="BP 39", number=""))
    assert not has_only_po_box(replace(RIGHT, building="BP 39"))
    assert not has_only_po_box(replace(RIGHT, street="", number=""))


def test_a_parcel_leaves_the_po_box_beside_a_street_out() -> None:
    both = replace(RIGHT, building="Bâtiment C, BP 39")
    assert without_po_box(both) == replace(RIGHT, building="Bâtiment C")
    alone = replace(RIGHT, street="", number="", building="BP 39")
    assert without_po_box(alone) == alone


def test_two_spellings_of_one_po_box_are_one_address() -> None:
    alone = replace(RIGHT, street="", number="")
    spelt = [with_po_box_for_street(replace(alone, building=text)) for text in ("BP 39", "Boîte postale n° 39", "CP39")]
    assert {(address.street, address.number) for address in spelt} == {("PO box", "39")}
    assert with_po_box_for_street(RIGHT) is RIGHT


def test_a_pasted_address_may_have_a_po_box_in_place_of_a_street() -> None:
    read = read_pasted_address("Marie Dupont\nBoîte postale 39\n5590 Ciney", {})
    assert read == {"name": "Marie Dupont", "building": "Boîte postale 39", "postcode": "5590", "town": "Ciney"}
    assert read_pasted_address("Marie Dupont\n5590 Ciney", {}) is None
