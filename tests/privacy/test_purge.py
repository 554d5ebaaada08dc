"""The purge: what is due goes, what remains are counts, and every figure of the season reads as before."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.catalogue.models import Edition
from orders.commands import privacy
from orders.commands.worker import do_chore
from orders.database import db, transact
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.erased_counts import ErasedCopiesCount, ErasedOrderCount
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order
from orders.ordering.refusals import OrderErased, UnknownOrder
from orders.privacy import erasing, purging
from orders.privacy.models import Purge
from orders.privacy.registry import REMOVED
from orders.privacy.tables import TABLES
from orders.reports import (
    delivery_time,
    ledger_report,
    letter_report,
    orders_report,
    postage_report,
    stock_outlook,
    stock_report,
)
from orders.reports.delivery_time import Delay
from orders.reports.ledger_report import MovementFilter
from orders.reports.orders_report import Dimension
from orders.reports.waiting_outlook import waiting_outlook
from orders.staff.models import AuditEntry
from tests import ROOT
from tests.factories import BY, make_edition, make_order
from tests.privacy.season import BEFORE, CLOSES, DUE, make_season, waiting_order

MONTHS = 3
NO_REPORTS = {
    *("alerts", "integrity", "models"),
    *("journal_report", "live_figures", "movement_counts", "order_history"),
}


def run(at: datetime = DUE) -> None:
    do_chore(privacy.CHORE, lambda: at)


def ledger(edition: Edition) -> Any:
    """All but the notes, which are erased."""
    rows = [ledger_report.everything(each, MovementFilter()) for each in edition.publications]
    return [(row.movement.id, row.reference, row.change, row.balance) for each in rows for row in each]


def forecast(edition: Edition) -> Any:
    found = stock_outlook.outlooks(edition, at=DUE)
    return [(each.publication.code, asdict(each.situation), each.told, each.reprint) for each in found]


REPORTS: dict[str, Callable[[Edition], Any]] = {
    "orders_report": lambda edition: {by: orders_report.report(edition, by) for by in Dimension},
    "letter_report": lambda edition: (letter_report.report(edition), letter_report.without_slip(edition)),
    "postage_report": postage_report.figures,
    "stock_report": stock_report.figures,
    "ledger_report": ledger,
    "stock_outlook": forecast,
    "waiting_outlook": lambda edition: [waiting_outlook(each, {}, Delay(1, 1)) for each in edition.publications],
    "delivery_time": lambda edition: delivery_time.read_delay(edition, CLOSES, office_days=3, post_days=3),
}


def held() -> dict[str, int]:
    """Rows that still hold something personal, by table."""
    rows = {table.name: erasing.count(table, "1 = 1") for table in TABLES if table.erasable}
    return {name: number for name, number in rows.items() if number}


def test_every_report_of_a_past_edition_reads_the_same_before_and_after(app_context: Flask) -> None:
    modules = {path.stem for path in (ROOT / "orders/reports").glob("[a-z]*.py")}
    assert set(REPORTS) == modules - NO_REPORTS, "a new report is to be compared here"
    edition = make_season()
    before = {name: report(edition) for name, report in REPORTS.items()}
    assert [row.key for row in before["orders_report"][Dimension.POSTCODE]] == ["4000", "5590", "1000"]
    run()
    db.session.expire_all()
    assert {name: report(edition) for name, report in REPORTS.items()} == before


def test_nothing_personal_of_the_season_is_left(app_context: Flask) -> None:
    make_season()
    assert {"order", "outgoing_mail", "movement_note", "count_entry", "print_run", "printed_parcel"} <= set(held())
    run()
    assert held() == {}
    assert set(db.session.scalars(select(Order.name))) == {REMOVED}
    told = " ".join(map(str, db.session.execute(select(AuditEntry.before, AuditEntry.after)).all()))
    assert "Zoé" not in told


def test_counts_by_week_postcode_audience_and_publication_remain(app_context: Flask) -> None:
    make_season()
    run()
    orders = db.session.execute(
        select(ErasedOrderCount.week, ErasedOrderCount.postcode, ErasedOrderCount.audience, ErasedOrderCount.orders)
    ).all()
    monday = date(2026, 11, 16)
    assert sorted(map(tuple, orders)) == [
        (monday, "1000", "family", 1),
        (monday, "4000", "family", 1),
        (monday, "5590", "school", 1),
        (monday + timedelta(days=7), "1000", "family", 1),
    ]
    asked = select(func.sum(ErasedCopiesCount.asked), func.sum(ErasedCopiesCount.sent))
    assert tuple(db.session.execute(asked).one()) == (76, 74)


def test_nothing_goes_before_its_time_and_nothing_of_another_edition(app_context: Flask) -> None:
    make_season()
    make_edition(year=2027, closes_on=date(2027, 11, 30))
    later = make_order(lines={"MAN27": 1})
    run(BEFORE)
    assert REMOVED not in set(db.session.scalars(select(Order.name)))
    run()
    assert [order.reference for order in db.session.scalars(select(Order).where(Order.name != REMOVED))] == [
        later.reference
    ]


def test_an_open_order_keeps_its_data_until_it_ends_and_goes_the_next_day(app_context: Flask) -> None:
    make_season()
    order = waiting_order()
    run()
    db.session.refresh(order)
    assert order.name.startswith("Marie Dupont")
    transact(cancellation.cancel, order.reference, at=DUE, by=BY)
    run(DUE + timedelta(days=1))
    db.session.refresh(order)
    assert order.name == REMOVED
    mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.order_id == order.id))
    assert all(mail.is_erased for mail in mails)


def test_a_purge_that_breaks_off_is_finished_by_the_next_one(app_context: Flask, monkeypatch: Any) -> None:
    monkeypatch.setattr(erasing, "MOST_ROWS", 2)
    make_season()
    steps = purging.look(at=DUE, months=MONTHS)
    assert len(steps) > 6
    for step in steps[:2]:
        transact(purging.do, step, at=DUE, by=BY)
    assert db.session.scalars(select(Purge)).one().finished_at is None
    run()
    (purge,) = purging.purges()
    assert purge.finished_at == DUE
    assert (held(), purge.orders) == ({}, {"2026": 6})
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "purged")) == 1


def test_a_second_purge_finds_nothing_and_leaves_no_record(app_context: Flask) -> None:
    make_season()
    steps = purging.look(at=DUE, months=MONTHS)
    for step in [*steps, *steps]:
        transact(purging.do, step, at=DUE, by=BY)
    assert len(purging.purges()) == 1
    assert purging.look(at=DUE, months=MONTHS) == []
    run(DUE + timedelta(days=1))
    assert len(purging.purges()) == 1


def test_the_dry_run_says_what_the_purge_erases_and_erases_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "now", lambda: DUE)
    with app.app_context():
        make_season()
        waiting_order()
        before = held()
    runner = app.test_cli_runner()
    dry = runner.invoke(args=["privacy", "purge", "--dry-run"])
    assert (dry.exit_code, dry.stderr) == (0, "edition 2026: 1 order still open, kept\n")
    assert "edition 2026: 6 orders would be erased\n" in dry.stdout
    with app.app_context():
        assert held() == before
    done = runner.invoke(args=["privacy", "purge"])
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "erased; all sums hold")
    assert runner.invoke(args=["privacy", "purge", "--dry-run"]).stdout == "nothing is due\n"
    with app.app_context():
        (purge,) = purging.purges()
        told = {line.split(":")[0]: int(line.split()[1]) for line in dry.stdout.splitlines()[1:]}
        assert purge.rows == told
        assert purge.orders == {"2026": 6}
    assert runner.invoke(args=["privacy", "purge"]).stdout == "nothing was due\n"


def test_an_erased_order_can_be_changed_by_no_rule_and_opened_by_no_link(app_context: Flask) -> None:
    make_season()
    order = db.session.scalars(select(Order).where(Order.postcode == "5590")).one()
    token = signed_links.token(order.reference, order.link_nonce)
    reference = order.reference
    run()
    with pytest.raises(OrderErased):
        repository.lock_orders([reference])
    for text in (token, signed_links.token(reference, "")):
        with pytest.raises(UnknownOrder):
            repository.get_order_by_link(text)


def test_mails_that_became_files_go_too(app_context: Flask, tmp_path: Path) -> None:
    make_season()
    mail = db.session.scalars(select(OutgoingMail).limit(1)).one()
    folder = Path(app_context.instance_path) / "mail"
    folder.mkdir()
    erased, foreign = folder / "erased.eml", folder / "foreign.eml"
    erased.write_text(f"Subject: Merci\nMessage-ID: {mail.message_id}\n\nZoé")
    foreign.write_text("Message-ID: <other@example.org>\n\nlater")
    run()
    assert (erased.exists(), foreign.exists()) == (False, True)
