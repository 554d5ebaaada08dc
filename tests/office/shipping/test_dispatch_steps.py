"""A dispatch in four steps: taken, printed, packed by several people, posted with what the counter said."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.packing import tariff
from orders.packing.models import PostKind
from orders.packing.tariff import Step
from orders.shipping.dispatches import lifecycle, repacking
from orders.shipping.models import Dispatch, Parcel
from orders.staff.models import StaffRole
from orders.staff.session_models import StaffSession
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
DISPATCH = "/office/shipping/1"
PRINTINGS = f"{DISPATCH}/printings"


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    """Somebody of the office, and a dispatch of two letters and a box."""
    with app.app_context():
        make_edition(shelf=500)
        make_dispatch(*(make_order(lines={"MAN26": copies}) for copies in (1, 20, 40)))
    return office(StaffRole.OFFICE)


def send(client: FlaskClient, url: str, **fields: Any) -> Any:
    token = Page.open(client, DISPATCH).fields("/staff/logout")["csrf_token"]
    return client.post(url, data={"csrf_token": token, **fields})


def words(client: FlaskClient, step: str = "") -> str:
    return Page.open(client, f"{DISPATCH}{step and f'?step={step}'}").words().replace("\u00a0", " ")


def yellow(client: FlaskClient, url: str = DISPATCH) -> str:
    """What stands on the one yellow thing of a page."""
    page = Page.open(client, url)
    (found,) = [each for each in page.tree.iter() if "btn-primary" in (each.get("class") or "")]
    return " ".join("".join(found.itertext()).split()).replace("\u00a0", " ")


def packed(app: Flask) -> list[int]:
    with app.app_context():
        wanted = select(Parcel.sequence).where(Parcel.packed_at.is_not(None)).order_by(Parcel.sequence)
        return list(db.session.scalars(wanted))


def printed(client: FlaskClient, what: str, **asked: str) -> str:
    """Print a pile, and say where one goes on after it."""
    where = send(client, PRINTINGS, what=what, **asked).location
    return str(send(client, f"{where}/all-out").location)


def test_each_step_has_one_yellow_thing_and_leads_to_the_next(client: FlaskClient) -> None:
    for step in ("take", "print", "pack", "post"):
        yellow(client, f"{DISPATCH}?step={step}")
    assert yellow(client) == "Imprimer la liste à prendre"
    printed(client, "pull-list")
    assert yellow(client, f"{DISPATCH}?step=take") == "C’est pris : imprimer"
    assert "3 feuilles A4 dans le bac" in words(client)
    assert "1 planche L7163 dans le bac" in words(client)
    assert yellow(client) == "Imprimer les bordereaux"
    printed(client, "slips")
    assert yellow(client) == "Imprimer les étiquettes"
    printed(client, "labels", start="13")
    assert "imprimer à nouveau" in words(client, "print")
    assert yellow(client, f"{DISPATCH}?step=print") == "Tout est imprimé : emballer"
    assert yellow(client) == "pli 1 Emballé, suivant"
    for sequence in "123":
        send(client, f"{DISPATCH}/pack", sequence=sequence)
    assert yellow(client) == "Poster les 3 plis emballés"
    assert yellow(client, f"{DISPATCH}?step=pack") == "Poster"
    send(client, f"{DISPATCH}/close")
    assert "Les colis attendent leurs numéros de suivi" in words(client)
    assert yellow(client) == "Voir ce qu’il y a à faire"
    for odd in ("", "nonsense", "take"):
        assert "Et maintenant ?" in words(client, odd)
    assert "Bordereaux" in words(client, "print")


def test_a_printed_pile_says_at_its_button_when_and_by_whom(client: FlaskClient, office: Office) -> None:
    printed(client, "slips")
    shown = words(client, "print")
    assert "imprimé" in shown
    assert " par Staff" in shown
    assert " par Staff" not in words(office(StaffRole.VOLUNTEER), "print")


def test_after_a_split_what_is_new_or_changed_is_printed_by_one_button(app: Flask, client: FlaskClient) -> None:
    assert printed(client, "slips").endswith("?step=print")  # and not back to the list, which nobody printed
    printed(client, "labels", only="letters")
    assert "Imprimer ce" not in words(client, "print")
    with app.app_context():
        dispatch = db.session.get_one(Dispatch, 1)
        line = dispatch.parcels[1].contents[0].line.id
        transact(repacking.move_copies, 1, 2, line, 5, None, version=dispatch.version, at=NOW, by=BY)
    page = Page.open(client, f"{DISPATCH}?step=print")
    assert yellow(client, f"{DISPATCH}?step=print") == "Imprimer ceux-ci (bordereaux)"
    assert "Plis 2, 4" in page.words()
    answer = client.post(PRINTINGS, data={**page.fields(PRINTINGS), "what": "slips"})
    assert "Numéros 2, 4" in Page.open(client, answer.location).words()
    send(client, f"{answer.location}/all-out")
    assert yellow(client, f"{DISPATCH}?step=print") == "Imprimer ceux-ci (étiquettes)"
    printed(client, "labels", numbers="2, 4")
    assert yellow(client, f"{DISPATCH}?step=print") == "Tout est imprimé : emballer"


def test_what_nobody_packed_is_posted_only_after_a_question_that_names_it(app: Flask, client: FlaskClient) -> None:
    assert "Personne n’a emballé 3 plis : 1–3" in Page.of(
        send(client, f"{DISPATCH}/close"), status=422
    ).words().replace("\u00a0", " ")
    send(client, f"{DISPATCH}/pack", sequence="2")
    page = Page.of(send(client, f"{DISPATCH}/close", all="1", posted_letters="2"), status=422)
    assert "Personne n’a emballé 2 plis : 1, 3" in page.words().replace("\u00a0", " ")
    yes = page.fields(f"{DISPATCH}/close")
    assert (yes["unpacked"], yes["posted_letters"]) == ("1, 3", "2")
    send(client, f"{DISPATCH}/pack", sequence="2", packed="0")
    page = Page.of(client.post(f"{DISPATCH}/close", data=yes), status=422)
    assert page.fields(f"{DISPATCH}/close")["unpacked"] == "1–3"
    assert packed(app) == []
    assert client.post(f"{DISPATCH}/close", data=page.fields(f"{DISPATCH}/close")).status_code == 303
    assert packed(app) == [1, 2, 3]


@pytest.mark.parametrize("unpacked", ["", "1-2", "tous", "1-999999999", "3-1"])
def test_numbers_that_were_not_confirmed_are_not_posted(app: Flask, client: FlaskClient, unpacked: str) -> None:
    Page.of(send(client, f"{DISPATCH}/close", all="1", unpacked=unpacked), status=422)
    assert packed(app) == []


def test_a_counter_that_counts_otherwise_is_asked_about_and_kept_once_agreed(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for kind, steps in ((PostKind.LETTER, [Step(2_000, 500)]), (PostKind.PARCEL, [Step(30_000, 700)])):
            transact(tariff.change_rates, kind, steps, at=NOW, by=BY)
    for sequence in "123":
        send(client, f"{DISPATCH}/pack", sequence=sequence)
    counted = {"posted_letters": "1", "posted_parcels": "1", "posted_cost": "12,00"}
    page = Page.of(send(client, f"{DISPATCH}/close", **counted), status=422)
    shown = page.words().replace("\u00a0", " ")
    assert "Lettres 1 2 −1" in shown
    assert "Port 12,00 € 17,00 € −5,00 €" in shown
    assert "Colis 1 1" not in shown
    assert client.post(f"{DISPATCH}/close", data=page.fields(f"{DISPATCH}/close")).status_code == 303
    with app.app_context():
        assert db.session.get_one(Dispatch, 1).posted_letters == 1


def test_a_count_that_is_right_or_missing_raises_no_question(client: FlaskClient) -> None:
    send(client, f"{DISPATCH}/pack", sequence="1")
    assert send(client, f"{DISPATCH}/close", posted_letters="1", posted_cost="1,00").status_code == 303


def test_a_mistaken_mark_is_taken_back_by_one_button_unless_somebody_changed_it(
    app: Flask, client: FlaskClient
) -> None:
    page = Page.open(client, f"{DISPATCH}?step=pack")
    (undo,) = page.forms(f"{DISPATCH}/undo-packed")
    assert [each.get("disabled") is not None for each in undo.iter("button")] == [True]
    page = Page.open(client, send(client, f"{DISPATCH}/pack", sequence="1", next="1").location)
    assert "Annuler : pli 1" in page.words().replace("\u00a0", " ")
    undo_it = page.fields(f"{DISPATCH}/undo-packed")
    answer = client.post(f"{DISPATCH}/undo-packed", data=undo_it)
    assert packed(app) == []
    assert Page.open(client, answer.location).fields(f"{DISPATCH}/pack")["sequence"] == "1"
    send(client, f"{DISPATCH}/pack", sequence="1")
    for stale in (undo_it, {**undo_it, "mark": ""}, {**undo_it, "mark": "x"}, {**undo_it, "sequence": "9"}):
        answer = client.post(f"{DISPATCH}/undo-packed", data=stale)
        assert "rien n’est annulé" in Page.open(client, answer.location).words()
    assert packed(app) == [1]


def test_who_packs_what_another_has_packed_is_told_and_cannot_take_it_back(client: FlaskClient, office: Office) -> None:
    send(office(StaffRole.VOLUNTEER), f"{DISPATCH}/pack", sequence="1", next="1")
    page = Page.open(client, send(client, f"{DISPATCH}/pack", sequence="1", next="1").location)
    assert "Le pli 1 était déjà emballé" in page.words()
    assert page.fields(f"{DISPATCH}/undo-packed")["mark"] == ""


def test_the_marks_of_others_are_told_without_keeping_a_session_alive(app: Flask, client: FlaskClient) -> None:
    def seen() -> datetime:
        with app.app_context():
            return db.session.scalars(select(StaffSession.seen_at)).one()

    first = client.get(f"{DISPATCH}/marks")
    assert first.json == {"is_open": True, "version": 1, "packed": []}
    again = client.get(f"{DISPATCH}/marks", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    an_hour_ago = now() - timedelta(hours=1)
    with app.app_context():
        db.session.scalars(select(StaffSession)).one().seen_at = an_hour_ago
        db.session.commit()
        transact(lifecycle.pack, 1, 2, packed=True, at=NOW, by=BY)
    assert client.get(f"{DISPATCH}/marks").get_json()["packed"] == [2]
    assert seen() == an_hour_ago
    client.get(DISPATCH)
    assert seen() > an_hour_ago
