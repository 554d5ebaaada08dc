"""An order as one sentence: sixty of them as people write them, and texts that are none."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue.models import Kind, Publication
from orders.public.ordering.sentence.reading import LONGEST, Reading, read_sentence
from tests.factories import AUDIENCES, TITLES, make_edition
from tests.page import Page
from tests.public.test_ordering import rows

TODAY = date(2026, 11, 20)  # a Friday
PUBLICATIONS = [
    Publication(code=code, kind=kind, titles=TITLES[kind])
    for code, kind in (("MAN26", Kind.MANUAL), ("LIV26", Kind.BOOKLET))
]
SHORT = {"M": "copies-MAN26", "L": "copies-LIV26"}
SENTENCES = [
    line.split("\t") for line in Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()
]


def read(sentence: str) -> Reading:
    return read_sentence(sentence, PUBLICATIONS, AUDIENCES, today=TODAY)


def expected(fields: str) -> dict[str, str]:
    pairs = (each.split("=", 1) for each in fields.split("; "))
    return {SHORT.get(name, name): value for name, value in pairs}


def test_of_sixty_sentences_nine_fields_in_ten_are_right_and_none_is_wrong() -> None:
    right = wanted = 0
    wrong: list[tuple[str, dict[str, str]]] = []
    for sentence, fields in SENTENCES:
        found, asked = read(sentence).fields, expected(fields)
        right += sum(found.get(name) == value for name, value in asked.items())
        wanted += len(asked)
        if odd := {name: value for name, value in found.items() if asked.get(name) != value}:
            wrong.append((sentence, odd))
    assert len(SENTENCES) == 60
    assert wrong == []
    assert right / wanted > 0.9, f"{right} of {wanted}"


def test_what_is_left_of_a_sentence_is_shown() -> None:
    assert read("12 livrets pour le chat de ma voisine").rest == ["pour le chat de ma voisine"]
    assert any("rue Basse 9" in each for each in read(SENTENCES[11][0]).rest), "of two addresses neither is taken"
    assert read("quatre-vingt-dix livrets").fields == {"copies-LIV26": "90"}
    assert read("soixante-quinze livrets").rest == ["soixante-quinze livrets"]
    assert read("12 livrets " + "x" * 10_000).fields == {"copies-LIV26": "12"}
    assert sum(map(len, read("y" * 10_000).rest)) == 10_000, "nothing is lost"


def test_the_name_of_a_family_is_who_it_goes_to_and_no_word_of_it_is_lost() -> None:
    found = read("5 Hefte, Familie Schmitz").fields
    assert found == {"copies-LIV26": "5", "audience": "family", "name": "Familie Schmitz"}
    assert read("Je suis Luc Maes, 2 livrets pour la famille Maes").fields["name"] == "Luc Maes"
    assert read("2 livrets pour une famille nombreuse").rest == ["nombreuse"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "مرحبا أريد كتب",
        "<b>deux</b>",
        "0" * LONGEST,
        "1050 " * 200,
        "\0\x07",
        "🙂" * 50,
        "-5 livrets",
        "10-24 livrets",
    ],
)
def test_what_is_no_order_fills_nothing_in(typed: str) -> None:
    assert read(typed).fields == {}


def test_the_form_comes_back_filled_in_and_says_what_it_did_not_understand(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
    form = Page.open(client, "/")
    sent = {**form.fields("/order"), "sentence": "24 livrets pour le <b>chat</b>, rue Haute 3, 5590 Ciney"}
    page = Page.of(client.post("/order", data={**sent, "read_sentence": "1"}))
    fields = page.fields("/order")
    assert (fields["copies-LIV26"], fields["street"], fields["town"]) == ("24", "rue Haute", "Ciney")
    assert fields["sentence"] == sent["sentence"], "it stays visible"
    assert "Pas compris : " in page.words()
    assert "<b>chat" not in page.text
    assert rows(app) == (0, 0, 0)
