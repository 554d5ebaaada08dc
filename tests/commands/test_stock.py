"""`flask stock verify`: exit 0 when every sum holds, 1 with a line for each that does not."""

from flask import Flask
from sqlalchemy import update

from orders.catalogue import edition_lookup
from orders.database import db
from orders.stock.models import Balance, Place
from tests.factories import make_dispatch, make_edition, make_order


def test_a_sound_ledger_is_said_to_hold(app: Flask) -> None:
    with app.app_context():
        make_edition()
        make_dispatch(make_order())
    done = app.test_cli_runner().invoke(args=["stock", "verify"])
    assert (done.exit_code, done.stdout) == (0, "all sums hold\n")


def test_a_sum_that_does_not_hold_is_named_and_the_exit_code_says_so(app: Flask) -> None:
    def spoil(by: int) -> None:
        with app.app_context():
            manual = edition_lookup.get_publication("MAN26").id
            spoilt = update(Balance).where(Balance.publication_id == manual, Balance.place == Place.SHELF)
            db.session.execute(spoilt.values(copies=Balance.copies + by))
            db.session.commit()

    with app.app_context():
        make_edition(shelf=10)
    spoil(+2)
    done = app.test_cli_runner().invoke(args=["stock", "verify"])
    assert done.exit_code == 1
    assert "MAN26 at SHELF: the movements say 10, found 12" in done.stderr
    spoil(-2)
