"""Files are imported in many short transactions; an interrupted import is continued, and no row is placed twice."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.database import db, transact
from orders.ordering.files import importing
from orders.ordering.files.import_batches import AlreadyImported, ImportStopped, begin, place_all, place_some
from orders.ordering.files.import_models import OrderImport
from orders.ordering.files.importing import Checked
from orders.ordering.models import Order
from orders.ordering.review.allowances import OverAllowance
from orders.staff.models import AuditEntry
from tests.factories import BY, NOW, allow, make_edition, make_order

HEADER = "audience,name,street,number,postcode,town,email,MAN26"


@pytest.fixture
def file(app_context: Flask, tmp_path: Path) -> Path:
    """Five orders, by people who live next door to each other."""
    make_edition()
    rows = [f"family,Marie Dupont,Rue Haute,{n},1000,Bruxelles,m{n}@example.org,2" for n in range(1, 6)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def check(file: Path) -> Checked:
    return importing.check_file(file, at=NOW)


def place(checked: Checked, *, again: bool = False) -> int:
    return place_all(checked.digest, checked.good, transact, clock=lambda: NOW, by=BY, again=again)


def break_off(checked: Checked, rows: int) -> None:
    """Import so many rows and no more, as if the power had gone."""
    import_id = transact(begin, checked.digest, at=NOW, by=BY)
    assert transact(place_some, import_id, checked.good[:rows], at=NOW, by=BY) == rows


def emails() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Order.email).order_by(Order.id)))


FIVE = [f"m{n}@example.org" for n in range(1, 6)]


def test_what_an_import_that_broke_off_had_placed_stays_and_the_next_one_places_the_rest(file: Path) -> None:
    break_off(check(file), 2)
    assert emails() == FIVE[:2]
    rest = check(file)
    assert (set(rest.placed), [row.line for row, _ in rest.good]) == ({2, 3}, [4, 5, 6])
    assert rest.problems == []
    assert place(rest) == 3
    assert emails() == FIVE
    kept = db.session.scalars(select(OrderImport)).one()
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "imported")).one()
    assert (kept.orders, kept.finished_at, told.after) == (5, NOW, {"orders": 5})


def test_what_was_checked_before_an_import_broke_off_is_not_placed_twice(file: Path) -> None:
    before = check(file)
    break_off(before, 2)
    place(before)
    assert emails() == FIVE


def test_rows_that_are_here_count_once_for_their_orderer(file: Path) -> None:
    allow("family", review_above=2, maximum=2)
    break_off(check(file), 2)
    assert check(file).problems == []


def test_a_file_is_imported_once_however_often_it_broke_off(file: Path) -> None:
    break_off(check(file), 1)
    break_off(check(file), 1)
    place(check(file))
    with pytest.raises(AlreadyImported):
        place(check(file))
    assert place(check(file), again=True) == 5
    assert len(emails()) == 10
    assert db.session.scalar(select(func.count()).select_from(OrderImport)) == 2


def test_a_row_that_somebody_else_made_impossible_meanwhile_stops_the_import_and_is_named(file: Path) -> None:
    allow("family", review_above=2, maximum=2)
    checked = check(file)
    break_off(checked, 2)
    make_order(lines={"MAN26": 1}, email="m4@example.org")
    with pytest.raises(ImportStopped) as stopped:
        place(checked)
    assert (stopped.value.line, type(stopped.value.refusal)) == (5, OverAllowance)
    here = [email for email in emails() if email != "m4@example.org"]
    assert here == FIVE[: stopped.value.placed]  # a slow machine may have ended a batch before the line
    assert stopped.value.placed >= 2
    assert [each.line for each in check(file).problems] == [5]


def test_a_transaction_ends_after_a_row_when_its_time_is_over(file: Path) -> None:
    checked = check(file)
    import_id = transact(begin, checked.digest, at=NOW, by=BY)
    place_next = partial(place_some, import_id, at=NOW, by=BY, longest=0)
    assert [transact(place_next, checked.good[n:]) for n in range(6)] == [1, 1, 1, 1, 1, 0]
    assert emails() == FIVE


def test_each_transaction_has_a_moment_of_its_own(file: Path) -> None:
    checked = check(file)
    moments = (NOW + timedelta(minutes=n) for n in range(10))
    place_all(checked.digest, checked.good, transact, clock=lambda: next(moments), by=BY)
    assert set(db.session.scalars(select(Order.placed_at))) == {NOW + timedelta(minutes=1)}
