"""Every Belgian postcode has its places and its province; every usual spelling of a place finds its code."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.addresses.generators import make_municipalities_of_postcodes
from orders.addresses.generators.make_postcodes import DATA, as_table, mend, read_other_names
from orders.addresses.postcodes import (
    OddPlace,
    UnknownPostcode,
    is_known,
    listed,
    matches,
    place_question,
    places,
    postcodes_of,
    province,
)
from orders.maps.postcode_points import points

TABLE = (DATA / "postcodes.tsv").read_text(encoding="utf-8")
CODES = re.findall(r"^(\d{4})\t", TABLE, flags=re.MULTILINE)


def all_places() -> dict[str, list[str]]:
    return {code: list(places(code)) for code in CODES}


def test_the_table_holds_every_code_and_place_of_geonames_and_says_so() -> None:
    assert len(CODES) == len(set(CODES)) == 1146
    assert sorted(CODES) == CODES
    assert sum(map(len, all_places().values())) == 2781
    assert "Codes postaux : GeoNames, CC BY 4.0" in TABLE
    assert "Codes postaux : GeoNames, CC BY 4.0" in (DATA / "README.md").read_text(encoding="utf-8")
    assert len(TABLE.encode()) < 100_000


def test_the_table_is_what_the_script_makes_of_its_names() -> None:
    others = read_other_names((DATA / "other_names.tsv").read_text(encoding="utf-8"), all_places())
    assert as_table(all_places(), others, points()) == TABLE


COMMUNES = (DATA / "communes.tsv").read_text(encoding="utf-8")


def test_every_commune_belongs_to_each_of_its_codes() -> None:
    rows = [line.split("\t") for line in COMMUNES.splitlines() if not line.startswith("#")]
    assert len(rows) == 565
    wrong = [
        (code, name)
        for names, codes in rows
        for code in codes.split(",")
        for name in names.split("|")
        if place_question(code, name) or place_question(code, name.upper())
    ]
    assert wrong == []


def test_the_table_of_communes_is_what_the_script_makes_of_its_rows_and_says_whose_it_is() -> None:
    rows = [line.split("\t") for line in COMMUNES.splitlines() if not line.startswith("#")]
    assert (
        make_municipalities_of_postcodes.as_table({tuple(names.split("|")): codes.split(",") for names, codes in rows})
        == COMMUNES
    )
    assert "Communes : Statbel, CC BY 4.0" in (DATA / "README.md").read_text(encoding="utf-8")


def test_no_code_of_an_organisation_is_taken_for_one_where_people_live() -> None:
    assert "1047" not in listed()
    assert set(CODES) == set(listed())


def test_the_script_refuses_another_name_of_a_place_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="Cineyville"):
        read_other_names("5590\tCineyville\tCiney-Stad", {"5590": ["Ciney"]})


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Louvain-La-Neuve", "Louvain-la-Neuve"),
        ("Ottignies-Louvain-La-Neuve", "Ottignies-Louvain-la-Neuve"),
        ("Braine-L'Alleud", "Braine-l’Alleud"),
        ("Mont-De-L'Enclus", "Mont-de-l’Enclus"),
        ("Marche-En-Famenne", "Marche-en-Famenne"),
        ("Pont-À-Celles", "Pont-à-Celles"),
        ("Saint-Josse-Ten-Noode", "Saint-Josse-ten-Noode"),
        ("Sint-Job-In-'T-Goor", "Sint-Job-in-’t-Goor"),
        ("'S Gravenwezel", "’s-Gravenwezel"),
        ("La Roche-En-Ardenne", "La Roche-en-Ardenne"),
        ("De Panne", "De Panne"),
        ("Neder-Over-Heembeek", "Neder-Over-Heembeek"),
        ("Court-Saint-Etienne", "Court-Saint-Etienne"),
        ("Les Bons Villers", "Les Bons Villers"),
    ],
)
def test_small_words_within_a_name_are_small(wrong: str, right: str) -> None:
    assert mend(wrong) == right


def test_no_small_word_within_a_name_is_left_in_capitals() -> None:
    wrong = re.compile(r"[-' ’](La|Le|Les|De|Des|Du|En|Et|Sur|Sous|Lez|Au|Aux|À|L|D|Op|Den|Aan)(?=[-'’ ])")
    assert [name for names in all_places().values() for name in names if wrong.search(name)] == []


def test_the_places_of_a_code_are_in_alphabetical_order() -> None:
    assert places("4780") == ("Recht", "Saint-Vith")
    assert places("1348") == ("Louvain-la-Neuve",)
    assert places("1047") == ("Bruxelles",)
    assert places("9999") == ()


@pytest.mark.parametrize(
    ("postcode", "town"),
    [
        ("5590", "Ciney"),
        ("5590", "CINEY"),
        ("5590", " ciney "),
        ("5590", "Leignon"),
        ("5590", "Achene"),
        ("1050", "Ixelles"),
        ("1050", "Elsene"),
        ("1050", "Bruxelles"),
        ("1050", "Brussel"),
        ("1040", "Etterbeek"),
        ("1040", "Bruxelles"),
        ("1060", "Saint-Gilles"),
        ("1060", "St Gilles"),
        ("1060", "St.-Gilles"),
        ("1060", "Sint-Gillis"),
        ("1050", "Ixelles (Bruxelles)"),
        ("1050", "Bruxelles (Ixelles)"),
        ("1080", "Molenbeek"),
        ("1082", "Berchem Ste Agathe"),
        ("1150", "Woluwé-St-Pierre"),
        ("1180", "Ukkel"),
        ("1190", "Vorst"),
        ("1210", "St-Josse"),
        ("1348", "Louvain-la-Neuve"),
        ("1348", "LOUVAIN LA NEUVE"),
        ("1348", "LLN"),
        ("1348", "Ottignies-Louvain-la-Neuve"),
        ("1420", "Braine l'Alleud"),
        ("1420", "Braine-L’Alleud"),
        ("1420", "Eigenbrakel"),
        ("1640", "Sint-Genesius-Rode"),
        ("2000", "Anvers"),
        ("3000", "Louvain"),
        ("4000", "Liège"),
        ("4000", "LIEGE"),
        ("4000", "Lüttich"),
        ("4000", "Liège 1"),
        ("4020", "Luik"),
        ("4030", "Liège"),
        ("4000", "Lie\u0300ge"),
        ("4720", "Kelmis"),
        ("4720", "La Calamine"),
        ("4760", "Büllingen"),
        ("4760", "Buellingen"),
        ("4760", "Bullange"),
        ("4780", "Sankt Vith"),
        ("4780", "St. Vith"),
        ("4780", "Saint-Vith"),
        ("4780", "St-Vith"),
        ("5100", "Namur"),
        ("5100", "Namur (Jambes)"),
        ("5100", "Jambes - Namur"),
        ("5190", "Jemeppe s/ Sambre"),
        ("5190", "Jemeppe-s/Sambre"),
        ("6001", "Charleroi"),
        ("6001", "Marcinelle"),
        ("6900", "Marche"),
        ("6900", "Marche en Famenne"),
        ("7000", "Bergen"),
        ("7160", "Chapelle lez Herlaimont"),
        ("7160", "Chapelle-lès-Herlaimont"),
        ("7500", "Doornik"),
        ("7070", "Le Rœulx"),
        ("7780", "Komen"),
        ("7880", "Vloesberg"),
        ("7951", "Tongre N-D"),
        ("9000", "Gand"),
        ("9100", "St-Niklaas"),
        ("9600", "Ronse"),
        ("9600", "Renaix"),
        ("6791", "Aubange"),
        ("6224", "Fleurus"),
        ("7134", "Binche"),
        ("4651", "HERVE"),
        ("6120", "Ham-sur-Heure-Nalinnes"),
        ("4731", "Raeren"),
        ("4784", "St. Vith"),
        ("9420", "Erpe-Mere"),
        ("6800", "Libramont"),
        ("1420", "Braine"),
        ("4357", "Jeneffe-en-Hesbaye"),
        ("6600", "Noville-lez-Bastogne"),
        ("5590", "Ciney/Leignon"),
        ("1755", "Pajottegem"),
        ("1755", "Gooik"),
        ("1541", "Herne"),
        ("3740", "Bilzen-Hoeselt"),
        ("3732", "Hoeselt"),
        ("3840", "Tongeren-Borgloon"),
        ("9820", "Merelbeke-Melle"),
        ("9090", "Melle"),
        ("3660", "Oudsbergen"),
        ("2890", "Puurs-Sint-Amands"),
        ("6687", "Bastogne"),
        ("6688", "Bertogne"),
        ("2070", "Beveren-Kruibeke-Zwijndrecht"),
        ("7010", "SHAPE"),
        ("7010", "Mons"),
        ("1931", "Brucargo"),
        ("1047", "Bruxelles"),
        ("1047", "Parlement européen"),
        ("5012", "Namur"),
    ],
)
def test_a_place_is_recognised_however_people_write_it(postcode: str, town: str) -> None:
    assert matches(postcode, town)
    assert place_question(postcode, town) is None


@pytest.mark.parametrize(
    ("postcode", "town"),
    [
        ("5590", "Dinant"),
        ("1050", "Liège"),
        ("1348", "Louvain"),
        ("4101", "Jemeppe-sur-Sambre"),
        ("4950", "Malmedy"),
        ("5590", "Saint"),
        ("4000", "Lille"),
        ("5590", ""),
        ("9999", "Ciney"),
    ],
)
def test_a_place_of_another_code_is_not(postcode: str, town: str) -> None:
    assert not matches(postcode, town)


def test_the_codes_of_a_place_are_all_those_it_is_written_with() -> None:
    assert postcodes_of("Ciney") == ("5590",)
    assert postcodes_of("saint-nicolas") == ("4420", "9100")
    assert postcodes_of("Liège") == ("4000", "4020", "4030", "4031", "4032")
    assert postcodes_of("Nowhere") == ()
    assert len(postcodes_of("Bruxelles")) == 22


@given(st.sampled_from(CODES).flatmap(lambda code: st.tuples(st.just(code), st.sampled_from(places(code)))))
def test_every_place_of_the_table_belongs_to_its_code_in_any_case_and_without_accents(
    pair: tuple[str, str],
) -> None:
    code, name = pair
    assert matches(code, name)
    assert matches(code, name.upper())
    assert matches(code, name.replace("-", " ").replace("é", "e").replace("è", "e"))


def test_an_unknown_code_is_asked_with_the_codes_of_its_place() -> None:
    assert place_question("1299", "Bruxelles") == UnknownPostcode("1299", likely=postcodes_of("Bruxelles"))
    assert place_question("5599", "Ciney") == UnknownPostcode("5599", likely=("5590",))
    assert place_question("9999", "Nowhere") == UnknownPostcode("9999", likely=())


def test_an_odd_place_is_asked_with_the_likeliest_first() -> None:
    question = place_question("5590", "Lignon")
    assert isinstance(question, OddPlace)
    assert question.places[0] == "Leignon"
    assert question.postcodes == ()
    assert place_question("1300", "Ciney") == OddPlace("1300", ("Limal", "Wavre"), ("5590",))


@pytest.mark.parametrize(
    ("postcode", "expected"),
    [
        ("1000", "Bruxelles"),
        ("1299", "Bruxelles"),
        ("1300", "Brabant wallon"),
        ("1499", "Brabant wallon"),
        ("1500", "Brabant flamand"),
        ("1999", "Brabant flamand"),
        ("2000", "Anvers"),
        ("3000", "Brabant flamand"),
        ("3499", "Brabant flamand"),
        ("3500", "Limbourg"),
        ("4999", "Liège"),
        ("5590", "Namur"),
        ("6599", "Hainaut"),
        ("6600", "Luxembourg"),
        ("6999", "Luxembourg"),
        ("7000", "Hainaut"),
        ("8000", "Flandre-Occidentale"),
        ("9999", "Flandre-Orientale"),
        ("0612", None),
        ("", None),
        ("559", None),
        ("55900", None),
        ("B-55", None),
    ],
)
def test_the_province_comes_from_the_code(postcode: str, expected: str | None) -> None:
    assert province(postcode) == expected


def test_every_listed_code_lies_in_a_province() -> None:
    assert None not in {province(code) for code in CODES}


@given(st.text(max_size=8), st.text(max_size=60))
def test_anything_typed_gets_an_answer(postcode: str, town: str) -> None:
    assert (place_question(postcode, town) is None) == (is_known(postcode) and matches(postcode, town))


def test_a_very_long_place_is_looked_up_in_no_time() -> None:
    assert postcodes_of(" " * 100_000 + "(" * 100_000) == ()
