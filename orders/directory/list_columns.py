"""The columns of a list of places, by the headings of those who publish one."""

import enum
from collections.abc import Callable, Mapping

from orders.spreadsheets import column_called, folded


class Column(enum.StrEnum):
    """What a list may say of a place. `ADDRESS` is street, house number and box in one."""

    NUMBER = "number"
    SCHOOL_NUMBER = "school_number"
    NAME = "name"
    ADDRESS = "address"
    STREET = "street"
    HOUSE = "house"
    BOX = "box"
    POSTCODE = "postcode"
    TOWN = "town"
    COMMUNE = "commune"
    LEVEL = "level"
    NETWORK = "network"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"


# The headings of the list of the Fédération Wallonie-Bruxelles and the technical names of its portal; then those of
# the Flemish list and of plain ones. What stands in the first column of the table is what Pli takes.
_CALLED: Mapping[Column, str] = {
    Column.NUMBER: "n° fase de l'implantation, ndegfase_de_l_implantation, ndeg_fase_de_l_implantation, "
    "numéro, nummer, number, intern nummer, n°, id, code",
    Column.SCHOOL_NUMBER: "n° fase de l'établissement, ndeg_fase_de_l_etablissement, ndegfase_de_l_etablissement, "
    "schoolnummer, school_number",
    Column.NAME: "nom de l'établissement, nom_de_l_etablissement, naam, nom, name, school, école",
    Column.ADDRESS: "adresse de l'implantation, adresse_de_l_implantation, adresse, adres, address, rue et numéro",
    Column.STREET: "rue, straat, street, straatnaam",
    Column.HOUSE: "huisnummer, numéro de maison, n° de maison, hausnummer, house number, house",
    Column.BOX: "busnummer, bus, boîte, bte, box",
    Column.POSTCODE: "code postal de l'implantation, code_postal_de_l_implantation, code postal, cp, postcode, "
    "postal code, plz",
    Column.TOWN: "localité de l'implantation, localite_de_l_implantation, localité, gemeente, deelgemeente, ville, "
    "town, plaats, ort",
    Column.COMMUNE: "commune de l'implantation, commune_de_l_implantation, commune, fusiegemeente",
    Column.LEVEL: "type d'enseignement, type_d_enseignement, niveau, level, hoofdstructuur, onderwijsniveau",
    Column.NETWORK: "réseau, reseau, net, network, onderwijsnet",
    Column.LATITUDE: "latitude, lat, breedtegraad",
    Column.LONGITUDE: "longitude, lon, lng, long, lengtegraad",
}
MOST_CALLED = 4  # headings that are named where a column is missing: plain ones stand last
_COLUMN_OF = {folded(name): column for column, names in _CALLED.items() for name in names.split(", ")}
_RANK = {folded(name): at for names in _CALLED.values() for at, name in enumerate(names.split(", "))}
_OF_THE_FRENCH_COMMUNITY = folded("N° FASE de l'implantation"), folded("ndegfase_de_l_implantation")
_OF_THE_FLEMISH_COMMUNITY = folded("schoolnummer")


def headings_for(column: Column) -> tuple[str, ...]:
    """Some headings that name a column."""
    return tuple(_CALLED[column].split(", ")[-MOST_CALLED:])


class UnknownColumn(ValueError):
    """What was given as the meaning of a heading is no column of a place."""


def read_mapping(text: str) -> dict[str, Column]:
    """Read `Adresse=street,Naam=name`: headings, folded, and the columns they are to name. Raises `UnknownColumn`."""
    mapping = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        heading, equals, column = part.rpartition("=")
        if not equals or not heading.strip() or column.strip() not in set(Column):
            raise UnknownColumn(part)
        mapping[folded(heading)] = Column(column.strip())
    return mapping


def reader(mapping: Mapping[str, Column]) -> Callable[[str], str]:
    """What a heading is called where several may name one column: its column, a tilde, how far it stands from it."""

    def read(heading: str) -> str:
        plain = folded(heading)
        if plain in mapping:
            return mapping[plain]
        if plain in _COLUMN_OF:
            return f"{_COLUMN_OF[plain]}~{_RANK[plain]:02}"
        called = column_called(heading)
        return f"{called}~99" if called in {*Column} - {Column.NUMBER} else ""

    return read


def positions(header: tuple[str, ...]) -> dict[Column, int]:
    """Where each column stands: of several headings that may name it, the one that names it best."""
    best: dict[Column, tuple[str, int]] = {}
    for at, name in enumerate(header):
        column, _, rank = name.partition("~")
        if column in set(Column) and (rank, at) < best.get(Column(column), ("~", 0)):
            best[Column(column)] = (rank, at)
    if Column.NUMBER not in best and Column.SCHOOL_NUMBER in best:
        best[Column.NUMBER] = best[Column.SCHOOL_NUMBER]
    return {column: at for column, (_, at) in best.items()}


def guessed_list(written: tuple[str, ...]) -> str | None:
    """The code of the list that these headings belong to; nothing for a plain one."""
    plain = {folded(heading) for heading in written}
    if plain.intersection(_OF_THE_FRENCH_COMMUNITY):
        return "fwb"
    return "vl" if _OF_THE_FLEMISH_COMMUNITY in plain else None
