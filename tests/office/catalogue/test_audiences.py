"""Who may order, through the pages of the office, the order form, files, filters and reports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.catalogue.audience_lookup import find_audience, get_audience
from orders.database import db
from orders.mail import signed_links
from orders.ordering.files import importing
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from tests.factories import NOW, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
LIST = "/office/catalogue/audiences"
NEW = f"{LIST}/new"
SCHOOL = f"{LIST}/school"
CHOIR = {
    "code": "Choir",
    "names-fr": "une chorale",
    "names-nl": "een koor",
    "names-de": "ein Chor",
    "names-en": "a choir",
    "hints-fr": "qui chante",
    "organisation_labels-fr": "Nom de la chorale",
    "other_words": "chœur,  koren\nChöre",
    "organisation": "required",
    "gathers": "y",
    "review_above": "20",
    "maximum": "60",
}


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=100)
    return office(StaffRole.COORDINATOR)


def send(client: FlaskClient, url: str, typed: dict[str, str]) -> Any:
    return client.post(url, data={**Page.open(client, url).fields(url), **typed})


def press(client: FlaskClient, url: str, **typed: str) -> Page:
    """A button of the list, or of the page of one audience; the page that follows."""
    page = LIST if url.endswith("move") else url.rpartition("/")[0]
    token = Page.open(client, page).fields(url)["csrf_token"]
    answer = client.post(url, data={"csrf_token": token, **typed})
    assert answer.status_code == 303
    return Page.open(client, answer.location.partition("#")[0])


def order_form(client: FlaskClient) -> str:
    return client.get("/order").get_data(as_text=True)


def test_a_new_audience_orders_through_the_form_a_file_and_the_telephone(
    coordinator: FlaskClient, client: FlaskClient, app: Flask, tmp_path: Path
) -> None:
    assert send(coordinator, NEW, CHOIR).status_code == 303
    form = Page.open(client, "/order")
    assert "une chorale" in form.words()
    assert "qui chante" in form.words()
    assert "une association, une bibliothèque, une chorale." in form.words()
    asked = {
        **form.fields("/order"),
        "audience": "choir",
        "name": "Zoé Exemple",
        "organisation": "",
        "street": "Rue de la Senne",
        "number": "32",
        "postcode": "5590",
        "town": "Ciney",
        "email": "zoe@example.org",
        "copies-MAN26": "3",
    }
    refused = Page.of(client.post("/order", data=asked), status=422)
    assert "Nom de la chorale : Il manque encore : « Nom de la chorale »." in refused.words()
    assert client.post("/order", data={**asked, "organisation": "Chœur de Ciney"}).status_code == 303
    assert 'value="choir"' in coordinator.get("/office/ordering/new").get_data(as_text=True)
    file = tmp_path / "choirs.csv"
    file.write_text(
        "audience;organisation;name;street;number;postcode;town;email;MAN26\n"
        "Koren;Zangkoor;Jan;Kerkstraat;1;9000;Gent;jan@example.org;2\n"
        "CHÖRE;;Jo;Kerkstraat;2;9000;Gent;jo@example.org;2\n",
        "utf-8",
    )
    with app.app_context():
        (order,) = db.session.scalars(select(Order))
        assert (order.audience, order.organisation) == ("choir", "Chœur de Ciney")
        checked = importing.check_file(file, at=NOW)
        assert [request.audience for _, request in checked.good] == ["choir"]
        assert [(fault.line, fault.problem.field) for fault in checked.problems] == [(3, "organisation")]


def test_the_form_of_a_new_audience_says_all_that_is_wrong_and_keeps_what_was_typed(
    coordinator: FlaskClient, app: Flask
) -> None:
    typed = {**CHOIR, "code": "a b", "names-nl": "", "other_words": "asbl", "review_above": "61"}
    page = Page.of(send(coordinator, NEW, typed), status=422)
    for said in (
        "Un code a de 2 à 20 lettres minuscules",
        "Remplissez cette case.",
        "« asbl » désigne déjà le public association",
        "Pas plus que le maximum, qui est de 60.",
    ):
        assert said in page.words()
    assert page.fields(NEW)["names-fr"] == "une chorale"
    with app.app_context():
        assert find_audience("a b") is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"organisation": "perhaps"}, "Choisissez une réponse."),
        ({"review_above": "many"}, "Un nombre entier, de 0 à 5 000."),
        ({"maximum": ""}, "videz les deux pour ne rien limiter"),
    ],
)
def test_what_is_no_choice_and_no_number_is_refused(coordinator: FlaskClient, typed: dict[str, str], said: str) -> None:
    assert said in Page.of(send(coordinator, NEW, {**CHOIR, **typed}), status=422).words()


def test_an_audience_is_renamed_everywhere(coordinator: FlaskClient, client: FlaskClient, app: Flask) -> None:
    with app.app_context():
        make_order(audience="school", organisation="Athénée")
    assert send(coordinator, SCHOOL, {"names-fr": "un établissement"}).status_code == 303
    assert "un établissement" in order_form(client)
    for page in ("/office/ordering/", "/office/catalogue/2026", "/office/reports/?by=audience", LIST):
        text = coordinator.get(page).get_data(as_text=True)
        assert "un établissement" in text, page
        assert "une école" not in text, page


def test_the_organisation_is_called_what_the_audience_calls_it_and_what_all_do_where_it_says_nothing(
    coordinator: FlaskClient, client: FlaskClient, app: Flask
) -> None:
    with app.app_context():
        order = make_order(audience="school", organisation="Athénée")
        reference = order.reference
        change = f"/o/{signed_links.token(order.reference, order.link_nonce)}/change"
    send(coordinator, SCHOOL, {"organisation_labels-fr": "Nom de l’établissement"})
    for url, said in (
        ("/order", "École ou organisation"),
        ("/order?audience=school", "Nom de l’établissement"),
        ("/order?audience=other", "École ou organisation"),
        (change, "Nom de l’établissement"),
        (f"/office/ordering/new?from={reference}", "Nom de l’établissement"),
        ("/order?audience=school&lang=nl", "Naam van de school"),
    ):
        reader = coordinator if url.startswith("/office/") else client
        label = Page.open(reader, url).tree.find(".//label[@for='organisation']")
        assert label is not None
        assert (label.text or "").strip() == said, url


def test_two_people_at_one_audience_are_told(coordinator: FlaskClient, app: Flask) -> None:
    fields = Page.open(coordinator, SCHOOL).fields(SCHOOL)
    send(coordinator, SCHOOL, {"names-fr": "un établissement", "gathers": "y"})
    page = Page.of(coordinator.post(SCHOOL, data={**fields, "names-fr": "un collège"}), status=409)
    assert "un établissement" in page.words()
    assert "Enregistré entre-temps : « oui »." in page.words()
    assert coordinator.post(SCHOOL, data={**page.fields(SCHOOL), "names-fr": "un collège"}).status_code == 303
    with app.app_context():
        assert get_audience("school").name("fr") == "un collège"


def test_the_order_of_the_list_is_that_of_the_form(coordinator: FlaskClient, client: FlaskClient) -> None:
    press(coordinator, f"{SCHOOL}/move", to="up")
    form = order_form(client)
    assert form.index('value="school"') < form.index('value="family"')


def test_a_retired_audience_is_offered_nowhere_and_its_orders_go_on(
    coordinator: FlaskClient, client: FlaskClient, app: Flask
) -> None:
    with app.app_context():
        reference = make_order(audience="library", organisation="Bibliothèque").reference
    assert "n’est plus dans le formulaire" in press(coordinator, f"{LIST}/library/retire").words()
    assert "une bibliothèque" not in order_form(client)
    found = Page.open(coordinator, "/office/ordering/?audience=library").words()
    assert "une bibliothèque (retiré)" in found
    assert "Bibliothèque" in found
    assert "une bibliothèque" in coordinator.get(f"/office/ordering/{reference}").get_data(as_text=True)
    assert "est dans le formulaire" in press(coordinator, f"{LIST}/library/bring-back").words()
    assert "une bibliothèque" in order_form(client)


def test_an_audience_with_orders_is_not_deleted(coordinator: FlaskClient, app: Flask) -> None:
    url = f"{LIST}/library/delete"
    token = Page.open(coordinator, f"{LIST}/library").fields(url)["csrf_token"]
    with app.app_context():
        make_order(audience="library")
    assert url not in coordinator.get(f"{LIST}/library").get_data(as_text=True)
    answer = coordinator.post(url, data={"csrf_token": token})
    assert "Des commandes sont à ce public" in Page.open(coordinator, answer.location).words()


def test_an_audience_without_orders_is_deleted(coordinator: FlaskClient, app: Flask) -> None:
    assert "est supprimé" in press(coordinator, f"{LIST}/library/delete").words()
    with app.app_context():
        assert find_audience("library") is None


def test_an_audience_that_is_not_there_is_not_found(coordinator: FlaskClient) -> None:
    assert coordinator.get(f"{LIST}/martian").status_code == 404


@pytest.mark.parametrize("url", [LIST, NEW, SCHOOL])
def test_only_the_coordination_changes_audiences(office: Office, url: str) -> None:
    assert office(StaffRole.OFFICE).get(url).status_code == 403
    assert office(StaffRole.ADMINISTRATOR).get(url).status_code == 200


def test_an_order_of_a_retired_audience_can_still_be_changed(
    coordinator: FlaskClient, client: FlaskClient, app: Flask
) -> None:
    with app.app_context():
        order = make_order(audience="library", organisation="Bibliothèque", lines={"MAN26": 3})
        url = f"/o/{signed_links.token(order.reference, order.link_nonce)}/change"
    press(coordinator, f"{LIST}/library/retire")
    asked = {**Page.open(client, url).fields(url), "copies-MAN26": "2"}
    assert client.post(url, data=asked).status_code == 303
    with app.app_context():
        (kept,) = db.session.scalars(select(Order))
        assert (kept.audience, kept.lines[0].copies - kept.lines[0].given_up) == ("library", 2)
