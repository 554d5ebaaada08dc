"""Editions and publications through the pages of the office."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue import edition_lookup
from orders.catalogue.edition_input import content_of_edition
from orders.catalogue.models import UnknownPublication
from orders.database import db
from orders.ordering.models import Order, OrderStatus
from orders.staff.models import StaffRole
from tests.catalogue.test_first_page import a_yellow_page
from tests.catalogue.test_uploaded_media import PDF, picture
from tests.factories import make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
CATALOGUE = "/office/catalogue"
NEW = f"{CATALOGUE}/new"
CHANGE = f"{CATALOGUE}/2026/change"
ARCHIVE = f"{CATALOGUE}/2026/archive"
NEW_PUBLICATION = f"{CATALOGUE}/2026/publications/new"
MANUAL = f"{CATALOGUE}/publications/MAN26"
AUTUMN = {"year": "2027", "title": "Marathon 2027", "opens_on": "2027-09-01", "closes_on": "2028-01-31"} | {
    "letters_back_by": "28/02/2028"
}
POSTER = {
    "code": "aff26",
    "kind": "other",
    "titles-fr": "Affiche",
    "unit_weight_mg": "12,5",
    "unit_thickness_um": ".15",
}


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=10)
    return office(StaffRole.COORDINATOR)


def send(client: FlaskClient, url: str, **typed: str) -> Any:
    return client.post(url, data={**Page.open(client, url).fields(url), **typed})


def upload(client: FlaskClient, what: str, content: bytes, name: str = "image.jpg") -> Any:
    return post_file(client, what, content, name, Page.open(client, MANUAL).fields(MANUAL)["csrf_token"])


def post_file(client: FlaskClient, what: str, content: bytes, name: str = "a", token: str = "") -> Any:
    """As a browser sends it; the test client's own way leaves large files open."""
    edge = b"--edge\r\nContent-Disposition: form-data; name="
    file = edge + f'"file"; filename="{name}"\r\n\r\n'.encode() + content
    body = edge + f'"csrf_token"\r\n\r\n{token}\r\n'.encode() + file + b"\r\n--edge--\r\n"
    return client.post(f"{MANUAL}/{what}", data=body, content_type="multipart/form-data; boundary=edge")


def test_an_edition_is_made_and_shown_to_the_public_in_each_language_when_it_opens(
    app: Flask, coordinator: FlaskClient, client: FlaskClient
) -> None:
    links = {"links-2-title": "Pétitions", "links-2-link": "https://exemple.be/p"}
    links |= {"links-3-title": "Petities", "links-3-link": "https://exemple.be/nl", "links-3-language": "nl"}
    dutch = {"title_translations-nl": "Schrijfmarathon 2027", "front_text_translations-nl": "Eén."}
    days = {"opens_on": "2020-01-01", "closes_on": "2090-01-31", "letters_back_by": "2090-02-28"}
    typed = AUTUMN | links | days | dutch | {"front_text": "Un.\r\n\r\nDeux <script>."}
    assert send(coordinator, NEW, **typed).status_code == 303
    french, in_dutch, german = (Page.open(client, f"/?lang={each}") for each in ("fr", "nl", "de"))
    for shown in ("Marathon 2027", "Un. Deux <script>.", "Pétitions"):
        assert shown in french.words()
    assert "Petities" not in french.words()
    for shown in ("Schrijfmarathon 2027", "Eén.", "Pétitions", "Petities"):
        assert shown in in_dutch.words()
    assert '<span lang="fr">Marathon 2027</span>' in german.text
    assert 'href="https://exemple.be/p"' in french.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"year": "2026"}, "year"),
        ({"year": "demain"}, "year"),
        ({"title": " "}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"opens_on": "31/02/2027"}, "opens_on"),
        ({"closes_on": ""}, "closes_on"),
        ({"closes_on": "2027-08-31"}, "closes_on"),
        ({"title_translations-nl": "x" * 81}, "title_translations-nl"),
        ({"links-2-title": "A", "links-2-link": "javascript:alert(1)"}, "links-2-link"),
        ({"links-3-title": "A"}, "links-3-link"),
    ],
)
def test_an_edition_that_cannot_be_is_explained_beside_its_field(
    coordinator: FlaskClient, typed: dict[str, str], field: str
) -> None:
    page = Page.of(send(coordinator, NEW, **AUTUMN | typed), status=422)
    assert f'id="{field}-error"' in page.text
    assert {name: page.fields(NEW)[name] for name in typed} == typed
    assert coordinator.get(f"{CATALOGUE}/2027").status_code == 404


def test_two_coordinators_at_one_edition_are_told_apart(app: Flask, coordinator: FlaskClient, office: Office) -> None:
    seen = Page.open(coordinator, CHANGE).fields(CHANGE)
    assert send(office(StaffRole.COORDINATOR), CHANGE, title="Le premier").status_code == 303
    page = Page.of(coordinator.post(CHANGE, data={**seen, "title": "Le second"}), status=409)
    assert "Le premier" in page.words()
    assert coordinator.post(CHANGE, data=page.fields(CHANGE)).status_code == 303
    with app.app_context():
        assert edition_lookup.get_edition(2026).title == "Le second"


def test_days_that_close_an_edition_ask_what_becomes_of_open_orders(app: Flask, coordinator: FlaskClient) -> None:
    with app.app_context():
        make_order(lines={"MAN26": 4})
        make_order(lines={"MAN26": 9})
    page = Page.of(send(coordinator, CHANGE, closes_on="2024-01-31"), status=422)
    assert "2 commandes ne sont pas terminées" in page.words()
    assert "10 exemplaires réservés" in page.words()
    done = coordinator.post(CHANGE, data={**page.fields(CHANGE), "open_orders": "cancel"})
    assert done.status_code == 303
    with app.app_context():
        assert {order.status for order in db.session.query(Order)} == {OrderStatus.CANCELLED}
        assert content_of_edition(edition_lookup.get_edition(2026)).closes_on.year == 2024


def test_archiving_asks_shows_numbers_and_can_be_taken_back(
    app: Flask, coordinator: FlaskClient, client: FlaskClient
) -> None:
    with app.app_context():
        make_order(lines={"MAN26": 4})
    assert "1 commande prête" in Page.open(coordinator, ARCHIVE).words()
    Page.of(send(coordinator, ARCHIVE), status=422)
    Page.of(send(coordinator, ARCHIVE, open_orders="keep", expected="2"), status=422)
    assert send(coordinator, ARCHIVE, open_orders="keep").status_code == 303
    assert "Marathon des lettres 2026" not in Page.open(client, "/").words()
    page = Page.open(coordinator, f"{CATALOGUE}/2026")
    assert "archivée" in page.words()
    assert "MAN26" in page.words()
    back = f"{CATALOGUE}/2026/bring-back"
    assert coordinator.post(back, data=page.fields(back)).status_code == 303
    assert "Marathon des lettres 2026" in Page.open(client, "/").words()


def test_an_edition_closes_and_opens_with_a_button(app: Flask, coordinator: FlaskClient, client: FlaskClient) -> None:
    with app.app_context():
        make_order(lines={"MAN26": 4})
    close, reopen = f"{CATALOGUE}/2026/close", f"{CATALOGUE}/2026/open"
    assert "Fermer les commandes maintenant" in Page.open(coordinator, f"{CATALOGUE}/2026").words()
    assert "1 commande prête" in Page.of(send(coordinator, close), status=422).words()
    assert send(coordinator, close, open_orders="keep").status_code == 303
    assert "Marathon des lettres 2026" not in Page.open(client, "/").words()
    for day, said in (("", "n’est pas ouverte"), ("31/31/2026", "n’est pas ouverte"), ("31/12/2099", "est ouverte")):
        page = Page.open(coordinator, f"{CATALOGUE}/2026")
        answer = coordinator.post(reopen, data={**page.fields(reopen), "closes_on": day}, follow_redirects=True)
        assert said in Page.of(answer).words()
    assert "Marathon des lettres 2026" in Page.open(client, "/").words()


def test_a_publication_is_made_changed_archived_and_deleted(app: Flask, coordinator: FlaskClient) -> None:
    assert send(coordinator, NEW_PUBLICATION, **POSTER | {"unit_thickness_um": "0.15"}).status_code == 303
    url = f"{CATALOGUE}/publications/AFF26"
    assert send(coordinator, url, **{"titles-nl": "Poster", "pages": "2"}).status_code == 303
    with app.app_context():
        found = edition_lookup.get_publication("AFF26")
        assert (found.titles, found.pages) == ({"fr": "Affiche", "nl": "Poster"}, 2)
        assert (found.unit_weight_mg, found.unit_thickness_um) == (12_500, 150)
    for what in ("archive", "bring-back", "delete"):
        fields = Page.open(coordinator, url).fields(f"{url}/{what}")
        assert coordinator.post(f"{url}/{what}", data=fields).status_code == 303
    with app.app_context(), pytest.raises(UnknownPublication):
        edition_lookup.get_publication("AFF26")


def test_what_has_movements_has_no_button_to_delete_it_and_refuses(coordinator: FlaskClient) -> None:
    page = Page.open(coordinator, MANUAL)
    assert not page.forms(f"{MANUAL}/delete")
    token = {"csrf_token": page.fields(MANUAL)["csrf_token"]}
    answer = coordinator.post(f"{MANUAL}/delete", data=token, follow_redirects=True)
    assert "ne peut plus être supprimé" in Page.of(answer).words()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "MAN26"}, "code"),
        ({"code": "A B"}, "code"),
        ({"titles-fr": ""}, "titles-fr"),
        ({"pages": "0"}, "pages"),
        ({"pages": "deux"}, "pages"),
        ({"unit_weight_mg": "0"}, "unit_weight_mg"),
        ({"unit_weight_mg": "1.000"}, "unit_weight_mg"),
        ({"unit_thickness_um": "-1"}, "unit_thickness_um"),
        ({"bundle_size": "0"}, "bundle_size"),
        ({"low_stock_line": "99999999999"}, "low_stock_line"),
        ({"read_online_url": "javascript:alert(1)"}, "read_online_url"),
        ({"read_online_url": "www.exemple.be"}, "read_online_url"),
    ],
)
def test_a_publication_that_cannot_be_is_explained_beside_its_field(
    coordinator: FlaskClient, typed: dict[str, str], field: str
) -> None:
    sent = POSTER | {"unit_thickness_um": "0,15"} | typed
    page = Page.of(send(coordinator, NEW_PUBLICATION, **sent), status=422)
    assert f'id="{field}-error"' in page.text
    assert {name: page.fields(NEW_PUBLICATION)[name] for name in typed} == typed


def test_all_that_is_wrong_with_a_publication_is_said_at_once(coordinator: FlaskClient) -> None:
    typed = {
        "code": "MAN26",
        "titles-fr": "",
        "unit_weight_mg": "x",
        "bundle_size": "0",
        "read_online_url": "ftp://a.be",
    }
    page = Page.of(send(coordinator, NEW_PUBLICATION, **POSTER | typed), status=422)
    assert [name for name in typed if f'id="{name}-error"' not in page.text] == []


def test_a_kind_that_does_not_exist_is_refused(coordinator: FlaskClient) -> None:
    page = Page.of(send(coordinator, NEW_PUBLICATION, **POSTER | {"kind": "poster"}), status=422)
    assert 'id="kind-error"' in page.text


def test_a_publication_that_no_box_takes_is_kept_and_said(coordinator: FlaskClient) -> None:
    typed = POSTER | {"unit_thickness_um": "290", "unit_weight_mg": "25000"}
    fields = Page.open(coordinator, NEW_PUBLICATION).fields(NEW_PUBLICATION)
    answer = coordinator.post(NEW_PUBLICATION, data={**fields, **typed}, follow_redirects=True)
    assert "Un seul exemplaire de AFF26" not in Page.of(answer).words()
    url = f"{CATALOGUE}/publications/AFF26"
    sizes = {"unit_thickness_um": "290", "unit_weight_mg": "25000"}
    box = "/office/catalogue/postage/packagings/BOX"
    assert send(coordinator, box, inner_depth_mm="200").status_code == 303
    answer = coordinator.post(url, data={**Page.open(coordinator, url).fields(url), **sizes}, follow_redirects=True)
    assert "n’entre dans aucun emballage" in Page.of(answer).words()


def test_a_picture_and_a_pdf_are_uploaded_and_taken_away_again(app: Flask, coordinator: FlaskClient) -> None:
    large = picture((3_000, 2_000), "PNG")
    padded = large + b"\0" * (300 * 1024)
    assert upload(coordinator, "cover", padded).status_code == 303
    assert upload(coordinator, "reading", PDF + b"\n" * 1_000, "manuel.pdf").status_code == 303
    with app.app_context():
        found = edition_lookup.get_publication("MAN26")
        assert found.cover_digest
        assert found.reading_digest
    for what in ("cover", "reading"):
        token = {"csrf_token": Page.open(coordinator, MANUAL).fields(MANUAL)["csrf_token"], "remove": "1"}
        assert coordinator.post(f"{MANUAL}/{what}", data=token).status_code == 303
    with app.app_context():
        assert edition_lookup.get_publication("MAN26").cover_digest is None


@pytest.mark.parametrize(
    ("what", "content", "said"),
    [
        ("cover", b"", "Choisissez d’abord un fichier"),
        ("cover", b"<svg onload=alert(1)>", "n’est pas une image"),
        ("cover", PDF, "n’est pas une image"),
        ("cover", b"x" * (8 * 1024**2 + 1), "trop lourd : 8 Mo"),
        ("reading", picture(), "n’est pas un PDF"),
        ("reading", b"%PDF-" + b"x" * (20 * 1024**2), "trop lourd : 20 Mo"),
    ],
    ids=["nothing", "svg", "pdf", "large picture", "picture", "large pdf"],
)
def test_a_file_that_is_not_what_it_should_be_is_explained(
    coordinator: FlaskClient, what: str, content: bytes, said: str
) -> None:
    assert said in Page.of(upload(coordinator, what, content), status=422).words().replace("\u00a0", " ")


def test_only_uploads_may_be_large_and_only_by_who_may_upload(coordinator: FlaskClient, client: FlaskClient) -> None:
    large = {"title": "x" * (300 * 1024)}
    assert coordinator.post(CHANGE, data=large).status_code == 413
    assert post_file(coordinator, "cover", b"x" * 18 * 1024**2).status_code == 413
    assert post_file(client, "cover", b"x" * 1024**2).status_code == 413


def test_a_publication_without_a_picture_takes_the_first_page_of_its_pdf(
    coordinator: FlaskClient, client: FlaskClient
) -> None:
    assert 'src="/covers/' not in client.get("/").text
    assert upload(coordinator, "reading", a_yellow_page(), "manuel.pdf").status_code == 303
    address = client.get("/").text.split('src="/covers/')[1].split('"')[0]
    assert client.get(f"/covers/{address}").mimetype == "image/webp"
