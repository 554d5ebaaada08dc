"""What coordinators are told without looking: one mail a day, one line for what began to hold."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from orders.catalogue import edition_lookup
from orders.commands.worker import do_chore
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.reports import alerts
from orders.staff.models import StaffRole
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from orders.wording import sentence
from tests.factories import BY, NOW, make_edition, make_member, make_order, receive


@pytest.fixture
def edition(app_context: Flask) -> Flask:
    make_edition(shelf={"MAN26": 100, "LIV26": 500}, closes_on=date(2027, 1, 31))
    make_member(role=StaffRole.COORDINATOR, email="coordination@example.org")
    make_member(role=StaffRole.OFFICE, email="bureau@example.org")
    return app_context


def tell(days: int = 0) -> list[tuple[str, str]]:
    """Do the chore of that day; the mails that it wrote: to whom, and the lines that begin with a dash."""
    before = set(db.session.scalars(select(OutgoingMail.id)))
    db.session.execute(update(OutgoingMail).values(sent_at=OutgoingMail.posted_at))
    db.session.commit()
    do_chore(alerts.CHORE, lambda: NOW + timedelta(days=days))
    mails = db.session.scalars(
        select(OutgoingMail).where(OutgoingMail.kind == "stock_alerts").order_by(OutgoingMail.id)
    )
    return [
        (mail.address, "\n".join(line for line in mail.text.splitlines() if line.startswith("- ")))
        for mail in mails
        if mail.id not in before
    ]


def test_nothing_to_say_is_no_mail(edition: Flask) -> None:
    assert tell() == []


def test_a_line_that_is_crossed_is_told_once_however_many_orders_cross_it(edition: Flask) -> None:
    for day in range(5):
        make_order(lines={"MAN26": 19}, minutes=-day * 24 * 60)
    ((address, lines),) = tell()
    assert address == "coordination@example.org"
    assert lines.count("MAN26") == 2
    assert "il en reste 5" in lines
    make_order(lines={"MAN26": 1})
    assert tell(days=1) == []


def test_what_was_over_and_begins_again_is_told_again(edition: Flask) -> None:
    make_order(lines={"LIV26": 495})
    assert "LIV26" in tell()[0][1]
    receive("LIV26", 500)
    assert tell(days=1) == []
    make_order(lines={"LIV26": 500})
    assert "il en reste 5" in tell(days=2)[0][1]


def test_it_is_done_once_a_day(edition: Flask) -> None:
    make_order(lines={"LIV26": 495})
    assert len(tell()) == 1
    make_order(lines={"MAN26": 100})
    assert tell() == []
    assert len(tell(days=1)) == 1


def test_running_out_before_the_delivery_and_a_late_printer_are_told(edition: Flask) -> None:
    for day in range(1, 15):
        make_order(lines={"MAN26": 6}, minutes=-day * 24 * 60)
    manual = edition_lookup.get_publication("MAN26")
    transact(print_runs.commission, manual, PlannedRun(500, date(2026, 12, 5)), at=NOW, by=BY)
    assert "avant la livraison du 05/12/2026" in tell()[0][1].replace("\u00a0", " ")
    late = tell(days=20)[0][1]
    assert "le tirage attendu le 05/12/2026 n’est pas là" in late
    assert "500 exemplaires" in late.replace("\u00a0", " ")


def test_sums_that_do_not_hold_are_told(edition: Flask) -> None:
    db.session.execute(text("UPDATE balance SET copies = copies + 1 WHERE place = 'SENT'"))
    db.session.commit()
    try:
        assert "ne tombent pas juste" in tell()[0][1]
    finally:
        db.session.execute(text("UPDATE balance SET copies = copies - 1 WHERE place = 'SENT'"))
        db.session.commit()


def test_mails_that_wait_longer_than_an_hour_are_told(edition: Flask) -> None:
    make_order()
    told = [alerts.current_alerts(NOW + timedelta(minutes=minutes)) for minutes in (59, 60)]
    assert told == [[], [alerts.StuckMail(NOW)]]
    assert "attend depuis le 20/11/2026 10:00" in sentence(told[1][0])
