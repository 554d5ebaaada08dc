"""Stock counts: several people add up, what moves is taken into account, and nothing is applied to a stale picture."""

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.database import db, transact
from orders.ordering.lifecycle import fulfilment
from orders.ordering.models import Delivery
from orders.shipping.dispatches import lifecycle
from orders.shipping.packed_copies import packed_copies
from orders.stock import count_lines, ledger, stock_counts
from orders.stock.count_lines import CountLine
from orders.stock.count_models import (
    CountChanged,
    CountEnded,
    CountEntry,
    CountSpoilt,
    ElsewhereCounted,
    NothingCounted,
    StockCount,
    TooFewFree,
    UnknownCount,
)
from orders.stock.models import ImpossibleCopies, Movement, Place, PublicationArchived, Reason, ReasonMissing
from orders.stock.stock_counts import Decision
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


def enter(found: int, code: str = "MAN26", **more: object) -> CountEntry:
    publication = edition_lookup.get_publication(code)
    return transact(stock_counts.enter, publication, found, packed=packed_copies, at=NOW, by=BY, **more)  # type: ignore[arg-type]


def running() -> StockCount:
    db.session.rollback()
    return stock_counts.open_counts()[0]


def line(code: str = "MAN26") -> CountLine:
    (found,) = [each for each in count_lines.lines(running(), packed_copies) if each.publication.code == code]
    return found


def approve(seen: str | None = None, reasons: dict[str, Reason] | None = None, note: str = "") -> list[Movement]:
    count = running()
    decision = Decision(seen or count_lines.mark_of(count_lines.lines(count, packed_copies)), reasons or {}, note)
    return transact(stock_counts.approve, count.id, decision, packed=packed_copies, at=NOW, by=BY)


def at(place: Place, code: str = "MAN26") -> int:
    return ledger.copies_at(edition_lookup.get_publication(code).id, place)


def test_what_several_people_find_adds_up_and_the_difference_becomes_a_movement(app_context: Flask) -> None:
    make_edition(shelf=100)
    for found in (60, 25, 12):
        enter(found)
    assert (line().found, line().expected, line().difference) == (97, 100, -3)
    assert at(Place.SHELF) == 100
    (movement,) = approve(reasons={"MAN26": Reason.DAMAGED})
    assert (movement.reason, movement.copies) == (Reason.DAMAGED, 3)
    assert (at(Place.SHELF), at(Place.LOST)) == (97, 3)


def test_what_is_not_counted_stays_and_what_is_right_moves_nothing(app_context: Flask) -> None:
    make_edition(shelf=100)
    enter(100)
    assert [line(code).difference for code in ("MAN26", "LIV26")] == [0, 0]
    assert approve() == []
    assert (at(Place.SHELF), at(Place.SHELF, "LIV26")) == (100, 100)


def test_nothing_left_is_a_finding_too(app_context: Flask) -> None:
    make_edition(shelf=7)
    enter(0)
    approve()
    assert at(Place.SHELF) == 0


def test_copies_promised_to_orders_lie_in_the_room_and_are_counted_with_the_others(app_context: Flask) -> None:
    make_edition(shelf=100)
    make_order(lines={"MAN26": 30})
    enter(98)
    assert line().difference == -2
    approve()
    assert (at(Place.SHELF), at(Place.RESERVED)) == (68, 30)


def test_nobody_counts_inside_closed_envelopes(app_context: Flask) -> None:
    make_edition(shelf=100)
    dispatch = make_dispatch(make_order(lines={"MAN26": 20}))
    transact(lifecycle.pack, dispatch.id, 1, packed=True, at=NOW, by=BY)
    enter(80)
    assert (line().expected, line().difference) == (80, 0)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    enter(0)
    assert (line().is_spoilt, line().difference) == (False, 0)


def test_copies_found_go_to_who_waits_for_them(app_context: Flask) -> None:
    make_edition(shelf=5)
    order = make_order(lines={"MAN26": 8})
    enter(7)
    approve()
    assert order.lines[0].reserved == 7


def test_what_moved_since_it_was_counted_is_taken_into_account(app_context: Flask) -> None:
    make_edition(shelf=100)
    enter(97)
    order = make_order(lines={"MAN26": 20}, delivery=Delivery.PICKUP)
    transact(fulfilment.hand_over, order.reference, at=NOW, by=BY)
    receive("MAN26", 50)
    assert (line().difference, line().since, line().now) == (-3, 30, 130)
    approve()
    assert at(Place.SHELF) == 127


def test_what_moved_between_two_entries_spoils_their_sum_and_is_counted_again(app_context: Flask) -> None:
    make_edition(shelf=100)
    first = enter(60)
    receive("MAN26", 50)
    second = enter(90)
    enter(100, "LIV26")
    with pytest.raises(CountSpoilt) as refusal:
        approve()
    assert list(refusal.value.codes) == ["MAN26"]
    assert at(Place.SHELF) == 150
    transact(stock_counts.withdraw, first.count_id, [first.id, second.id], at=NOW, by=BY)
    enter(149)
    approve()
    assert at(Place.SHELF) == 149


def test_movements_that_cancel_each_other_between_two_entries_are_seen(app_context: Flask) -> None:
    make_edition(shelf=100)
    enter(60)
    receive("MAN26", 5)
    transact(ledger.correct, manual(), -5, reason=Reason.GIFT, at=NOW, by=BY)
    enter(40)
    assert line().is_spoilt


def test_a_delivery_just_before_the_first_entry_spoils_nothing(app_context: Flask) -> None:
    make_edition(shelf=100)
    receive("MAN26", 5)
    enter(60)
    make_order(lines={"MAN26": 20})
    enter(45)
    assert (line().is_spoilt, line().difference) == (False, 0)


def test_a_delivery_just_before_the_last_entry_is_seen_even_where_as_many_copies_were_packed(
    app_context: Flask,
) -> None:
    make_edition(shelf=100)
    dispatch = make_dispatch(make_order(lines={"MAN26": 20}))
    enter(60)
    transact(lifecycle.pack, dispatch.id, 1, packed=True, at=NOW, by=BY)
    receive("MAN26", 20)
    enter(40)
    assert (line().expected, line().is_spoilt) == (100, True)


def test_an_approval_of_what_is_no_longer_shown_is_refused(app_context: Flask) -> None:
    make_edition(shelf=100)
    enter(60)
    seen = count_lines.mark_of(count_lines.lines(running(), packed_copies))
    enter(30)
    with pytest.raises(CountChanged):
        approve(seen)
    assert at(Place.SHELF) == 100


def test_a_count_is_approved_or_abandoned_once(app_context: Flask) -> None:
    make_edition(shelf=100)
    entry = enter(97)
    decision = Decision(count_lines.mark_of(count_lines.lines(running(), packed_copies)), {})
    transact(stock_counts.approve, entry.count_id, decision, packed=packed_copies, at=NOW, by=BY)
    for attempt in (
        lambda: transact(stock_counts.approve, entry.count_id, decision, packed=packed_copies, at=NOW, by=BY),
        lambda: transact(stock_counts.abandon, entry.count_id, at=NOW, by=BY),
        lambda: transact(stock_counts.withdraw, entry.count_id, [entry.id], at=NOW, by=BY),
        lambda: enter(5, count_id=entry.count_id),
    ):
        with pytest.raises(CountEnded):
            attempt()
    assert at(Place.SHELF) == 97
    assert enter(97).count_id != entry.count_id


def test_an_abandoned_count_changes_nothing(app_context: Flask) -> None:
    make_edition(shelf=100)
    entry = enter(5)
    transact(stock_counts.abandon, entry.count_id, at=NOW, by=BY)
    assert stock_counts.open_counts() == []
    assert at(Place.SHELF) == 100


def test_more_missing_than_lies_free_is_said_and_nothing_is_applied(app_context: Flask) -> None:
    make_edition(shelf=10)
    make_order(lines={"MAN26": 9})
    enter(7)
    with pytest.raises(TooFewFree) as refusal:
        approve()
    assert (refusal.value.missing, refusal.value.free) == (3, 1)
    assert (at(Place.SHELF), at(Place.RESERVED)) == (1, 9)


def test_a_publication_archived_meanwhile_is_named(app_context: Flask) -> None:
    make_edition(shelf=10)
    entry = enter(7)
    manual().archived_at = NOW
    db.session.commit()
    with pytest.raises(PublicationArchived, match="MAN26"):
        approve()
    with pytest.raises(PublicationArchived):
        enter(3)
    transact(stock_counts.withdraw, entry.count_id, [entry.id], at=NOW, by=BY)
    enter(9, "LIV26")
    approve()
    assert (at(Place.SHELF), at(Place.SHELF, "LIV26")) == (10, 9)


def test_the_same_form_counts_once_and_there_is_one_count_at_a_time(app_context: Flask) -> None:
    edition = make_edition(shelf=10)
    assert enter(7, submission="a-key").id == enter(7, submission="a-key").id
    started = [transact(stock_counts.start, edition, at=NOW, by=BY).id for _ in range(2)]
    assert started == [running().id] * 2
    assert line().found == 7


@pytest.mark.parametrize("found", [-1, 10**12])
def test_what_cannot_be_found_is_refused(app_context: Flask, found: int) -> None:
    make_edition(shelf=10)
    with pytest.raises(ImpossibleCopies):
        enter(found)


def test_a_count_is_of_one_edition_and_of_something(app_context: Flask) -> None:
    edition = make_edition(shelf=10)
    make_edition(shelf=10, year=2025)
    count = transact(stock_counts.start, edition, at=NOW, by=BY)
    with pytest.raises(ElsewhereCounted):
        enter(3, "MAN25", count_id=count.id)
    with pytest.raises(NothingCounted):
        approve()
    with pytest.raises(UnknownCount):
        stock_counts.get_count(99)


def test_another_reason_is_written_down(app_context: Flask) -> None:
    make_edition(shelf=10)
    enter(7)
    with pytest.raises(ReasonMissing):
        approve(reasons={"MAN26": Reason.OTHER})
    (movement,) = approve(reasons={"MAN26": Reason.OTHER}, note="prêtés au groupe de Namur")
    assert movement.reason is Reason.OTHER
