"""The carrier's files: boxes out; tracking numbers in, all of them or none."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import select

from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.packing.models import PostKind
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Parcel
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
CARRIER = "/office/shipping/1/carrier.csv"
TRACKING = "/office/shipping/1/tracking"


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    """Dispatch 1: a letter, a box for a school and an order of two boxes."""
    with app.app_context():
        make_edition(shelf=5_000)
        school: dict[str, Any] = {"audience": "school", "organisation": "Athénée; Royal", "department": "5A"}
        make_dispatch(
            make_order(lines={"MAN26": 1}),
            make_order(lines={"MAN26": 60}, name="Şebnem Dupont", phone="+32475123456", box="20", **school),
            make_order(lines={"MAN26": 900}, name="=SUM(A1)"),
        )
    return office(StaffRole.OFFICE)


def boxes(client: FlaskClient) -> list[dict[str, str]]:
    answer = client.get(CARRIER)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8")), delimiter=";"))


def number(n: int) -> str:
    return f"3232{n:020}"


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()


def as_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def token(client: FlaskClient) -> dict[str, str]:
    return Page.open(client, TRACKING).fields("/staff/logout")


def upload(client: FlaskClient, content: bytes, name: str = "numbers.csv") -> Any:
    data = {**token(client), "file": (io.BytesIO(content), name)}
    return client.post(TRACKING, data=data, content_type="multipart/form-data")


def confirm(client: FlaskClient, page: Page, **more: str) -> Any:
    return client.post(TRACKING, data={**page.fields(TRACKING), "confirmed": "1", **more})


def noted(app: Flask) -> list[str]:
    with app.app_context():
        rows = select(Parcel.tracking_number).where(Parcel.tracking_number.is_not(None)).order_by(Parcel.sequence)
        return [each for each in db.session.scalars(rows) if each]


def test_the_carrier_gets_a_row_for_each_box_and_none_for_letters(app: Flask, client: FlaskClient) -> None:
    answer = client.get(CARRIER)
    assert answer.mimetype == "text/csv"
    assert "envoi-1.csv" in answer.headers["Content-Disposition"]
    text = answer.get_data().decode("utf-8")
    assert text.startswith("ProductId;Name;Contact Name;Contact Phone;Street;")
    assert "\r" not in text
    assert len(text.splitlines()[0].split(";")) == 44
    rows = boxes(client)
    with app.app_context():
        parcels = db.session.scalars(select(Parcel).where(Parcel.kind == PostKind.PARCEL).order_by(Parcel.sequence))
        expected = [(f"{each.orders[0].reference}-{each.sequence}", -(-each.weight_mg // 1000)) for each in parcels]
    assert [(row["Customer Reference"], int(row["Weight"])) for row in rows] == expected
    assert len(rows) == 3
    (school,) = [row for row in rows if row["Contact Name"] == "Şebnem Dupont"]
    for column, value in {
        "ProductId": "BPACK24h",
        "Name": "Athénée; Royal",
        "Contact Phone": "0032475123456",
        "Street": "Rue de la Senne",
        "Box Number": "20",
        "Postal Code": "1000",
        "City": "Bruxelles",
        "Country": "BE",
        "Signature": "N",
        "Free Message": "5A",
        "Sender Postal Code": "1050",
        "Receiver email address": "",
    }.items():
        assert school[column] == value
    assert "'=SUM(A1)" in {row["Contact Name"] for row in rows}


def test_long_names_are_shortened_for_the_carrier_and_shown_before_the_file_leaves(
    app: Flask, client: FlaskClient
) -> None:
    assert "Fichier pour bpost (CSV)" in Page.open(client, "/office/shipping/1?step=post").words()
    long = "École fondamentale communale de la Citadelle et des Trois Vallées réunies de Rochefort"
    with app.app_context():
        where: dict[str, Any] = {
            "organisation": long,
            "name": "Zoé Dupont",
            "street": "Avenue du Professeur Émile Vandervelde prolongée",
        }
        make_dispatch(make_order(lines={"MAN26": 60}, audience="school", department="3B", **where))
    page = Page.open(client, "/office/shipping/2?step=print")
    assert "Voir les noms abrégés" in page.words()
    assert "Fichier pour bpost" not in page.words()
    shown = Page.open(client, "/office/shipping/2/carrier").words()
    assert f"1 Destinataire {long} Éc. Fond. communale de la Citadelle et / des Trois Vallées" in shown
    assert "Personne de contact Zoé Dupont dans le message libre" in shown
    assert "Av. du Prof. Émile Vandervelde prolongée" in shown
    [row] = csv.DictReader(io.StringIO(client.get("/office/shipping/2/carrier.csv").text), delimiter=";")
    assert (row["Name"], row["Free Message"]) == ("Éc. Fond. communale de la Citadelle et", "Zoé Dupont, 3B")
    assert max(len(row[name]) for name in ("Name", "Contact Name", "Street", "City")) <= 40


def test_a_dispatch_of_letters_has_nothing_for_the_carrier(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_dispatch(make_order())
    page = Page.of(client.get("/office/shipping/2/carrier.csv"), status=409)
    assert "n’a que des lettres" in page.words()


@pytest.mark.parametrize(("form", "name"), [(as_csv, "retour bpost.CSV"), (as_xlsx, "retour.xlsx")])
def test_a_file_in_any_column_order_is_read_confirmed_and_noted(
    app: Flask, client: FlaskClient, form: Callable[..., bytes], name: str
) -> None:
    references = [row["Customer Reference"] for row in boxes(client)]
    rows = [["Date", "Code barres", "Ville", "Réf."]]
    rows += [["20/11/2026", f" {number(n)[:12]} {number(n)[12:]}", "Ciney", each] for n, each in enumerate(references)]
    page = Page.of(upload(client, form(rows), name))
    assert page.fields(TRACKING)["column-number"] == "0"
    assert page.fields(TRACKING)["column-reference"] == "1"
    assert "Noter les 3 numéros" in page.words().replace("\u00a0", " ")
    assert noted(app) == []
    done = confirm(client, page)
    assert (done.status_code, done.location) == (303, "/office/shipping/1")
    assert noted(app) == [number(n) for n in range(3)]


def test_three_wrong_rows_are_named_by_their_lines_and_nothing_is_noted(app: Flask, client: FlaskClient) -> None:
    references = [row["Customer Reference"] for row in boxes(client)]
    rows = [["Customer Reference", "Barcode"]]
    rows += [[references[0], number(1)], [references[1], "323212"], ["BBBBBBBB", number(3)], [references[2], number(1)]]
    page = Page.of(upload(client, as_csv(rows)), status=422)
    words = page.words().replace("\u00a0", " ")
    assert "3 lignes à corriger : rien n’est noté" in words
    for said in (
        "Ligne 3 : « 323212 » n’est pas un numéro de suivi.",
        "Ligne 4 : « BBBBBBBB » n’est pas dans cet envoi.",
        f"Ligne 5 : le numéro {number(1)} est déjà à la ligne 2.",
    ):
        assert said in words
    Page.of(confirm(client, page), status=422)
    assert noted(app) == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", "il n’y a pas de numéro de suivi"),
        ("3,23212E+23", "le tableur a arrondi"),
        (3.23212345678901e23, "le tableur a arrondi"),
        ("A" * 200, "n’est pas un numéro"),
    ],
)
def test_numbers_that_a_spreadsheet_program_spoilt_are_not_believed(
    app: Flask, client: FlaskClient, cell: object, said: str
) -> None:
    first, second, _ = [row["Customer Reference"] for row in boxes(client)]
    page = Page.of(
        upload(client, as_xlsx([["Ref", "Track"], [first, number(1)], [second, cell]]), "a.xlsx"), status=422
    )
    assert said in page.words()
    assert noted(app) == []


def test_what_else_can_stand_for_a_parcel(app: Flask, client: FlaskClient) -> None:
    first, second, third = [row["Customer Reference"] for row in boxes(client)]
    single, several = first.split("-")[0], second.split("-")[0]
    if single == several:
        single, several = third.split("-")[0], second.split("-")[0]
    rows = [["ref", "n"], [single.lower(), "CD 123 456 785 BE"], [f"{several[:4]}-{several[4:]} 2/2", number(2)]]
    page = Page.of(upload(client, as_csv(rows)))
    confirm(client, page)
    assert sorted(noted(app)) == sorted(["CD123456785BE", number(2)])
    page = Page.of(upload(client, as_csv([["ref", "n"], [several, number(9)]])), status=422)
    assert "a plusieurs plis" in page.words()


def test_a_number_that_a_parcel_of_another_dispatch_has_is_refused(app: Flask, client: FlaskClient) -> None:
    references = [row["Customer Reference"] for row in boxes(client)]
    confirm(client, Page.of(upload(client, as_csv([["ref", "n"], [references[0], number(1)]]))))
    with app.app_context():
        other = make_dispatch(make_order(lines={"MAN26": 60}))
        reference = other.parcels[0].orders[0].reference

    def said_of(value: str) -> tuple[int, str]:
        file = (io.BytesIO(as_csv([["ref", "n"], [reference, value]])), "a.csv")
        data = {**token(client), "file": file}
        answer = client.post("/office/shipping/2/tracking", data=data, content_type="multipart/form-data")
        return answer.status_code, Page.of(answer, status=answer.status_code).words()

    status, words = said_of(number(1))
    assert (status, f"le numéro {number(1)} est celui d’un pli d’un autre envoi" in words) == (422, True)
    assert said_of(number(2))[0] == 200
    # Its own parcel may have it once more.
    assert Page.of(upload(client, as_csv([["ref", "n"], [references[0], number(1)]]))).status == 200


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "est vide"),
        (b"ref;n", "a.csv", "que ses titres"),
        (b"\x00\xff\xfe", "a.xlsx", "pas un tableau"),
        (b"%PDF-1.7", "a.pdf", "ni un CSV ni un XLSX"),
        (b"name;town\nMarie;Ciney", "a.csv", "Aucune colonne"),
        (b"a", "", "Choisissez d’abord"),
    ],
)
def test_a_file_that_is_no_such_table_is_said_so(client: FlaskClient, content: bytes, name: str, said: str) -> None:
    page = Page.of(upload(client, content, name), status=422)
    assert said in page.words()


@pytest.mark.parametrize("rows", ["nonsense", "[]", '[["a"], [["x", "y"]]]', "{}", "[1, 2]"])
def test_a_hidden_table_that_we_did_not_write_is_refused(client: FlaskClient, rows: str) -> None:
    answer = client.post(TRACKING, data={**token(client), "rows": rows, "confirmed": "1"})
    Page.of(answer, status=422)


def test_who_was_posted_to_learns_the_number_once(app: Flask, client: FlaskClient) -> None:
    references = [row["Customer Reference"] for row in boxes(client)]
    before = as_csv([["ref", "n"], [references[0], number(1)]])
    confirm(client, Page.of(upload(client, before)))
    with app.app_context():
        transact(lifecycle.close, 1, at=NOW, by=BY, everything=True)
    after = as_csv([["ref", "n"], *[[each, number(n)] for n, each in enumerate(references, 1)]])
    for _ in range(2):
        confirm(client, Page.of(upload(client, after)))
    with app.app_context():
        mails = list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))
        told = [mail for mail in mails if mail.kind == "order_tracking"]
        assert all(number(1) not in mail.text for mail in told)
        assert sum(number(1) in mail.text and number(1) in mail.html for mail in mails) == 1
        for n in (2, 3):
            assert sum(number(n) in mail.text and number(n) in mail.html for mail in told) == 1


def test_a_dispatch_that_was_undone_takes_no_numbers(app: Flask, client: FlaskClient) -> None:
    references = [row["Customer Reference"] for row in boxes(client)]
    page = Page.of(upload(client, as_csv([["ref", "n"], [references[0], number(1)]])))
    with app.app_context():
        transact(lifecycle.undo, 1, at=NOW, by=BY)
    Page.of(confirm(client, page), status=409)
    assert noted(app) == []


def test_of_two_hundred_rows_three_wrong_ones_are_named_and_then_all_are_noted(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        receive("MAN26", 100_000)
        make_dispatch(make_order(lines={"MAN26": 498 * 200}))
    url = "/office/shipping/2/"
    sent = list(csv.DictReader(io.StringIO(client.get(f"{url}carrier.csv").text), delimiter=";"))
    right = [[row["Customer Reference"], number(n)] for n, row in enumerate(sent)]
    assert len(right) == 200
    wrong = [["Customer Reference", "Barcode"], *right]
    wrong[50], wrong[120], wrong[200] = ["BBBBBBBB-1", number(999)], [right[119][0], "3232"], ["x", right[199][1]]

    def send(rows: Sequence[Sequence[str]], status: int) -> Page:
        data = {**token(client), "file": (io.BytesIO(as_csv(rows)), "a.csv")}
        return Page.of(client.post(f"{url}tracking", data=data, content_type="multipart/form-data"), status=status)

    said = send(wrong, 422).words().replace("\u00a0", " ")
    assert "3 lignes à corriger" in said
    assert "Ligne 201 : « x » n’est pas une de nos références." in said
    assert [f"Ligne {n} :" in said for n in (51, 121, 201)] == [True] * 3
    assert "197 autres lignes sont justes" in said
    assert noted(app) == []
    page = send([wrong[0], *right], 200)
    client.post(f"{url}tracking", data={**page.fields(f"{url}tracking"), "confirmed": "1"})
    assert len(noted(app)) == 200
