"""Orders from a file, through the office's page: looked at first, placed together, never twice."""

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select

from orders.database import db, transact
from orders.ordering.files import import_batches
from orders.ordering.files.import_models import OrderImport
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from tests import DATA
from tests.factories import BY, NOW, make_edition
from tests.page import Page

URL = "/office/ordering/import"
HEADER = "audience,organisation,name,street,number,postcode,town,email,MAN26"
GOOD = "school,École Saint-Roch,Marie Dupont,Rue Haute,1,1000,Bruxelles,marie@example.org,3"


@pytest.fixture
def client(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    with app.app_context():
        make_edition()
    return office(StaffRole.OFFICE)


def send(client: FlaskClient, content: bytes, name: str = "orders.csv") -> Any:
    fields = Page.open(client, URL).fields(URL)
    return client.post(URL, data={"csrf_token": fields["csrf_token"], "file": (io.BytesIO(content), name)})


def confirm(client: FlaskClient, page: Page, **more: str) -> Any:
    return client.post(URL, data={**page.fields(URL), "confirmed": "1", **more})


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Order)) or 0


def test_a_good_file_is_shown_first_and_placed_once_it_is_confirmed(app: Flask, client: FlaskClient) -> None:
    preview = Page.of(send(client, f"{HEADER}\n{GOOD}\n".encode()))
    assert "École Saint-Roch" in preview.words()
    assert count(app) == 0
    done = confirm(client, preview)
    assert "1 commande importée" in Page.open(client, done.location).words()
    assert count(app) == 1


def test_the_same_file_is_not_taken_twice_unless_it_is_meant(app: Flask, client: FlaskClient) -> None:
    file = f"{HEADER}\n{GOOD}\n".encode()
    confirm(client, Page.of(send(client, file)))
    refused = Page.of(confirm(client, Page.of(send(client, file))), status=409)
    assert "déjà été importé" in refused.words()
    assert count(app) == 1
    assert confirm(client, refused, again="1").status_code == 303
    assert count(app) == 2


def test_one_wrong_row_keeps_all_out_and_each_says_its_line(app: Flask, client: FlaskClient) -> None:
    bad = GOOD.replace("1000", "105").replace("marie@example.org", "marie")
    page = Page.of(send(client, f"{HEADER}\n{GOOD}\n{bad}\n".encode()), status=422)
    assert "1 ligne est à corriger" in page.words()
    assert "3 postcode" in page.words()
    assert "3 email" in page.words()
    assert 'name="confirmed"' not in page.text
    assert count(app) == 0


def test_what_is_read_otherwise_than_written_is_shown_before_it_is_placed(app: Flask, client: FlaskClient) -> None:
    written = GOOD.replace("Rue Haute,1,1000", "Rue Haute 1,,B-1000").replace("school", "École")
    page = Page.of(send(client, f"Commandes\n{HEADER}\n{written}\n".encode()))
    assert "3 street Rue Haute 1 Rue Haute" in page.words()
    assert "number – 1" in page.words()
    assert "postcode B-1000 1000" in page.words()
    assert "« Commandes » est au-dessus des titres" in page.words().replace("\u00a0", " ")
    assert confirm(client, page).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Order.street, Order.number, Order.postcode)).one() == (
            "Rue Haute",
            "1",
            "1000",
        )


def test_a_file_can_be_read_again_as_it_is_written(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, f"{HEADER}\n{GOOD.replace(',1,1000', ',1 bte 2,1000')}\n".encode()))
    assert "Lu autrement qu’écrit" in page.words()
    token, content = page.fields(URL)["csrf_token"], page.fields(URL)["content"]
    written = {"csrf_token": token, "content": content, "name": "orders.csv", "as_written": "1"}
    again = Page.of(client.post(URL, data=written))
    assert "Lu autrement qu’écrit" not in again.words()
    assert confirm(client, again).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Order.number, Order.box)).one() == ("1 bte 2", "")


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "empty.csv", "vide"),
        (b"not a zip", "orders.xlsx", "pas un tableau lisible"),
        (b"%PDF-1.7", "orders.pdf", "ni un CSV ni un XLSX"),
        (f"{HEADER},name".encode(), "orders.csv", "deux fois"),
        (f"{HEADER},MAN99".encode(), "orders.csv", "ne connaît pas ces colonnes"),
        (HEADER.replace(",MAN26", "").encode(), "orders.csv", "combien d’exemplaires"),
        (b"a,b\n1,2\n", "orders.csv", "Aucune ligne de titres"),
        (HEADER.encode(), "orders.csv", "aucune commande"),
    ],
)
def test_what_is_no_file_of_orders_is_said_so(client: FlaskClient, content: bytes, name: str, told: str) -> None:
    assert told in Page.of(send(client, content, name), status=422).words()


def test_no_file_a_large_one_and_a_broken_page_are_said_so(client: FlaskClient) -> None:
    token = Page.open(client, URL).fields(URL)["csrf_token"]
    assert "Choisissez" in Page.of(client.post(URL, data={"csrf_token": token}), status=422).words()
    broken = {"csrf_token": token, "content": "%%%", "name": "orders.csv", "confirmed": "1"}
    large = {**broken, "content": base64.b64encode(b"x" * (5 * 1024 * 1024 + 1)).decode()}
    assert "dépasse 5" in Page.of(client.post(URL, data=large), status=422).words()
    assert "en entier" in Page.of(client.post(URL, data=broken), status=422).words()


def test_four_hundred_orders_come_in_by_hand(app: Flask, client: FlaskClient) -> None:
    preview = Page.of(send(client, (DATA / "orders-400.csv").read_bytes()))
    assert confirm(client, preview).status_code == 303
    assert count(app) == 400


def test_only_that_page_takes_large_files(client: FlaskClient) -> None:
    token = Page.open(client, URL).fields(URL)["csrf_token"]
    large = {"csrf_token": token, "reference": "x" * 1_000_000}
    assert client.post("/office/ordering/cancel", data=large).status_code == 413


def test_columns_are_understood_in_any_language_and_what_was_understood_is_shown_first(
    app: Flask, client: FlaskClient
) -> None:
    heading = "Doelgroep;Naam van de school;Contactpersoon;RUE;N°;plz;Town;Nombre de manuels;Prix;=A1"
    rows = "École;École A;Anne Petit;Rue Haute;1;5590;Ciney;3;4,50;#REF!\nfamille;;Zoé;Rue Haute;2;5590;Ciney;1;;"
    page = Page.of(send(client, f"Commandes de Ciney\n\n{heading}\n{rows}\n".encode()))
    for said in ("4 MAN26", "Doelgroep Public École", "Nombre de manuels Manuel (MAN26) 3", "« Prix », « =A1 »"):
        assert said in page.words().replace("\u00a0", " ")
    assert confirm(client, page).status_code == 303
    with app.app_context():
        placed = db.session.execute(select(Order.audience, Order.organisation).order_by(Order.id)).all()
    assert placed == [("school", "École A"), ("family", "")]


def test_two_columns_for_one_field_and_a_file_without_headings_are_told_by_choosing(
    app: Flask, client: FlaskClient
) -> None:
    twice = f"{HEADER},Naam\n{GOOD},Zoé Petit\n"
    asked = Page.of(send(client, twice.encode()), status=422)
    assert "deux fois : Nom. Ce sont : « name », « Naam »" in asked.words().replace("\u00a0", " ")
    assert 'id="column-name-error"' in asked.text
    assert confirm(client, asked, **{"column-name": "9"}).status_code == 303
    bare = Page.of(send(client, f"{GOOD}\n{GOOD.replace('marie', 'zoe').replace(',1,', ',2,')}\n".encode()), status=422)
    assert "Aucune ligne de titres" in bare.words()
    columns = {f"column-{field}": str(at) for at, field in enumerate(HEADER.split(","))}
    again = Page.of(client.post(URL, data={**bare.fields(URL), **columns, "headless": "1"}))
    assert "2 commandes à importer" in again.words()
    assert confirm(client, again, headless="1").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Order.name).order_by(Order.id)).all() == ["Zoé Petit", *["Marie Dupont"] * 2]


def test_a_missing_column_is_named_with_headings_that_would_do(client: FlaskClient) -> None:
    page = Page.of(send(client, f"{HEADER.replace('postcode', 'x')}\n{GOOD}\n".encode()), status=422)
    assert "manque des colonnes : Code postal." in page.words().replace("\u00a0", " ")
    assert "« code postal »" in page.words().replace("\u00a0", " ")
    assert 'id="column-postcode-error"' in page.text


def test_columns_far_to_the_right_of_a_wide_file_are_read_and_offered(client: FlaskClient) -> None:
    heading = ",".join([*(f"Colonne {number}" for number in range(290)), HEADER.replace("postcode", "x")])
    wide = "," * 290 + GOOD
    page = Page.of(send(client, f"{heading}\n{wide}\n".encode()), status=422)
    assert page.fields(URL)["column-town"] == "296"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_template_is_a_file_that_the_import_understands(client: FlaskClient, language: str, ending: str) -> None:
    answer = client.get(f"{URL}/template.{ending}", headers={"Accept-Language": language})
    page = Page.of(send(client, answer.get_data(), f"modele.{ending}"), status=422)
    assert "il n’a que ses titres" in page.words()
    assert "À savoir" not in page.words()
    assert client.get(f"{URL}/template.pdf").status_code == 404


def test_the_progress_of_an_import_is_told_while_it_is_under_way(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, f"{HEADER}\n{GOOD}\n".encode()))
    url = page.text.split('data-import-progress="')[1].split('"')[0]
    assert client.get(url).get_json() == {"orders": 0}
    with app.app_context():
        begun = transact(import_batches.begin, url.split("/")[-2], at=NOW, by=BY)
        db.session.get_one(OrderImport, begun).orders = 7
        db.session.commit()
    assert client.get(url).get_json() == {"orders": 7}


def test_a_formula_without_a_result_and_a_heading_over_merged_cells_are_said(client: FlaskClient) -> None:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEADER.split(","), "LIV26"])
    for number in ("1", "2"):
        sheet.append([*GOOD.replace(",1,", f",{number},").split(","), "=1+1"])
    sheet.merge_cells("B2:B3")
    book.save(out)
    words = Page.of(send(client, out.getvalue(), "formules.xlsx"), status=422).words().replace("\u00a0", " ")
    assert "2 cellules (la première est J2) sont des formules sans résultat" in words
    assert "3 organisation Indiquez le nom de l’école" in words
