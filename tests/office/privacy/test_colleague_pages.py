"""Pages for somebody who worked here: found, handed out, erased once the account has ended."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.clock import now
from orders.database import db, transact
from orders.staff import accounts
from orders.staff.models import AuditEntry, ErasedMember, StaffRole
from tests.factories import BY, make_member
from tests.office.privacy.test_privacy_pages import press, text_of
from tests.page import Page

EMAIL = "zoe.dupont@example.org"


@pytest.fixture
def administrator(office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    return office(StaffRole.ADMINISTRATOR)


@pytest.fixture
def zoe(app: Flask) -> int:
    with app.app_context():
        return make_member(role=StaffRole.OFFICE, email=EMAIL).id


def test_a_colleague_is_found_where_persons_are(administrator: FlaskClient, zoe: int) -> None:
    found = Page.open(administrator, "/office/privacy/persons?q=ZOE.Dup")
    assert f'href="/office/staff/{zoe}"' in found.text
    assert "Personne de ce nom" not in found.text


def test_their_data_is_handed_out_to_read_and_for_programs(
    app: Flask, administrator: FlaskClient, zoe: int, tmp_path: Any
) -> None:
    page = Page.open(administrator, f"/office/staff/{zoe}")
    base = f"/office/privacy/members/{zoe}/data"
    assert f"{base}.pdf" in page.text
    answer = administrator.get(f"{base}.json")
    assert json.loads(answer.data)["staff_member"][0]["email"] == EMAIL
    assert f"donnees-{zoe}.json" in answer.headers["Content-Disposition"]
    said = text_of(administrator.get(f"{base}.pdf").data, tmp_path)
    for words in (EMAIL, "bureau", "Actes au journal"):
        assert words in said
    assert administrator.get(f"{base}.exe").status_code == 404
    assert administrator.get("/office/privacy/members/999/data.json").status_code == 404
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(action="handed out", thing=f"staff {zoe}").count() == 2


def test_an_account_is_ended_then_erased_and_not_opened_again(app: Flask, administrator: FlaskClient, zoe: int) -> None:
    base, erase = f"/office/staff/{zoe}", f"/office/privacy/members/{zoe}/erase"
    fields = Page.open(administrator, base).fields(base)
    refused = Page.of(administrator.post(erase, data=fields, follow_redirects=True))
    assert "sert encore : terminez-le d’abord" in refused.words()
    press(administrator, base, f"{base}/end")
    page = press(administrator, base, erase)
    assert "est effacé" in page.words()
    assert f"ancien compte {zoe}" in page.words()
    assert EMAIL not in page.text
    assert "Rouvrir" not in page.words()
    answer = Page.of(administrator.post(base, data=fields | {"role": "office", "until": ""}), status=422)
    assert "ce compte ne se rouvre pas" in answer.words()
    with app.app_context(), pytest.raises(ErasedMember):
        transact(accounts.change_terms, zoe, StaffRole.OFFICE, None, at=now(), by=BY)
