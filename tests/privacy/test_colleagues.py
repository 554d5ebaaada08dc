"""Somebody who worked here asks what is held about them, or to be forgotten: what they did stays, by nobody's name."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import String, Text, func, select, text, update

from orders.database import Model, db, transact
from orders.mail import outbox
from orders.mail.models import OutgoingMail
from orders.privacy import colleagues, erased_list, erasing, traces
from orders.privacy.colleagues import StillWorking
from orders.privacy.inventory import data_of_member
from orders.privacy.tables import TABLES
from orders.staff import accounts, journal, lockout
from orders.staff.journal import Actor
from orders.staff.models import AuditEntry, StaffMember, StaffRole
from orders.staff.signin_models import FailedSignin, Passkey
from tests.factories import BY, NOW, make_edition, make_member, make_order, make_session
from tests.privacy.test_erasing_one_person import MARK, marked

EMAIL = f"{MARK}.colleague@example.org"
LATER = NOW + timedelta(hours=1)


def colleague() -> int:
    """Somebody with an account that has ended, and all that an account leaves; their number."""
    make_edition()
    make_member(role=StaffRole.ADMINISTRATOR, email="stays@example.org")
    member = make_member(role=StaffRole.OFFICE, email=EMAIL, created_at=NOW - timedelta(days=30), ends_at=NOW)
    number = member.id
    make_session(member, at=NOW)
    by = Actor("office", number)
    passkey = {
        **{"name": MARK, "credential_id": MARK.encode(), "public_key": b"k", "sign_count": 1, "backup_state": False},
        **{"device_type": "single_device", "usage": "secondary", "lastuse_datetime": NOW},
    }

    def write() -> None:
        db.session.add(Passkey(member_id=number, **passkey))
        outbox.post(EMAIL.title(), "staff_password_changed", language="fr", at=NOW)
        outbox.count_as_sent()
        lockout.note_failure(EMAIL, None, at=NOW)
        journal.record("looked at", "order KLNBRTVX", at=NOW, by=by)

    transact(write)
    make_order(message=f"Vu avec {EMAIL.upper()} au téléphone")
    return number


def mark_traces(number: int) -> None:
    """Write the mark into every text that the account, its sessions and its passkeys hold."""
    for table in TABLES:
        stored = Model.metadata.tables[table.name]
        texts = [column.name for column in table.erasable if isinstance(stored.c[column.name].type, String | Text)]
        if table.of_members:
            rows = erasing.condition_of(table.of_members, {"members": [number]})
            values = {name: MARK for name in texts if name not in ("name", "email")}
            db.session.execute(update(stored).where(rows).values(values))


def test_nothing_of_a_colleague_is_left_and_what_they_did_stays_by_nobodys_name(
    app_context: Flask, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    number = colleague()
    transact(mark_traces, number)
    before = set(marked(app_context, caplog, tmp_path))
    assert {"staff_member", "passkey", "staff_session", "outgoing_mail", "order"} <= before
    acts = db.session.scalar(select(func.count()).select_from(AuditEntry))
    transact(colleagues.erase, number, at=LATER, by=BY)
    traces.clean_up(Path(app_context.instance_path), before=NOW, rewrite=False)
    assert marked(app_context, caplog, tmp_path) == []
    assert db.session.get_one(StaffMember, number).email == f"ancien-compte-{number}"
    assert db.session.scalar(select(func.count()).select_from(FailedSignin)) == 0
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == (acts or 0) + 1
    assert db.session.scalar(select(AuditEntry.by_id).where(AuditEntry.action == "looked at")) == number
    latest = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (latest.action, latest.thing, latest.before, latest.after) == ("erased", f"staff {number}", None, None)
    for table in TABLES:
        if table.of_members:
            assert erasing.count(table, table.of_members, members=[number]) == 0, table.name


def test_whoever_still_works_is_not_erased(app_context: Flask) -> None:
    member = make_member(role=StaffRole.OFFICE, email=EMAIL)
    with pytest.raises(StillWorking):
        transact(colleagues.erase, member.id, at=NOW, by=BY)
    assert db.session.get_one(StaffMember, member.id).email == EMAIL


def test_what_is_held_is_handed_out_without_any_secret(app_context: Flask) -> None:
    number = colleague()
    transact(mark_traces, number)
    held = data_of_member(accounts.get_member(number))
    assert held["staff_member"][0]["email"] == EMAIL
    assert held["passkey"][0].keys() == {"name", "create_datetime", "lastuse_datetime"}
    assert held["staff_session"][0].keys() == {"began_at", "seen_at", "ends_at", "address", "browser", "system"}
    assert held["outgoing_mail"][0]["address"] == EMAIL.title()
    assert held["mentions"] == [{"where": "order.message", "text": f"Vu avec {EMAIL.upper()} au téléphone"}]
    acts = [(each["action"], each["thing"]) for each in held["audit_entry"]]
    assert acts == [("signed in", f"staff {number}"), ("looked at", "order KLNBRTVX")]


def test_a_mail_that_has_not_left_goes_with_the_person_instead_of_leaving_to_nobody(app_context: Flask) -> None:
    number = colleague()
    transact(outbox.post, EMAIL, "staff_password_changed", language="fr", at=NOW)
    transact(colleagues.erase, number, at=LATER, by=BY)
    unsent = select(OutgoingMail.address).where(OutgoingMail.order_id.is_(None), OutgoingMail.sent_at.is_(None))
    assert db.session.scalars(unsent).all() == []


@pytest.mark.parametrize(
    ("typed", "is_found"), [(EMAIL, True), (f" {MARK.upper()} ", True), ("%%%", False), ("zq", False)]
)
def test_a_colleague_is_found_by_a_part_of_the_address(app_context: Flask, typed: str, is_found: bool) -> None:
    number = colleague()
    assert [member.id for member in colleagues.find(typed)] == ([number] if is_found else [])
    transact(colleagues.erase, number, at=LATER, by=BY)
    assert not colleagues.find(typed)


def test_after_a_restore_a_colleague_is_erased_again_and_nobody_who_came_later(app: Flask) -> None:
    with app.app_context():
        number = colleague()
        transact(colleagues.erase, number, at=LATER, by=BY)
        file = Path(app.instance_path) / erased_list.FILE
        erased_list.write(file)
        assert file.read_text() == f"staff-{number} {LATER.isoformat()}\n"

        def come_back() -> None:
            db.session.execute(update(StaffMember).where(StaffMember.id == number).values(email=EMAIL, ends_at=None))

        transact(come_back)
        later = make_member(role=StaffRole.OFFICE, email="later@example.org", created_at=LATER + timedelta(days=1)).id
    with file.open("a") as listed:
        listed.write(f"staff-{later} {LATER.isoformat()}\nstaff-99999 {LATER.isoformat()}\n")
    done = app.test_cli_runner().invoke(args=["privacy", "reapply"])
    assert (done.exit_code, done.stdout) == (0, "0 orders erased again of 0 listed, 1 account of 3\n")
    with app.app_context():
        emails = dict(db.session.execute(select(StaffMember.id, StaffMember.email)).all())
    assert (emails[number], emails[later]) == (f"ancien-compte-{number}", "later@example.org")


def test_the_last_administrator_is_not_erased_again_and_that_is_said(app: Flask) -> None:
    with app.app_context():
        number = make_member(role=StaffRole.ADMINISTRATOR, email=EMAIL, created_at=NOW).id
    (Path(app.instance_path) / erased_list.FILE).write_text(f"staff-{number} {LATER.isoformat()}\n")
    done = app.test_cli_runner().invoke(args=["privacy", "reapply"])
    assert done.exit_code == 1
    assert f"account {number} is the last administrator's: open another one" in done.output
    with app.app_context():
        assert db.session.scalar(text("SELECT email FROM staff_member")) == EMAIL
