"""The prices that a new installation starts with, until somebody has compared them with the carrier's."""

from datetime import datetime

from orders.database import db
from orders.packing.models import PostKind
from orders.packing.tariff import read_tariff
from orders.staff import journal
from orders.staff.journal import Actor

PARCEL_PRICES = {2_000: 690, 5_000: 820, 10_000: 820, 20_000: 1_490, 30_000: 1_490}
"""Grams -> cents: of the size of what parcels within Belgium cost in 2025. None of them is verified."""


def fill_in(*, at: datetime, by: Actor) -> None:
    """Give parcels their first prices, each to be checked, where the table has no price at all."""
    rates = [rate for rate in read_tariff().rates if rate.kind is PostKind.PARCEL]
    if any(rate.price_cents is not None for rate in rates):
        return
    before = [[rate.up_to_g, rate.price_cents] for rate in rates]
    for rate in rates:
        rate.price_cents = PARCEL_PRICES.get(rate.up_to_g)
        rate.to_be_checked = rate.price_cents is not None
    db.session.flush()
    after = [[rate.up_to_g, rate.price_cents] for rate in rates]
    noted = ({"steps": before}, {"steps": after, "to_be_checked": True})
    journal.record("changed", "postage parcel", at=at, by=by, before=noted[0], after=noted[1])
