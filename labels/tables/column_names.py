"""The columns of an address by what people call them, in the four languages."""

import re
from collections.abc import Mapping

from labels.tables.headings import folded

_CALLED = {
    "name": "nom, naam, prénom et nom, nom et prénom, nom prénom, nom complet, contact, personne de contact, "
    "contactpersoon, destinataire, volledige naam, full name, voornaam en naam, nom de famille, achternaam, "
    "familienaam, nachname, familienname, last name, surname, family name",
    "first_name": "prénom, voornaam, vorname, first name, given name",
    "department": "service, classe, département, dienst, afdeling, klas, abteilung, klasse, class",
    "organisation": "organization, école, établissement, institution, association, organisatie, school, vereniging, "
    "schule, einrichtung, école ou organisation, nom de l’école, nom de l’établissement, instelling",
    "building": "bâtiment, étage, gebouw, gebäude, verdieping",
    "street": "rue, straat, straße, voie, nom de rue, straatnaam, street name",
    "number": "numéro, n°, no, nr, num, nummer, huisnummer, hausnummer, numéro de maison, house number, n° de maison",
    "box": "boîte, bte, bus, bte., postbus, briefkasten, n° de boîte, busnummer",
    "postcode": "code postal, cp, postal code, zip, zip code, plz, postleitzahl, postnummer, code",
    "town": "localité, ville, commune, gemeente, plaats, stad, woonplaats, ort, stadt, gemeinde, city, place",
    "country": "pays, land",
    "reference": "référence, referentie, referenz",
    "email": "e-mail, mail, courriel, adresse e-mail, adresse mail, adresse électronique, email address, e-mailadres, "
    "e-mail-adresse, adresse email",
    "phone": "téléphone, tél, tel, gsm, telefoon, telefon, mobile, portable, numéro de téléphone, telephone, "
    "telefoonnummer, telefonnummer, phone number",
    "language": "langue, taal, sprache",
    "message": "remarque, remarques, commentaire, un mot, opmerking, opmerkingen, bemerkung, remark, comment, note",
    "delivery": "livraison, levering, lieferung",
    "audience": "public, pour qui, type, doelgroep, zielgruppe, vous êtes",
    "address": "adresse, adres, anschrift, adresse complète, adresse postale, volledig adres, full address",
}
_REMARK = re.compile(r"[(\[].*[)\]]", re.DOTALL)  # `E-mail (facultatif)`
_COLUMN_OF = {folded(name): column for column, names in _CALLED.items() for name in (column, *names.split(", "))}


def headings_of(column: str) -> tuple[str, ...]:
    """Headings that name a column of an address, as people write them; none for another column."""
    return tuple(_CALLED[column].split(", ")) if column in _CALLED else ()


def column_called(heading: str) -> str:
    """The column that a heading names in French, Dutch, German or English; nothing for one that names none."""
    return _COLUMN_OF.get(folded(heading)) or _COLUMN_OF.get(folded(_REMARK.sub("", heading)), "")


def with_full_name(values: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row by column, the first name before the name where it has a column of its own.

    >>> with_full_name({"name": "Dupont", "first_name": "Zoé"})
    {'name': 'Zoé Dupont'}
    """
    joined = dict(values)
    if first := joined.pop("first_name", "").strip():
        joined["name"] = f"{first} {joined.get('name', '')}".strip()
    return joined
