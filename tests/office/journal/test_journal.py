"""The journal's page: found by thing, person, day, action and door; and the history on the page of each thing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import transact
from orders.ordering.lifecycle import cancellation
from orders.references import show_reference
from orders.reports import journal_report
from orders.shipping.dispatches import lifecycle
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_member, make_order, receive
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
Read = Callable[..., list[str]]

EVERYTHING = ["Livraison reçue", "Clôturé", "Envoi préparé", "Commande passée", "Livraison reçue", "Livraison reçue"]


@pytest.fixture
def reference(app: Flask) -> str:
    """An order that went out, and a second delivery an hour later."""
    with app.app_context():
        make_edition()
        order = make_order(lines={"MAN26": 3})
        transact(lifecycle.close, make_dispatch(order).id, at=NOW + timedelta(minutes=5), by=BY, everything=True)
        receive("MAN26", 7, minutes=60)
        return order.reference


def column(page: Page, label: str) -> list[str]:
    """The cells of a column, each as its words, without a space before a colon."""
    cells = (cell for cell in page.tree.iter("td") if cell.get("data-label") == label)
    return [" ".join(" ".join(cell.itertext()).split()).replace(" :", ":") for cell in cells]


@pytest.fixture
def read(office: Office, reference: str) -> Read:
    """What the journal says was done, with these filters, the newest first; but who signed in to read it."""
    client = office(StaffRole.ADMINISTRATOR)
    return lambda **typed: without_signins(column(Page.open(client, "/office/journal/", query_string=typed), "Quoi"))


def without_signins(said: list[str]) -> list[str]:
    return [each for each in said if each != "Connexion"]


def begins(said: list[str], actions: list[str]) -> bool:
    return len(said) == len(actions) and all(
        each.startswith(action) for each, action in zip(said, actions, strict=True)
    )


def test_everything_that_was_done_is_read_with_the_newest_first(read: Read) -> None:
    assert begins(read(), EVERYTHING)


def test_a_thing_is_found_however_it_is_typed(read: Read, reference: str) -> None:
    for typed in (reference, show_reference(reference), reference.lower(), f" {show_reference(reference).lower()} "):
        assert begins(read(key=typed), ["Commande passée"]), typed
    assert begins(read(key="man26"), ["Livraison reçue"] * 2)
    assert begins(read(key="1", kind="dispatch"), ["Clôturé", "Envoi préparé"])
    assert begins(read(kind="order"), ["Commande passée"])
    assert read(key="nothing") == []
    assert read(key="nobody@example.org") == []


def test_a_person_a_day_an_action_and_a_door_are_found(app: Flask, read: Read, reference: str) -> None:
    with app.app_context():
        member = make_member()
        transact(cancellation.cancel, make_order().reference, at=NOW + timedelta(days=2), by=Actor("office", member.id))
        number, email = member.id, member.email
        transact(journal.record, "added", f"staff {number}", at=NOW, by=BY, after={"role": "office"})
    assert begins(read(by=number), ["Commande annulée"])
    assert begins(read(door="office"), ["Commande annulée"])
    assert begins(read(since="2026-11-21"), ["Commande annulée"])
    assert "Commande annulée" not in read(until="2026-11-21")
    assert read(since="2026-11-20", until="2026-11-20") == read(until="2026-11-20")
    assert begins(read(action="made"), ["Envoi préparé"])
    assert begins(read(key=email), ["Ajouté rôle: bureau"])


def test_what_cannot_be_a_filter_is_said_or_ignored(read: Read, office: Office) -> None:
    assert begins(read(kind="x", action="y", door="z", by="-1", before="x"), EVERYTHING)
    page = Page.open(office(StaffRole.ADMINISTRATOR), "/office/journal/?since=yesterday")
    assert "Écrivez un jour comme 21/11/2026." in page.words()


def test_pages_are_turned_without_losing_or_repeating_a_line(
    monkeypatch: pytest.MonkeyPatch, office: Office, reference: str
) -> None:
    monkeypatch.setattr(journal_report, "PER_PAGE", 2)
    client = office(StaffRole.ADMINISTRATOR)
    shown, address = [], "/office/journal/"
    while address:
        page = Page.open(client, address)
        shown.append(column(page, "Quoi"))
        links = {link.get("rel"): link.get("href") or "" for link in page.tree.iter("a")}
        address = links.get("next", "")
    assert all(len(each) == 2 for each in shown[:-1])
    assert begins(without_signins(sum(shown, [])), EVERYTHING)
    assert column(Page.open(client, links["prev"]), "Quoi") == shown[-2]


def test_an_order_tells_its_history_in_words(office: Office, reference: str) -> None:
    said = column(Page.open(office(StaffRole.OFFICE), f"/office/ordering/{reference}"), "Quoi")
    assert said == [
        "envoi 1: Clôturé colis: 1",
        "3 MAN26: réservé → envoyé posté",
        "envoi 1: Envoi préparé colis: 1",
        "Commande passée exemplaires: MAN26 3",
        "3 MAN26: libre → réservé commande",
    ]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/office/stock/MAN26", "Livraison reçue exemplaires: 7 raison: livraison"),
        ("/office/catalogue/publications/MAN26", "Livraison reçue exemplaires: 7 raison: livraison"),
        ("/office/staff/%s", "Ajouté rôle: bureau dernier jour: 20/11/2026"),
    ],
)
def test_a_publication_and_an_account_tell_their_history(
    app: Flask, office: Office, reference: str, address: str, said: str
) -> None:
    with app.app_context():
        number = make_member().id
        terms: dict[str, Any] = {"role": "office", "last_day": "2026-11-20"}
        transact(journal.record, "added", f"staff {number}", at=NOW, by=BY, after=terms)
    page = Page.open(office(StaffRole.ADMINISTRATOR), address.replace("%s", str(number)))
    assert column(page, "Quoi")[0].startswith(said)


def test_colleagues_are_called_by_their_names_and_told_apart_where_two_are_called_alike(
    app: Flask, office: Office, reference: str
) -> None:
    alike = ["marie.dupont@example.org", "marie_dupont@school.example"]
    with app.app_context():
        for email in (*alike, "luc.peeters@example.org", "ancien-compte-77"):
            by = Actor("office", make_member(email=email).id)
            transact(journal.record, "added", f"staff {by.staff_id}", at=NOW, by=by, after={"role": "office"})
    page = Page.open(office(StaffRole.ADMINISTRATOR), "/office/journal/?action=added")
    assert {each.partition(" page")[0] for each in column(page, "Par")} >= {"Marie Dupont", "Luc Peeters"}
    assert "compte Marie Dupont" in column(page, "Sur quoi")
    offered = [" ".join("".join(option.itertext()).split()) for option in page.tree.iter("option")]
    assert {"Luc Peeters", "ancien compte 77", *(f"Marie Dupont ({email})" for email in alike)} <= set(offered)
    assert "luc.peeters@" not in page.text


def test_only_administrators_read_the_journal(office: Office) -> None:
    assert office(StaffRole.COORDINATOR).get("/office/journal/").status_code == 403


def test_a_look_at_an_order_or_a_mail_is_noted_and_a_print_and_an_export(
    read: Read, office: Office, reference: str
) -> None:
    client = office(StaffRole.COORDINATOR)
    for address in ("", "", "/mail/1", "/slip.pdf", "/label.pdf"):
        assert client.get(f"/office/ordering/{reference}{address}").status_code == 200
    assert client.get("/office/reports/week.csv").status_code == 200
    client.get(f"/office/ordering/{show_reference(reference)}")
    assert [line.split(" ")[0] for line in read(door="office")] == ["Fichier", "PDF", "PDF", "Consulté", "Consulté"]
    assert begins(read(key=reference, action="looked at"), ["Consulté"])
    assert begins(read(key="1", kind="mail"), ["Consulté"])


def test_no_look_is_noted_of_what_is_not_there(read: Read, office: Office, reference: str) -> None:
    client = office(StaffRole.OFFICE)
    assert client.get("/office/ordering/KLNBRTVX").status_code == 404
    assert client.get(f"/office/ordering/{reference}/mail/99").status_code == 404
    assert read(action="looked at") == []
