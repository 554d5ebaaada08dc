"""Corrections of addresses are proposed for what people type; what could mean two things is left alone."""

import re
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.addresses import LONGEST, PostalAddress
from orders.addresses.corrections import Proposal, Reason, proposals

RIGHT = PostalAddress("Marie Dupont", "Rue Haute", "12", "5590", "Ciney")
EMPTY = PostalAddress("", "", "", "", "")


def typed(**fields: str) -> PostalAddress:
    return replace(RIGHT, **fields)


def mended(address: PostalAddress) -> PostalAddress:
    """Return the address with every proposal accepted, until none is left."""
    for _ in range(4):
        for proposal in proposals(address):
            address = proposal.applied_to(address)
    return address


NUMBERS = [
    # typed in the number's field, then number, box, building
    ("32/20", "32", "20", ""),
    ("32 / 20", "32", "20", ""),
    ("32 b 20", "32", "20", ""),
    ("32 b. 20", "32", "20", ""),
    ("32b20", "32", "20", ""),
    ("32B20", "32", "20", ""),
    ("32 bte 20", "32", "20", ""),
    ("32 Bte. 20", "32", "20", ""),
    ("32bte20", "32", "20", ""),
    ("32, bte 20", "32", "20", ""),
    ("32 (bte 20)", "32", "20", ""),
    ("32 boîte 20", "32", "20", ""),
    ("32 boite 20", "32", "20", ""),
    ("32 boîte n° 20", "32", "20", ""),
    ("32 BTE A3", "32", "A3", ""),
    ("32 bus 20", "32", "20", ""),
    ("32 bus 0.01", "32", "0.01", ""),
    ("32 box 4", "32", "4", ""),
    ("32 appt 20", "32", "20", ""),
    ("32 app. 4B", "32", "4B", ""),
    ("32 appartement 3", "32", "3", ""),
    ("1/3", "1", "3", ""),
    ("7C/12", "7C", "12", ""),
    ("7 C bte 12", "7 C", "12", ""),
    ("12 bis bte 3", "12 bis", "3", ""),
    ("43-45 bte 3", "43-45", "3", ""),
    ("32/A3", "32", "A3", ""),
    ("32,", "32", "", ""),
    ("n° 32", "32", "", ""),
    ("N°32", "32", "", ""),
    ("nr. 32", "32", "", ""),
    ("32, 2e étage", "32", "", "2e étage"),
    ("32 2ème étage", "32", "", "2ème étage"),
    ("32 bât. C", "32", "", "bât. C"),
    ("32 rez-de-chaussée", "32", "", "rez-de-chaussée"),
    ("32 bte 4 1er étage", "32", "4", "1er étage"),
    ("32 2de verdieping bus 4", "32", "4", "2de verdieping"),
]


@pytest.mark.parametrize(("text", "number", "box", "building"), NUMBERS)
def test_box_and_floor_are_proposed_apart_from_the_number(text: str, number: str, box: str, building: str) -> None:
    expected = typed(number=number, box=box, building=building)
    assert [proposal.applied_to(typed(number=text)) for proposal in proposals(typed(number=text))] == [expected]


NUMBERS_LEFT_ALONE = [
    "32", "7C", "7c", "12 A", "12 b", "12b", "12bis", "12 ter", "43-45", "43 - 45", "43–45", "43/45", "10/12",
    "46-74", "2-70", "12-3", "32 20", "100/7-9", "sn", "s/n", "0", "km 4", "32 bte", "1519", "12+14",
]  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS_LEFT_ALONE)
def test_a_number_that_is_one_or_that_nobody_can_be_sure_of_is_left_alone(text: str) -> None:
    assert proposals(typed(number=text)) == ()


STREETS = [
    # typed in the street's field with no number beside it, then street, number, box, building
    ("187 chaussée de Wavre", "Chaussée de Wavre", "187", "", ""),
    ("187, chaussée de Wavre", "Chaussée de Wavre", "187", "", ""),
    ("Chaussée de Wavre 187", "Chaussée de Wavre", "187", "", ""),
    ("Chaussée de Wavre, 187", "Chaussée de Wavre", "187", "", ""),
    ("Chaussée de Wavre,187", "Chaussée de Wavre", "187", "", ""),
    ("Chaussée de Wavre n° 187", "Chaussée de Wavre", "187", "", ""),
    ("Chaussée de Wavre, n°187", "Chaussée de Wavre", "187", "", ""),
    ("Chaussée de Wavre 1519", "Chaussée de Wavre", "1519", "", ""),
    ("Chaussée de Wavre 187 bte 3", "Chaussée de Wavre", "187", "3", ""),
    ("187 chaussée de Wavre bte 3", "Chaussée de Wavre", "187", "3", ""),
    ("187 bte 3 chaussée de Wavre", "Chaussée de Wavre", "187", "3", ""),
    ("187/3 chaussée de Wavre", "Chaussée de Wavre", "187", "3", ""),
    ("CHAUSSEE DE WAVRE 187/3", "CHAUSSEE DE WAVRE", "187", "3", ""),
    ("av. Louise 54 (boîte 3)", "av. Louise", "54", "3", ""),
    ("12 av. Louise", "Av. Louise", "12", "", ""),
    ("Bd du Souverain 25 b 3", "Bd du Souverain", "25", "3", ""),
    ("Rue Haute 12 A", "Rue Haute", "12 A", "", ""),
    ("Rue Haute 12A", "Rue Haute", "12A", "", ""),
    ("Rue Haute 12 bis", "Rue Haute", "12 bis", "", ""),
    ("12 bis rue Haute", "Rue Haute", "12 bis", "", ""),
    ("Rue Haute 43-45", "Rue Haute", "43-45", "", ""),
    ("Rue Haute 43/45", "Rue Haute", "43/45", "", ""),
    ("Rue Haute 3 et 5", "Rue Haute", "3 et 5", "", ""),
    ("Rue Haute 12 - bte 3", "Rue Haute", "12", "3", ""),
    ("Rue de l’École,12-14 (entrée par la cour)", "Rue de l’École", "12-14", "", "entrée par la cour"),
    ("Rue Haute 12 étage 2", "Rue Haute", "12", "", "étage 2"),
    ("Rue Haute 1/3", "Rue Haute", "1", "3", ""),
    ("Avenue du 24 Août 12", "Avenue du 24 Août", "12", "", ""),
    ("Rue du 11 Novembre 5 bte 2", "Rue du 11 Novembre", "5", "2", ""),
    ("5, rue du 11 Novembre", "Rue du 11 Novembre", "5", "", ""),
    ("Boulevard du Onze Novembre 7", "Boulevard du Onze Novembre", "7", "", ""),
    ("Rue du 8 Mai 1945 12", "Rue du 8 Mai 1945", "12", "", ""),
    ("Avenue des Combattants 14-18 3", "Avenue des Combattants 14-18", "3", "", ""),
    ("Place Albert 1er 5", "Place Albert 1er", "5", "", ""),
    ("Quai 30 12", "Quai 30", "12", "", ""),
    ("Rue de la Boîte 3", "Rue de la Boîte", "3", "", ""),
    ("Rue de la Tour 5", "Rue de la Tour", "5", "", ""),
    ("Grand-Place 5", "Grand-Place", "5", "", ""),
    ("5 Grand-Place", "Grand-Place", "5", "", ""),
    ("Place 3", "Place", "3", "", ""),
    ("Résidence du Parc 12", "Résidence du Parc", "12", "", ""),
    ("Porte de Namur, 5", "Porte de Namur", "5", "", ""),
    ("BP 30", "BP", "30", "", ""),
    ("Boîte postale 30", "Boîte postale", "30", "", ""),
    ("Kerkstraat 12 bus 3", "Kerkstraat", "12", "3", ""),
    ("Kerkstraat 12/3", "Kerkstraat", "12", "3", ""),
    ("12, Sint-Jansstraat", "Sint-Jansstraat", "12", "", ""),
    ("Steenweg op Brussel 5", "Steenweg op Brussel", "5", "", ""),
    ("Grote Markt 7 bus 12", "Grote Markt", "7", "12", ""),
    ("Koningin Astridlaan 4", "Koningin Astridlaan", "4", "", ""),
    ("Hauptstraße 5", "Hauptstraße", "5", "", ""),
    ("Am Kirchplatz 2a", "Am Kirchplatz", "2a", "", ""),
    ("Rue Haute 12, 2e étage", "Rue Haute", "12", "", "2e étage"),
    ("Rue Haute 12, Bâtiment C, 2e étage", "Rue Haute", "12", "", "Bâtiment C, 2e étage"),
    ("Bâtiment C, 2e étage, Rue Haute 12", "Rue Haute", "12", "", "Bâtiment C, 2e étage"),
    ("Bât. C rue Haute 12 bte 20", "rue Haute", "12", "20", "Bât. C"),
    ("Résidence du Parc, rue Haute 12", "rue Haute", "12", "", "Résidence du Parc"),
    ("Rue Haute 12, Bâtiment C bte 20", "Rue Haute", "12", "20", "Bâtiment C"),
    ("Rue Haute 12\nbte 3", "Rue Haute", "12", "3", ""),
    ("Bâtiment C\r\nRue Haute 12", "Rue Haute", "12", "", "Bâtiment C"),
]


@pytest.mark.parametrize(("text", "street", "number", "box", "building"), STREETS)
def test_a_number_on_the_street_line_is_proposed_after_the_street_and_apart(
    text: str, street: str, number: str, box: str, building: str
) -> None:
    address = typed(street=text, number="")
    expected = typed(street=street, number=number, box=box, building=building)
    assert [proposal.applied_to(address) for proposal in proposals(address)] == [expected]
    assert proposals(address)[0].reason is Reason.NUMBER_APART


STREETS_LEFT_ALONE = [
    "Rue du 11 Novembre", "Place du XX Août", "Avenue du 24 Août", "Quai 30", "Boulevard du Onze Novembre",
    "Rue du 8 Mai 1945", "Place du 20 Août", "Rue de 1830", "Avenue de la Toison d’Or",
    "Rue des Combattants 40-45", "Square 14-18", "Rue des Volontaires de 1830", "Place Albert 1",
    "Place Albert 1er", "Avenue Léopold III", "Boulevard du Roi Albert II", "Rue Jean XXIII",
    "Avenue Jean 23", "Route Nationale 4", "N4", "Rue 12", "Cité 7", "Rue de la Boîte", "Rue du Bus",
    "Rue de l’Étage", "Rue Porte Basse", "Rue de la Tour", "Place des Résidences", "Rue Haute Bâtiment 3",
    "Rue Haute 12 3", "12 rue du Marché 5", "Rue Haute 12, 3", "Rue Haute 12 Ciney", "Résidence du Parc",
    "Tour Japonaise", "Château de Jehay", "Porte de Namur", "Kerkstraat", "Steenweg op Brussel",
    "1ère Avenue", "Avenue 3e Régiment de Lanciers", "Rue des 3 Ponts", "Rue des Trois Ponts", "Aux 4 Bras",
    "Chemin du 7e Génie", "Rue L’Olivier", "Rue Notre-Dame, Heer", "Au fond du village",
    "Athénée royal, rue Haute 12", "Chambre de commerce", "Aile du Château",
    "c/o Dupont, rue Haute 12", "Allée des 4 Vents", "Sart d’Avril 5 Noville",
]  # fmt: skip


@pytest.mark.parametrize("text", STREETS_LEFT_ALONE)
def test_a_street_with_a_number_of_its_own_is_left_alone(text: str) -> None:
    assert proposals(typed(street=text, number="")) == ()
    assert proposals(typed(street=text, number="7")) == ()


@pytest.mark.parametrize(
    ("before", "changes", "reason"),
    [
        # the number stands in its field already
        ({"street": "Rue Haute 12"}, {"street": "Rue Haute"}, Reason.NUMBER_APART),
        ({"street": "12, rue Haute"}, {"street": "Rue Haute"}, Reason.NUMBER_APART),
        ({"street": "Rue Haute 12 bte 3"}, {"street": "Rue Haute", "box": "3"}, Reason.NUMBER_APART),
        ({"street": "Rue Haute 12 bte 3", "box": "3"}, {"street": "Rue Haute"}, Reason.NUMBER_APART),
        ({"street": "Rue Haute bte 3"}, {"street": "Rue Haute", "box": "3"}, Reason.BOX_APART),
        ({"street": "Rue Haute, boîte 3"}, {"street": "Rue Haute", "box": "3"}, Reason.BOX_APART),
        (
            {"street": "Rue Haute, 2e étage"},
            {"street": "Rue Haute", "building": "2e étage"},
            Reason.BUILDING_APART,
        ),
        (
            {"street": "Bât. C, rue Haute"},
            {"street": "rue Haute", "building": "Bât. C"},
            Reason.BUILDING_APART,
        ),
        ({"street": "Rue Haute,"}, {"street": "Rue Haute"}, Reason.SUPERFLUOUS),
        ({"number": "32/20", "box": "20"}, {"number": "32"}, Reason.BOX_APART),
        # in each other's fields
        ({"street": "12", "number": "Rue Haute"}, {"street": "Rue Haute", "number": "12"}, Reason.SWAPPED),
        (
            {"street": "Bâtiment C", "building": "Rue Haute"},
            {"street": "Rue Haute", "building": "Bâtiment C"},
            Reason.SWAPPED,
        ),
        (
            {"street": "", "number": "Rue Haute 12"},
            {"street": "Rue Haute", "number": "12"},
            Reason.NUMBER_APART,
        ),
        ({"number": "Rue Haute 12"}, {"number": "12"}, Reason.NUMBER_APART),
        ({"postcode": "Ciney", "town": "5590"}, {"postcode": "5590", "town": "Ciney"}, Reason.SWAPPED),
        (
            {"street": "Bâtiment C, 2e étage", "number": ""},
            {"street": "", "building": "Bâtiment C, 2e étage"},
            Reason.BUILDING_APART,
        ),
        (
            {"street": "Bâtiment C 2e étage", "number": ""},
            {"street": "", "building": "Bâtiment C 2e étage"},
            Reason.BUILDING_APART,
        ),
        # the box with its word, or a floor
        ({"box": "bte 20"}, {"box": "20"}, Reason.SUPERFLUOUS),
        ({"box": "Boîte n° 20"}, {"box": "20"}, Reason.SUPERFLUOUS),
        ({"box": "bus 3"}, {"box": "3"}, Reason.SUPERFLUOUS),
        ({"box": "b. 3"}, {"box": "3"}, Reason.SUPERFLUOUS),
        ({"box": "/3"}, {"box": "3"}, Reason.SUPERFLUOUS),
        ({"box": "n° 3"}, {"box": "3"}, Reason.SUPERFLUOUS),
        ({"box": "2e étage"}, {"box": "", "building": "2e étage"}, Reason.BUILDING_APART),
        # postcode and place
        ({"town": "5590 Ciney"}, {"town": "Ciney"}, Reason.PLACE_APART),
        ({"town": "5590 Ciney", "postcode": ""}, {"postcode": "5590", "town": "Ciney"}, Reason.PLACE_APART),
        ({"town": "B-5590 CINEY", "postcode": ""}, {"postcode": "5590", "town": "CINEY"}, Reason.PLACE_APART),
        ({"town": "B5590 Ciney", "postcode": ""}, {"postcode": "5590", "town": "Ciney"}, Reason.PLACE_APART),
        ({"town": "5590Ciney", "postcode": ""}, {"postcode": "5590", "town": "Ciney"}, Reason.PLACE_APART),
        ({"town": "5590, Ciney", "postcode": ""}, {"postcode": "5590", "town": "Ciney"}, Reason.PLACE_APART),
        ({"town": "Ciney 5590", "postcode": ""}, {"postcode": "5590", "town": "Ciney"}, Reason.PLACE_APART),
        ({"town": "Ciney (5590)"}, {"town": "Ciney"}, Reason.PLACE_APART),
        ({"town": "", "postcode": "5590 Ciney"}, {"postcode": "5590", "town": "Ciney"}, Reason.PLACE_APART),
        ({"postcode": "5590 Ciney"}, {"postcode": "5590"}, Reason.PLACE_APART),
        ({"postcode": "B-5590"}, {"postcode": "5590"}, Reason.SUPERFLUOUS),
        ({"postcode": "BE 5590"}, {"postcode": "5590"}, Reason.SUPERFLUOUS),
        ({"postcode": "5 590"}, {"postcode": "5590"}, Reason.SUPERFLUOUS),
        ({"town": "Ciney (Belgique)"}, {"town": "Ciney"}, Reason.SUPERFLUOUS),
        ({"town": "Ciney, België"}, {"town": "Ciney"}, Reason.SUPERFLUOUS),
        (
            {"town": "5590 Ciney, Belgique", "postcode": "B-5590"},
            {"postcode": "5590", "town": "Ciney"},
            Reason.PLACE_APART,
        ),
    ],
)
def test_what_stands_in_the_wrong_field_is_proposed_in_the_right_one(
    before: dict[str, str], changes: dict[str, str], reason: Reason
) -> None:
    assert proposals(typed(**before)) == (Proposal(reason, changes),)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"box": "20"},
        {"box": "A3"},
        {"box": "b12"},
        {"box": "0.1"},
        {"box": "bte"},
        {"building": "Bâtiment C, 2e étage"},
        {"building": "Rue Basse 3"},
        {"street": "Rue Haute 14"},  # 12 or 14?
        {"street": "Rue Haute 12 bte 3", "box": "4"},  # 3 or 4?
        {"number": "32/20", "box": "5"},
        {"number": "32, 2e étage", "building": "Bâtiment C"},
        {"street": "Bâtiment B52", "number": "12"},
        {"town": "5500 Dinant"},  # the postcode beside it says 5590
        {"town": "Ciney 1"},
        {"town": "Liège 2", "postcode": "4000"},
        {"town": "Ixelles (Bruxelles)", "postcode": "1050"},
        {"town": "’s-Gravenwezel", "postcode": "2970"},
        {"town": "", "postcode": "5590"},
        {"town": "", "postcode": ""},
        {"postcode": "559"},
        {"postcode": "55900"},
        {"postcode": "0612"},
        {"name": "Marie Dupont 2e B"},
        {"organisation": "École de la rue Haute 12"},
        {"department": "Bâtiment C"},
        {"street": "12 rue Haute", "number": "", "country": "FR"},
        {"number": "12/3", "country": "LU"},
        {"street": "Rue " + "Haute " * 100 + "12", "number": ""},
        {"number": "12 bte 123456789"},
        {"street": "", "number": "", "name": "", "postcode": "", "town": ""},
    ],
)
def test_an_address_that_is_right_or_could_mean_two_things_is_left_alone(fields: dict[str, str]) -> None:
    assert proposals(typed(**fields)) == ()


SENNE = {"street": "Rue de la Senne", "number": "32", "box": "20", "postcode": "5590", "town": "Ciney"}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Rue de la Senne 32 bte 20, 5590 Ciney", SENNE),
        ("Rue de la Senne 32 bte 20 5590 Ciney", SENNE),
        ("Rue de la Senne 32 bte 20 - 5590 Ciney", SENNE),
        ("Rue de la Senne 32 bte 20 à 5590 Ciney", SENNE),
        ("Rue de la Senne 32 bte 20 B-5590 Ciney", SENNE),
        (
            "12 bis, rue Haute 5590 Ciney",
            {"street": "Rue Haute", "number": "12 bis", "postcode": "5590", "town": "Ciney"},
        ),
        ("Rue de la Senne, 32/20, B-5590 Ciney (Belgique)", SENNE),
        ("32 rue de la Senne bte 20, 5590 Ciney", SENNE),
        ("Rue de la Senne 32 bte 20\n5590 Ciney", SENNE),
        ("Rue de la Senne 32 bte 20\n\nB-5590 Ciney\nBelgique\n", SENNE),
        ("Rue de la Senne 32\nbte 20\n5590 Ciney", SENNE),
        ("Adresse : Rue de la Senne 32 bte 20, 5590 Ciney", SENNE),
        ("Marie Dupont\nRue de la Senne 32 bte 20\n5590 Ciney", SENNE | {"name": "Marie Dupont"}),
        ("Marie Dupont, Rue de la Senne 32 bte 20, 5590 Ciney", SENNE | {"name": "Marie Dupont"}),
        ("Marie Dupont Rue de la Senne 32 bte 20 5590 Ciney", SENNE | {"name": "Marie Dupont"}),
        (
            "Mme Marie Dupont\r\nDirection\r\nAthénée royal\r\nBâtiment C, 2e étage\r\n"
            "Rue de la Senne 32 bte 20\r\n5590 CINEY\r\nmarie@example.org\r\nTél. 083 12 34 56",
            SENNE
            | {
                "name": "Mme Marie Dupont",
                "department": "Direction",
                "organisation": "Athénée royal",
                "building": "Bâtiment C, 2e étage",
                "town": "CINEY",
            },
        ),
        (
            "École Saint-Joseph\nRue de la Senne 32\nRésidence du Parc\nbte 20\n5590 Ciney",
            SENNE | {"organisation": "École Saint-Joseph", "building": "Résidence du Parc"},
        ),
        (
            "Jan Peeters\nKerkstraat 12 bus 3\n9000 Gent",
            {
                "name": "Jan Peeters",
                "street": "Kerkstraat",
                "number": "12",
                "box": "3",
                "postcode": "9000",
                "town": "Gent",
            },
        ),
        (
            "Grand-Place 5, 7000 Mons",
            {"street": "Grand-Place", "number": "5", "postcode": "7000", "town": "Mons"},
        ),
        (
            "Chaussée de Wavre 1519, 1160 Bruxelles",
            {"street": "Chaussée de Wavre", "number": "1519", "postcode": "1160", "town": "Bruxelles"},
        ),
    ],
)
@pytest.mark.parametrize("field", ["street", "name"])
def test_a_whole_address_pasted_into_one_field_is_proposed_field_by_field(
    field: str, text: str, fields: dict[str, str]
) -> None:
    pasted = replace(EMPTY, **{field: text})
    assert [proposal.reason for proposal in proposals(pasted)] == [Reason.WHOLE_ADDRESS]
    assert mended(pasted) == replace(EMPTY, **fields)


def test_a_pasted_address_may_repeat_what_the_other_fields_say() -> None:
    pasted = typed(street="Marie Dupont\nRue Haute 12\n5590 Ciney", number="")
    assert mended(pasted) == RIGHT


def test_a_second_name_in_a_pasted_address_goes_to_the_organisation() -> None:
    pasted = typed(street="ACME\nRue Haute 12\n5590 Ciney", number="")
    assert mended(pasted) == typed(organisation="ACME")


@pytest.mark.parametrize(
    "text",
    [
        "Rue Basse 3\n5500 Dinant",  # the fields beside it say Ciney
        "Rue Haute 12\nEntre le pont et le bois\n5590 Ciney",
        "Un\nDeux\nTrois\nQuatre\nRue Haute 12\n5590 Ciney",
        "5590 Ciney",
    ],
)
def test_a_pasted_text_that_cannot_be_placed_whole_is_not_taken_apart_as_an_address(text: str) -> None:
    pasted = typed(street=text, number="")
    assert Reason.WHOLE_ADDRESS not in [proposal.reason for proposal in proposals(pasted)]


def test_several_things_are_proposed_at_once_and_can_be_accepted_one_by_one() -> None:
    address = typed(number="32/20", town="5590 Ciney")
    number, place = proposals(address)
    assert number.applied_to(address) == typed(number="32", box="20", town="5590 Ciney")
    assert place.applied_to(address) == typed(number="32/20")


def test_the_tables_are_long_enough_and_a_third_of_them_is_left_alone() -> None:
    alone = len(NUMBERS_LEFT_ALONE) + len(STREETS_LEFT_ALONE)
    assert len(NUMBERS) + len(STREETS) + alone >= 120
    assert alone * 3 >= len(NUMBERS) + len(STREETS) + alone


anything = st.text(max_size=60) | st.text(alphabet="0123456789 /,-bteAÉé.\n°", max_size=30)


@given(st.builds(PostalAddress, *[anything] * 9))
def test_any_text_gets_proposals_that_fit_and_never_overlap(address: PostalAddress) -> None:
    touched = [field for proposal in proposals(address) for field in proposal.changes]
    assert len(touched) == len(set(touched))
    for proposal in proposals(address):
        assert asdict(proposal.applied_to(address)) == asdict(address) | dict(proposal.changes)
        assert all(len(value) <= LONGEST.get(field, len(value)) for field, value in proposal.changes.items())


usual_words = st.lists(
    st.sampled_from(
        ["rue Haute", "chaussée de Wavre", "Kerkstraat", "12", "187", "bte 3", "bus 4", "b 20", "n° 7", "2e étage"]
        + ["Bâtiment C", "Résidence du Parc", "Marie Dupont", "École", "5590", "B-5590", "Ciney", "1050 Ixelles"]
        + ["Belgique", ",", "/", "-", "(", ")", "\n"]
    ),
    max_size=6,
).map(" ".join)


def words(address: PostalAddress) -> set[str]:
    said = " ".join(asdict(address).values()).casefold()
    return set(re.findall(r"\w+", said)) - {"b", "bte", "bus", "n", "belgique"}


@given(st.builds(PostalAddress, *[usual_words] * 9))
def test_no_proposal_loses_a_word(address: PostalAddress) -> None:
    for proposal in proposals(address):
        assert words(proposal.applied_to(address)) >= words(address)


@given(st.builds(PostalAddress, *[anything | usual_words] * 9))
def test_accepting_proposals_comes_to_an_end(address: PostalAddress) -> None:
    assert proposals(mended(address)) == ()


@given(
    st.sampled_from(["Rue Haute", "Rue du 11 Novembre", "Chaussée de Wavre", "Kerkstraat", "Steenweg op Brussel"]),
    st.integers(1, 1799).map(str),
    st.integers(1, 999).map(str),
    st.sampled_from(["bte ", "boîte ", "bus ", "bte", ", bte ", "b "]),
)
def test_street_number_and_box_on_one_line_are_always_found(street: str, number: str, box: str, word: str) -> None:
    found = mended(typed(street=f"{street} {number} {word}{box}", number=""))
    assert found == typed(street=street, number=number, box=box)
