"""What a slip is that somebody holds in the hand: the rule, without the page."""

from datetime import timedelta

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.database import db, transact
from orders.ordering.models import Delivery, Order, WhenShort
from orders.shipping import scanning
from orders.shipping.dispatches import lifecycle
from orders.shipping.scanning import Outcome, Verdict, identify, pack, read_scan
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

NEXT_YEAR = NOW + timedelta(days=365)


@pytest.fixture(autouse=True)
def edition(app_context: Flask) -> None:
    make_edition(shelf=2_000)


@pytest.fixture
def large() -> Order:
    """An order of three boxes in an open dispatch, after the letter of another order."""
    order = make_order(lines={"MAN26": 1_400})
    make_dispatch(make_order(), order)
    return order


def scan(typed: str, sequence: int | None = None) -> Outcome:
    return transact(pack, typed, at=NOW, by=BY, sequence=sequence)


def verdict(order: Order) -> Verdict:
    return identify(order.reference, at=NOW).verdict


def numbers(outcome: Outcome) -> list[int]:
    return [parcel.sequence for parcel in outcome.parcels]


def test_a_reference_finds_its_own_order_and_no_other(large: Order) -> None:
    make_order()
    found = identify(f"{large.reference[:4].lower()} {large.reference[4:]}", at=NOW)
    assert found.order is large
    assert identify("BBBBBBBC", at=NOW).verdict is Verdict.MISTYPED
    assert identify("BBBBBBBB", at=NOW).verdict is Verdict.UNKNOWN


def test_a_parcel_is_packed_once(app_context: Flask) -> None:
    order = make_order()
    (parcel,) = make_dispatch(order).parcels
    assert [scan(order.reference).verdict for _ in range(2)] == [Verdict.PACKED, Verdict.ALREADY_PACKED]
    assert parcel.packed_at == NOW


def test_of_several_parcels_somebody_says_which_until_all_are_packed(large: Order) -> None:
    mine = [parcel.sequence for parcel in scanning.parcels_of(large)]
    assert len(mine) == 3
    for sequence in mine:
        asked = scan(large.reference)
        assert (asked.verdict, numbers(asked)) == (Verdict.WHICH_PARCEL, mine)
        assert numbers(scan(large.reference, sequence)) == [sequence]
    done = scan(large.reference)
    assert (done.verdict, numbers(done)) == (Verdict.ALREADY_PACKED, mine[-1:])


def test_a_part_that_is_typed_names_its_parcel(large: Order) -> None:
    mine = [parcel.sequence for parcel in scanning.parcels_of(large)]
    assert numbers(scan(f"{large.reference} 2/3")) == [mine[1]]
    nobodys = scan(f"{large.reference} 4/4")
    assert (nobodys.verdict, numbers(nobodys)) == (Verdict.WHICH_PARCEL, mine)
    assert read_scan(f"{large.reference}-12") == scanning.Scanned(large.reference, 12)


def test_what_is_of_the_year_before_is_said_so(app_context: Flask) -> None:
    old = make_order()
    assert verdict(old) is Verdict.NOT_IN_A_DISPATCH
    edition_lookup.get_edition(2026).closes_on = NOW.date()
    db.session.commit()
    make_edition(year=2027, opens_on=NEXT_YEAR.date(), closes_on=NEXT_YEAR.date())
    assert identify(old.reference, at=NEXT_YEAR).verdict is Verdict.OTHER_EDITION
    assert identify(old.reference, at=NOW).verdict is Verdict.NOT_IN_A_DISPATCH


def test_an_order_that_waits_was_posted_if_a_part_of_it_was(app_context: Flask) -> None:
    order = make_order(lines={"MAN26": 30})
    waits = make_order(lines={"MAN26": 3_000}, when_short=WhenShort.WAIT)
    assert verdict(waits) is Verdict.WAITING
    transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    posted = identify(order.reference, at=NOW)
    assert (posted.verdict, numbers(posted)) == (Verdict.POSTED, [1])


def test_an_undone_dispatch_leaves_no_parcel(large: Order) -> None:
    (dispatch_id,) = {parcel.dispatch_id for parcel in scanning.parcels_of(large)}
    transact(lifecycle.undo, dispatch_id, at=NOW, by=BY)
    assert scanning.parcels_of(large) == []
    assert verdict(large) is Verdict.NOT_IN_A_DISPATCH


def test_what_is_fetched_is_handed_over_when_it_is_ready(app_context: Flask) -> None:
    assert verdict(make_order(delivery=Delivery.PICKUP)) is Verdict.TO_HAND_OVER
    short = make_order(delivery=Delivery.PICKUP, lines={"MAN26": 3_000}, when_short=WhenShort.WAIT)
    assert verdict(short) is Verdict.WAITING
