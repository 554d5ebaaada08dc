"""What people call the columns of a file of orders."""

from pathlib import Path

import pytest
from flask import Flask

from orders.ordering.files import importing
from tests.factories import NOW, make_edition

HEADING = "audience;name;street;number;postcode;town;email;MAN26"
ROW = "family;Dupont;Rue Haute;1;5590;Ciney;zoe@example.org;2"


def name_and_copies(path: Path, heading: str, row: str = ROW) -> tuple[str, int]:
    path.write_text(f"{heading}\n{row}\n", encoding="utf-8")
    checked = importing.check_file(path, at=NOW)
    assert (checked.problems, checked.changes) == ([], [])
    [(_, request)] = checked.good
    return request.address.name, request.copies["MAN26"]


@pytest.mark.parametrize(
    "heading",
    [
        "AUDIENCE;NAME;STREET;NUMBER;POSTCODE;TOWN;EMAIL;man26",
        "Pour qui;Nom;Rue;N°;Code postal;Commune;Adresse e-mail;Manuel",
        "Doelgroep;Naam;Straat;Huisnummer;Postcode;Gemeente;E-mailadres;Handleiding",
        "Zielgruppe;Name;Straße;Hausnummer;Postleitzahl;Ort;E-Mail;HANDBUCH 2026",
        "Audience;Full name;Street;House number;Zip code;City;E-mail;Manual",
        "Audience (famille, école…);Nom :;Rue*;N°;CP [4 chiffres];Localité;Courriel (facultatif);MAN 26",
    ],
)
def test_headings_are_known_in_four_languages_and_with_remarks(
    app_context: Flask, tmp_path: Path, heading: str
) -> None:
    make_edition()
    assert name_and_copies(tmp_path / "orders.csv", heading) == ("Dupont", 2)


@pytest.mark.parametrize("names", [("Prénom", "Nom de famille"), ("voornaam", "achternaam"), ("Vorname", "Nachname")])
def test_a_first_name_in_a_column_of_its_own_comes_before_the_name(
    app_context: Flask, tmp_path: Path, names: tuple[str, str]
) -> None:
    make_edition()
    heading = HEADING.replace("name", ";".join(names))
    assert name_and_copies(tmp_path / "a.csv", heading, ROW.replace("Dupont", "Zoé;Dupont")) == ("Zoé Dupont", 2)
    turned = HEADING.replace("name", ";".join(reversed(names)))
    assert name_and_copies(tmp_path / "b.csv", turned, ROW.replace("Dupont", "Dupont;")) == ("Dupont", 2)
