"""Closing an edition that still owes something: asked with numbers, then kept or cancelled in one go."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from orders.catalogue import editing, edition_lookup
from orders.catalogue.editing import LastDayOver
from orders.catalogue.edition_input import EditionContent, content_of_edition
from orders.catalogue.models import Edition
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import placing
from orders.ordering.models import Order, OrderStatus, WhenShort
from orders.ordering.refusals import OrderingClosed
from orders.ordering.season import closing
from orders.ordering.season.closing import Decision, OpenOrders, OrdersStillOpen, WhatBecomes
from orders.stock import ledger
from orders.stock.balances import copies_by_place
from orders.stock.models import Place
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, make_request
from tests.races.threads import held_open, is_over_or_held_up, start

BEFORE_NOW = date(2026, 11, 19)


def make_open_orders() -> None:
    """One in a dispatch, one ready, one ready and short, one that waits for all; of 10 manuals."""
    make_edition(shelf={"MAN26": 10})
    make_dispatch(make_order(lines={"MAN26": 2}))
    make_order(lines={"MAN26": 3}, minutes=1)
    make_order(lines={"MAN26": 9}, minutes=2)
    make_order(lines={"LIV26": 4, "MAN26": 1}, when_short=WhenShort.WAIT, minutes=3)


def closed_days() -> EditionContent:
    return replace(content_of_edition(edition_lookup.get_edition(2026)), closes_on=BEFORE_NOW)


def close(decision: Decision | None) -> None:
    transact(closing.change_edition, 2026, closed_days(), decision=decision, at=NOW, by=BY)


def statuses() -> Counter[OrderStatus]:
    return Counter(db.session.scalars(select(Order.status)))


def test_open_orders_are_counted_and_asked_about(app_context: Flask) -> None:
    make_open_orders()
    with pytest.raises(OrdersStillOpen) as refused:
        close(None)
    assert refused.value.found == OpenOrders(
        pending=0, waiting=1, ready=2, dispatching=1, copies_waiting=9, copies_reserved=8
    )
    assert edition_lookup.get_edition(2026).closes_on > BEFORE_NOW


def test_kept_orders_are_served_after_the_end(app_context: Flask) -> None:
    make_open_orders()
    close(Decision(WhatBecomes.KEEP, 3))
    edition = edition_lookup.get_edition(2026)
    assert edition.closes_on == BEFORE_NOW
    assert statuses()[OrderStatus.READY] == 2
    transact(ledger.receive, edition.publications[0], 8, at=NOW, by=BY)
    assert ledger.copies_at(edition.publications[0].id, Place.SHELF) == 3


def test_cancelled_orders_give_everything_back_and_each_is_told_once(app_context: Flask) -> None:
    make_open_orders()
    close(Decision(WhatBecomes.CANCEL, 3))
    assert statuses() == {OrderStatus.DISPATCHING: 1, OrderStatus.CANCELLED: 3}
    publication = edition_lookup.get_publication("MAN26")
    assert copies_by_place([publication.id])[publication.id][Place.SHELF] == 8
    kinds = Counter(db.session.scalars(select(OutgoingMail.kind)))
    assert (kinds["order_ended"], kinds["order_arrived"]) == (3, 0)


def test_another_number_than_was_shown_is_asked_about_again(app_context: Flask) -> None:
    make_open_orders()
    with pytest.raises(OrdersStillOpen):
        close(Decision(WhatBecomes.CANCEL, 2))
    assert statuses()[OrderStatus.CANCELLED] == 0


def test_archiving_asks_the_same_and_an_edition_that_owes_nothing_just_closes(app_context: Flask) -> None:
    make_open_orders()
    with pytest.raises(OrdersStillOpen):
        transact(closing.archive_edition, 2026, decision=None, at=NOW, by=BY)
    transact(closing.archive_edition, 2026, decision=Decision(WhatBecomes.CANCEL, 3), at=NOW, by=BY)
    assert edition_lookup.get_edition(2026).archived_at == NOW
    make_edition(year=2025)
    transact(closing.archive_edition, 2025, decision=None, at=NOW, by=BY)


def test_other_changes_ask_nothing(app_context: Flask) -> None:
    make_open_orders()
    content = replace(closed_days(), closes_on=date(2027, 3, 1), title="Marathon")
    transact(closing.change_edition, 2026, content, decision=None, at=NOW, by=BY)
    close(Decision(WhatBecomes.KEEP, 3))
    transact(closing.change_edition, 2026, replace(closed_days(), title="Fini"), decision=None, at=NOW, by=BY)


@pytest.mark.races
def test_an_order_that_comes_while_the_edition_closes_is_not_forgotten_but_refused(app: Flask) -> None:
    with app.app_context():
        make_open_orders()
        content = closed_days()
    decision = Decision(WhatBecomes.CANCEL, 3)
    with held_open(app, lambda: closing.change_edition(2026, content, decision=decision, at=NOW, by=BY)):
        late = start(app, lambda: transact(placing.place, make_request(), at=NOW, by=BY))
        assert not is_over_or_held_up(app, late)
    with pytest.raises(OrderingClosed):
        late.result()


def close_now(decision: Decision | None) -> Edition:
    return transact(closing.close_edition, 2026, decision=decision, at=NOW, by=BY)


def test_an_edition_closes_at_once_and_asks_the_same(app_context: Flask) -> None:
    make_open_orders()
    with pytest.raises(OrdersStillOpen):
        close_now(None)
    assert close_now(Decision(WhatBecomes.KEEP, 3)).closes_on == BEFORE_NOW
    with pytest.raises(OrderingClosed):
        make_order()
    assert statuses()[OrderStatus.READY] == 2


def test_orders_of_an_edition_that_its_days_have_closed_are_decided_later(app_context: Flask) -> None:
    make_open_orders()
    close(Decision(WhatBecomes.KEEP, 3))
    close_now(Decision(WhatBecomes.CANCEL, 3))
    assert statuses()[OrderStatus.CANCELLED] == 3
    assert close_now(None).closes_on == BEFORE_NOW


def test_an_edition_that_opened_today_closes_today(app_context: Flask) -> None:
    make_edition(opens_on=NOW.date())
    closed = close_now(None)
    assert (closed.opens_on, closed.closes_on) == (BEFORE_NOW, BEFORE_NOW)


def test_an_edition_that_is_still_to_open_is_not_closed(app_context: Flask) -> None:
    make_edition(opens_on=date(2026, 12, 1))
    assert close_now(None).opens_on == date(2026, 12, 1)


def test_an_edition_opens_at_once_and_again_until_another_day(app_context: Flask) -> None:
    make_edition(opens_on=date(2026, 12, 1))
    assert transact(editing.open_edition, 2026, until=None, at=NOW, by=BY).opens_on == NOW.date()
    close_now(None)
    for until in (None, BEFORE_NOW):
        with pytest.raises(LastDayOver):
            transact(editing.open_edition, 2026, until=until, at=NOW, by=BY)
    assert transact(editing.open_edition, 2026, until=NOW.date(), at=NOW, by=BY).is_open(NOW.date())
    make_order()
    transact(closing.archive_edition, 2026, decision=Decision(WhatBecomes.KEEP, 1), at=NOW, by=BY)
    with pytest.raises(LastDayOver):
        transact(editing.open_edition, 2026, until=date(2027, 1, 1), at=NOW, by=BY)
