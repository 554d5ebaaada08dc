"""The office's pages about personal data: what is held, the purge with its certificate, and one person."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db, transact
from orders.mail import outbox
from orders.office.access import is_fresh_needed
from orders.office.privacy import retention
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order
from orders.privacy import purging
from orders.privacy.registry import REMOVED
from orders.staff.models import AuditEntry, StaffRole
from tests.factories import BY, NOW, make_edition, make_order
from tests.page import Page
from tests.privacy.season import DUE, make_season, waiting_order


@pytest.fixture
def administrator(office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    return office(StaffRole.ADMINISTRATOR)


@pytest.fixture
def order_id(app: Flask) -> int:
    """An order of Zoé, who is in no dispatch."""
    with app.app_context():
        make_edition()
        return make_order(name="Zoé Dupont", email="zoe@example.org", message="Merci").id


def order(app: Flask, order_id: int) -> Order:
    return db.session.get_one(Order, order_id, populate_existing=True)


def press(client: FlaskClient, shown: str, action: str, **typed: str) -> Page:
    """Open a page, send its form to this address, and follow to where that leads."""
    fields = Page.open(client, shown).fields(action) | typed
    return Page.of(client.post(action, data=fields, follow_redirects=True))


def text_of(pdf: bytes, tmp_path: Any) -> str:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def test_the_page_says_what_is_held_and_due_and_a_press_erases_it_with_a_certificate(
    app: Flask, administrator: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(retention, "now", lambda: DUE)
    with app.app_context():
        make_season()
        waiting_order()
    page = Page.open(administrator, "/office/privacy/")
    assert "Édition 2026, commandes" in page.text
    assert "1 commande est encore ouverte et garde ses données" in page.text
    page = press(administrator, "/office/privacy/", "/office/privacy/purge")
    assert "C’est effacé. Le certificat est prêt." in page.text
    assert "Rien n’est échu aujourd’hui." in page.text
    with app.app_context():
        (purge,) = purging.purges()
        number = purge.id
        assert purge.by_id is not None
    answer = administrator.get(f"/office/privacy/certificates/{number}.pdf")
    said = text_of(answer.data, tmp_path)
    assert f"Certificat d’effacement n° {number}".replace("\u00a0", " ") in said.replace("\u00a0", " ")
    assert "6 commandes" in said
    assert "Zoé" not in said


def test_a_purge_that_takes_long_goes_on_with_the_next_press(
    app: Flask, administrator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "now", lambda: DUE)
    monkeypatch.setattr(retention, "LONGEST", -1.0)
    with app.app_context():
        make_season()
    page = press(administrator, "/office/privacy/", "/office/privacy/purge")
    assert "Effacé en partie" in page.text
    for _ in range(20):
        if page.forms("/office/privacy/purge"):
            page = press(administrator, "/office/privacy/", "/office/privacy/purge")
    assert "C’est effacé" in page.text
    assert administrator.get("/office/privacy/certificates/99.pdf").status_code == 404


def test_a_person_is_found_shown_and_their_look_is_journaled(
    app: Flask, administrator: FlaskClient, order_id: int
) -> None:
    with app.app_context():
        reference = order(app, order_id).reference
    page = Page.open(administrator, "/office/privacy/persons?q=zoe+dupont")
    assert "zoe@example.org" in page.text
    assert Page.open(administrator, "/office/privacy/persons?q=Zoé+Dupond").text.count("zoe@example.org") == 1
    page = Page.open(administrator, f"/office/privacy/persons/{reference}")
    assert "1 commande n’est pas terminée" in page.text
    with app.app_context():
        looked = db.session.query(AuditEntry).filter_by(action="looked at", thing=f"order {reference}").count()
    assert looked == 1


def test_who_ordered_by_telephone_is_found_by_the_number(app: Flask, administrator: FlaskClient, order_id: int) -> None:
    with app.app_context():
        for name in ("Léa Sansmail", "Autre Personne"):
            make_order(name=name, email="", phone="+32475123456" if name == "Léa Sansmail" else "")
    words = Page.open(administrator, "/office/privacy/persons?q=0475+12+34+56").words()
    assert "Léa Sansmail" in words
    assert "Autre Personne" not in words


def test_their_data_is_handed_out_to_read_and_for_programs(
    app: Flask, administrator: FlaskClient, order_id: int, tmp_path: Any
) -> None:
    with app.app_context():
        reference = order(app, order_id).reference
    base = f"/office/privacy/persons/{reference}/data"
    held = json.loads(administrator.get(f"{base}.json").data)
    assert held["order"][0]["email"] == "zoe@example.org"
    assert held["order"][0]["copies"] == {"MAN26": 1}
    assert held["outgoing_mail"][0]["address"] == "zoe@example.org"
    assert "Bonjour" in held["outgoing_mail"][0]["text"]
    said = text_of(administrator.get(f"{base}.pdf").data, tmp_path)
    for words in ("Zoé Dupont", "Merci", "zoe@example.org", "par la poste"):
        assert words in said
    assert administrator.get(f"{base}.exe").status_code == 404


def test_a_person_is_corrected_restricted_and_erased(app: Flask, administrator: FlaskClient, order_id: int) -> None:
    with app.app_context():
        reference = order(app, order_id).reference
        transact(outbox.count_as_sent)
    base = f"/office/privacy/persons/{reference}"
    fields = Page.open(administrator, base).fields(f"{base}/correct")
    wrong = Page.of(administrator.post(f"{base}/correct", data=fields | {"email": "zoe@", "name": ""}), status=422)
    assert wrong.fields(f"{base}/correct")["email"] == "zoe@"
    typed = {"name": "Zoé Durand", "email": "zoe.durand@example.org"}
    assert "C’est corrigé" in press(administrator, base, f"{base}/correct", **typed).text
    assert "sont gardées" in press(administrator, base, f"{base}/restrict").text
    assert "La limite est levée" in press(administrator, base, f"{base}/lift").text
    refused = press(administrator, base, f"{base}/erase")
    assert "n’est pas terminée" in refused.text
    with app.app_context():
        assert order(app, order_id).name == "Zoé Durand"
        transact(cancellation.cancel, reference, at=NOW, by=BY)
    assert "est effacé" in press(administrator, base, f"{base}/erase").text
    with app.app_context():
        assert order(app, order_id).name == REMOVED
    assert "données effacées le" in Page.open(administrator, f"/office/ordering/{reference}").text


def test_dangerous_pages_ask_for_a_fresh_sign_in(app: Flask) -> None:
    with app.app_context():
        for view in ("purge", "erase", "data"):
            assert is_fresh_needed(f"office.privacy.{view}")
