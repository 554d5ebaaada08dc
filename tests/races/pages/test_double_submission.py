"""The same form sent several times at once: a double click, two tabs, a reload. It counts once."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from orders import idempotency
from orders.catalogue import edition_lookup
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import placing
from orders.shipping.dispatches import creation
from orders.shipping.models import Dispatch
from orders.stock import ledger
from orders.stock.models import Place, Reason
from tests.factories import BY, NOW, make_edition, make_order, make_request
from tests.races.actions import copies_at, count_orders
from tests.races.threads import held_open, is_over_or_held_up, run_at_once, start

pytestmark = pytest.mark.races

KEY = "the-key-of-one-form"


def order_once() -> int:
    form = make_request(lines={"MAN26": 2}, submission=KEY, name="Marie Dupont", number="1", email="marie@example.org")
    return placing.place(form, at=NOW, by=BY).id


def receive_once() -> int:
    return ledger.receive(edition_lookup.get_publication("MAN26"), 7, at=NOW, by=BY, submission=KEY).id


def correct_once() -> int:
    manual = edition_lookup.get_publication("MAN26")
    return ledger.correct(manual, -4, reason=Reason.DAMAGED, at=NOW, by=BY, submission=KEY).id


def make_once(references: list[str]) -> int:
    return creation.make(references, at=NOW, by=BY, submission=KEY).id


def at_once(app: Flask, rule: Callable[[], Any]) -> set[Any]:
    """What six threads got who sent the same form."""
    return set(run_at_once(app, [partial(transact, rule)] * 6))


def test_an_order_is_placed_once(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
    assert len(at_once(strict_app, order_once)) == 1
    with strict_app.app_context():
        assert (count_orders(), copies_at(Place.RESERVED)) == (1, 2)
        assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 1


def test_a_delivery_is_noted_once(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
    assert len(at_once(strict_app, receive_once)) == 1
    with strict_app.app_context():
        assert copies_at(Place.SHELF) == 27


def test_a_correction_is_noted_once(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
    assert len(at_once(strict_app, correct_once)) == 1
    with strict_app.app_context():
        assert copies_at(Place.SHELF) == 16


def test_a_dispatch_is_made_once(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
        references = [make_order().reference for _ in range(4)]
    assert len(at_once(strict_app, partial(make_once, references))) == 1
    with strict_app.app_context():
        assert len(db.session.scalars(select(Dispatch)).all()) == 1


def order_beside_the_same(app: Flask) -> None:
    """The same form comes again before the first one is committed."""
    with app.app_context():
        make_edition(shelf=20)
    with held_open(app, order_once):
        again = start(app, partial(transact, order_once))
        is_over_or_held_up(app, again)
    again.result()


def test_the_same_order_again_before_the_first_is_kept_is_that_order(strict_app: Flask) -> None:
    order_beside_the_same(strict_app)
    with strict_app.app_context():
        assert count_orders() == 1


def test_without_the_row_of_its_key_the_second_click_would_be_a_fault(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "submit", lambda *_, **__: True)
    with pytest.raises(IntegrityError, match="submission"):
        order_beside_the_same(unchecked_app)
