"""Printing through the pages: recorded, asked about, printed again only on request."""

import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db
from orders.shipping.models import Dispatch
from orders.shipping.printing.letterhead import return_address
from orders.shipping.printing.models import Printing
from orders.staff.models import StaffRole
from tests.factories import make_dispatch, make_edition, make_order
from tests.labels.pdf_reading import about
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
DISPATCH = "/office/shipping/1"
PRINTINGS = f"{DISPATCH}/printings"
PRINTING = f"{DISPATCH}?step=print"


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    """A volunteer, and an open dispatch of three letters."""
    with app.app_context():
        make_edition()
        make_dispatch(*(make_order(lines={"MAN26": copies}) for copies in (1, 2, 3)))
    return office(StaffRole.VOLUNTEER)


def send(client: FlaskClient, url: str, **fields: Any) -> Any:
    token = Page.open(client, DISPATCH).fields("/staff/logout")["csrf_token"]
    return client.post(url, data={"csrf_token": token, **fields})


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_a_printing_leads_to_its_page_and_waits_there_and_on_the_dispatch_for_an_answer(client: FlaskClient) -> None:
    answer = send(client, PRINTINGS, what="labels", start="6")
    assert (answer.status_code, answer.location) == (303, f"{PRINTINGS}/1")
    page = Page.open(client, answer.location)
    assert page.forms(f"{PRINTINGS}/1/all-out")
    assert Page.open(client, PRINTING).forms(f"{PRINTINGS}/1/all-out")
    pdf = client.get(f"{PRINTINGS}/1.pdf")
    assert pdf.mimetype == "application/pdf"
    assert "réimpression" not in text_of(pdf.data)


def test_when_all_came_out_the_next_free_label_is_proposed(client: FlaskClient) -> None:
    send(client, PRINTINGS, what="labels", start="6")
    send(client, f"{PRINTINGS}/1/all-out")
    page = Page.open(client, PRINTING)
    assert "Il reste 6 étiquettes sur la planche entamée, à partir de la 9" in page.words()
    form = next(form for form in page.forms(PRINTINGS) if form.get("id") == "etiquettes")
    starts = [field for field in form.iter("input") if field.get("name") == "start"]
    assert [field.get("value") for field in starts if field.get("checked") is not None] == ["9"]


def test_a_jam_is_noted_and_the_rest_is_printed_again_on_request(app: Flask, client: FlaskClient) -> None:
    send(client, PRINTINGS, what="labels")
    send(client, f"{PRINTINGS}/1/jammed", number="2")
    page = Page.open(client, f"{PRINTINGS}/1")
    again = page.fields(PRINTINGS)
    assert (again["from"], again["to"], again["start"]) == ("2", "3", "1")
    answer = client.post(PRINTINGS, data=again)
    text = text_of(client.get(f"{answer.location}.pdf").data)
    assert text.count("réimpression 2") == 2
    slips = send(client, PRINTINGS, what="slips")
    assert "réimpression" not in text_of(client.get(f"{slips.location}.pdf").data)
    with app.app_context():
        assert db.session.query(Printing).count() == 3


@pytest.mark.parametrize("number", ["", "x", "0", "4", "99999999999"])
def test_a_jam_at_a_number_that_was_not_printed_is_said_beside_its_field(client: FlaskClient, number: str) -> None:
    send(client, PRINTINGS, what="labels")
    page = Page.of(send(client, f"{PRINTINGS}/1/jammed", number=number), status=422)
    assert "de 1 à 3" in page.words()


@pytest.mark.parametrize(
    "fields", [{"what": ""}, {"what": "labels", "start": "15"}, {"what": "labels", "from": "9"}, {"what": "stamps"}]
)
def test_what_cannot_be_printed_is_refused_and_not_recorded(
    app: Flask, client: FlaskClient, fields: dict[str, str]
) -> None:
    Page.of(send(client, PRINTINGS, **fields), status=409)
    with app.app_context():
        assert db.session.query(Printing).count() == 0


def test_unknown_printings_and_printers_are_said_so(client: FlaskClient) -> None:
    Page.of(client.get(f"{PRINTINGS}/7"), status=404)
    Page.of(client.get(f"{PRINTINGS}/7.pdf"), status=404)
    Page.of(client.get(f"{DISPATCH}/labels.pdf?profile=nowhere"), status=404)
    Page.of(send(client, f"{PRINTINGS}/7/all-out"), status=404)


def test_a_printing_of_another_dispatch_is_not_reached_through_this_one(app: Flask, client: FlaskClient) -> None:
    send(client, PRINTINGS, what="labels")
    with app.app_context():
        make_dispatch(make_order())
    Page.of(client.get("/office/shipping/2/printings/1"), status=404)


def test_looking_at_a_pile_records_nothing(app: Flask, client: FlaskClient) -> None:
    for name in ("labels.pdf", "slips.pdf", "pull-list.pdf"):
        assert client.get(f"{DISPATCH}/{name}").status_code == 200
    with app.app_context():
        assert db.session.query(Printing).count() == 0


def test_a_changed_address_is_red_on_the_page(app: Flask, client: FlaskClient) -> None:
    send(client, PRINTINGS, what="slips")
    with app.app_context():
        db.session.get_one(Dispatch, 1).parcels[1].orders[0].town = "Ciney"
        db.session.commit()
    page = Page.open(client, f"{DISPATCH}?step=pack")
    stale = [each.get("id") for each in page.tree.iter("li") if "is-stale" in (each.get("class") or "")]
    assert stale == ["pli-2"]
    assert "Ne pas envoyer tel quel" in page.words()


@pytest.mark.parametrize("continues", ["abc", "0", "9", "9" * 20])
def test_a_printing_that_goes_on_from_none_is_not_recorded(app: Flask, client: FlaskClient, continues: str) -> None:
    Page.of(send(client, PRINTINGS, what="labels", continues=continues), status=404)
    with app.app_context():
        assert db.session.query(Printing).count() == 0


def test_an_orders_page_says_how_often_it_was_printed(app: Flask, client: FlaskClient, office: Office) -> None:
    with app.app_context():
        address = f"/office/ordering/{db.session.get_one(Dispatch, 1).parcels[0].orders[0].reference}"
    clerk = office(StaffRole.OFFICE)
    assert "bordereau imprimé" not in Page.open(clerk, address).words()
    send(client, PRINTINGS, what="labels")
    send(client, PRINTINGS, what="labels", to="1")
    send(client, PRINTINGS, what="slips", **{"from": "2"})
    said = "Étiquette imprimée 2 fois, bordereau imprimé 0 fois"
    assert said in Page.open(clerk, address).words().replace("\u00a0", " ")


def test_printers_are_added_measured_renamed_and_retired(client: FlaskClient, office: Office) -> None:
    clerk = office(StaffRole.OFFICE)
    printer = send(clerk, "/office/shipping/printers", name="Couleur").location
    Page.open(clerk, printer)
    assert clerk.get(f"{printer}/ruler.pdf?sheet=L7160").mimetype == "application/pdf"
    send(clerk, printer, sheet="L7163", x1="1,5", y1="-0,5", x2="", y2="")
    assert "1,5 mm vers la droite" in Page.open(clerk, printer).words()
    assert clerk.get(f"{DISPATCH}/labels.pdf?profile=couleur").data != clerk.get(f"{DISPATCH}/labels.pdf").data
    assert clerk.get(f"{DISPATCH}/labels.pdf?profile=Bureau").data == clerk.get(f"{DISPATCH}/labels.pdf").data
    send(clerk, f"{printer}/rename", name="Couleur, 2e étage")
    assert "Couleur, 2e étage" in Page.open(clerk, "/office/shipping/printers").words()
    send(clerk, f"{printer}/retire")
    assert "Couleur" not in Page.open(client, "/office/shipping/printers").words()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"x1": "", "y1": "0"}, "Écrivez des millimètres"),
        ({"x1": "a", "y1": "0"}, "Écrivez des millimètres"),
        ({"x1": "0", "y1": "0", "x2": "1"}, "Écrivez des millimètres"),
        ({"x1": "45", "y1": "0"}, "Aucune imprimante ne décale"),
        ({"x1": "-3,5", "y1": "-5", "x2": "3,5", "y2": "5"}, "ajustée à la page"),
        ({"x1": "4", "y1": "0", "x2": "-4", "y2": "0"}, "Un signe est sans doute faux"),
        ({"x1": "0", "y1": "0", "x2": "9", "y2": "0"}, "Une lecture est fausse"),
        ({"x1": "0", "y1": "0", "sheet": "L9"}, "Aucune planche"),
    ],
)
def test_measures_that_no_printer_has_are_refused_beside_their_fields(
    office: Office, client: FlaskClient, fields: dict[str, str], said: str
) -> None:
    page = Page.of(send(office(StaffRole.OFFICE), "/office/shipping/printers/1", **fields), status=422)
    assert said in page.words()


def test_two_crosses_tell_how_exact_the_printer_is_now_and_one_what_is_missing(
    client: FlaskClient, office: Office
) -> None:
    clerk, printer = office(StaffRole.OFFICE), "/office/shipping/printers/1"

    def measure(**read: str) -> str:
        return Page.open(clerk, send(clerk, printer, sheet="L7163", **read).location).words()

    assert "tout est juste à 0,3 mm près" in measure(x1="-1", y1="0,75", x2="0", y2="2")
    assert "la croix 1 seulement" in measure(x1="1", y1="0", x2="", y2="")


@pytest.mark.parametrize("sheet", ["99012", "DK-11202", "4x6", "62x80", "62x45"])
def test_rolls_and_label_printers_stand_in_the_list_and_print(client: FlaskClient, sheet: str) -> None:
    """One label a page; a length of the roll that is not offered is taken from the address all the same."""
    page = Page.open(client, f"{PRINTING}&sheet={sheet}")
    chosen = [
        each for each in page.tree.iter("option") if each.get("selected") is not None and each.get("value") == sheet
    ]
    assert len(chosen) == 1
    form = next(form for form in page.forms(PRINTINGS) if form.get("id") == "etiquettes")
    hidden = {field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"}
    assert (hidden["sheet"], hidden["start"]) == (sheet, "1")
    leads_to = send(client, PRINTINGS, what="labels", sheet=sheet, start="1")
    assert about(client.get(f"{leads_to.location}.pdf").data)["Pages"] == "3"
    send(client, f"{leads_to.location}/all-out")
    assert "Une étiquette par page" in Page.open(client, PRINTING).words()


@pytest.mark.parametrize("name", ["", "  ", "12", "bureau", "x" * 41])
def test_a_printer_has_a_name_of_its_own(office: Office, client: FlaskClient, name: str) -> None:
    Page.of(send(office(StaffRole.OFFICE), "/office/shipping/printers", name=name), status=422)


def test_a_single_label_takes_the_printer_too(app: Flask, client: FlaskClient, office: Office) -> None:
    clerk = office(StaffRole.OFFICE)
    with app.app_context():
        reference = db.session.get_one(Dispatch, 1).parcels[0].orders[0].reference
    send(clerk, "/office/shipping/printers/1", sheet="L7163", x1="2", y1="0")
    address = f"/office/ordering/{reference}/label.pdf"
    assert clerk.get(f"{address}?profile=1").data != clerk.get(address).data


def test_labels_bear_sender_and_order_where_that_was_asked_and_there_is_room(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = db.session.get_one(Dispatch, 1).parcels[0].orders[0].shown_reference
        sender = return_address()
    plain, bearing = (send(client, PRINTINGS, what="labels", returns=each).location for each in ("", "1"))
    assert reference not in text_of(client.get(f"{plain}.pdf").data)
    text = text_of(client.get(f"{bearing}.pdf").data)
    assert reference in text
    assert text.count(sender) == 3
    send(client, f"{bearing}/jammed", number="2")
    assert Page.open(client, bearing).fields(PRINTINGS)["returns"] == "1"
    refused = Page.of(send(client, PRINTINGS, what="labels", returns="1", sheet="L7160"), status=409)
    assert "trop petites pour un code-barres" in refused.words()
