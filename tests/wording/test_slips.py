"""A slip in the language that its order was placed in, with the letters and the long words of that language."""

from io import BytesIO

import pytest
from flask import Flask

from orders.shipping.printing import order_pdfs
from tests.factories import NOW, make_edition, make_order
from tests.labels.pdf_reading import text_of

PEOPLE = {
    "nl": (
        "Dhr. Joost van den Broeck-Vanderstraeten",
        "Gemeenschapsonderwijs West-Vlaanderen",
        "8500",
        "Kortrijk",
    ),
    "de": ("Frau Dr. Annegret Großmüller-Weißenbach", "Königliches Athenäum Büllingen", "4760", "Büllingen"),
    "en": ("Ms Siân O’Connor", "The British School of Brussels", "3080", "Tervuren"),
}
SAID = {
    "nl": ("In deze zending", "Activiteitenboekje", "Volgt later", "Handleiding", "vóór 28 februari 2027"),
    "de": ("In dieser Sendung", "Aktivitätenheft", "Folgt später", "Handbuch", "bis zum 28. Februar 2027"),
    "en": ("In this parcel", "Activity booklet", "To follow", "Manual", "before 28 February 2027"),
}


@pytest.mark.parametrize("language", list(SAID))
def test_a_slip_speaks_to_who_ordered(app_context: Flask, language: str) -> None:
    make_edition(shelf={"MAN26": 0, "LIV26": 50})
    name, organisation, postcode, town = PEOPLE[language]
    order = make_order(
        lines={"MAN26": 4, "LIV26": 3},
        language=language,
        name=name,
        organisation=organisation,
        postcode=postcode,
        town=town,
    )
    out = BytesIO()
    order_pdfs.print_order_slip(order, today=NOW.date(), out=out)
    text = " ".join(text_of(out.getvalue()).split())
    for said in SAID[language]:
        assert said in text
    for word in f"{name} {organisation} {town.upper()}".replace("-", " ").split():
        assert word in text
    for french in ("Dans cet envoi", "Suivra", "Livret", "Merci", "Renvoyez"):
        assert french not in text
