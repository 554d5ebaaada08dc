"""The journal: what may be recorded, that nobody's data stands in it, and that it only grows."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from orders.database import db, transact
from orders.staff import accounts, journal
from orders.staff.journal import Actor, NotForTheJournal
from orders.staff.models import AuditEntry, StaffRole
from tests.factories import BY, NOW, make_member

ORDER = "order KLNBRTVX"


def entries() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


@pytest.mark.parametrize("thing", ["", "orderly KLNBRTVX", "Order KLNBRTVX", "somebody"])
def test_a_thing_of_no_known_kind_is_refused(app_context: Flask, thing: str) -> None:
    with pytest.raises(NotForTheJournal):
        journal.record("changed", thing, at=NOW, by=BY)


@pytest.mark.parametrize("field", ["name", "email", "phone", "street", "message", "note"])
@pytest.mark.parametrize("thing", [ORDER, "staff 1", "mail 1"])
def test_of_people_no_value_is_taken_that_may_be_personal(app_context: Flask, thing: str, field: str) -> None:
    for side in ("before", "after"):
        with pytest.raises(NotForTheJournal, match=field):
            journal.record("changed", thing, at=NOW, by=BY, **{side: {field: "Marie Dupont"}})
    journal.record("changed", thing, at=NOW, by=BY, after={"fields": [field]})


def test_looks_of_one_member_within_a_quarter_of_an_hour_are_one(app_context: Flask) -> None:
    someone, other = (Actor("office", make_member().id) for _ in range(2))
    for minutes, by in ((0, someone), (14, someone), (14, other), (16, someone)):
        transact(journal.record_look, ORDER, at=NOW + timedelta(minutes=minutes), by=by)
    assert [(entry.by_id, entry.at - NOW) for entry in entries()] == [
        (someone.staff_id, timedelta()),
        (other.staff_id, timedelta(minutes=14)),
        (someone.staff_id, timedelta(minutes=16)),
    ]


def test_the_database_refuses_to_change_or_delete_an_entry(app_context: Flask) -> None:
    transact(journal.record, "accepted", ORDER, at=NOW, by=BY)
    for statement in (update(AuditEntry).values(action="rejected"), delete(AuditEntry)):
        with pytest.raises(DBAPIError, match="append-only"):
            transact(db.session.execute, statement)
    assert [entry.action for entry in entries()] == ["accepted"]


def test_an_account_that_ended_today_and_works_again_until_tonight_leaves_a_line(app_context: Flask) -> None:
    member = make_member(role=StaffRole.VOLUNTEER, ends_at=NOW)
    transact(accounts.change_terms, member.id, StaffRole.VOLUNTEER, None, at=NOW, by=BY)
    assert [(entry.action, entry.thing) for entry in entries()] == [("changed", f"staff {member.id}")]
    transact(accounts.change_terms, member.id, StaffRole.VOLUNTEER, None, at=NOW, by=BY)
    assert len(entries()) == 1
