"""Made-up orders: the same for the same seed, like real ones, and never beside real ones."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders import addresses
from orders.addresses.postcodes import place_question
from orders.catalogue import edition_lookup
from orders.clock import local_day
from orders.database import db, transact
from orders.demo import demand_plan, setup, simulation, supply
from orders.demo.random_orders import Draw, NobodyMayOrder, Taken
from orders.mail.models import OutgoingMail
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.review import allowances
from orders.shipping.models import Dispatch, DispatchState, Parcel
from orders.stock.models import Movement, Place
from tests.factories import AUDIENCES, allow, make_edition, make_order

NOW = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)


def make_up(count: int, *, seed: int = 1, at: datetime = NOW) -> list[str]:
    """Live through a season of two weeks; what every order says, in the order of their ids."""
    transact(setup.prepare_editions, at=at)
    life = simulation.simulation_of(demand_plan.plan(count, seed=seed, at=at), seed=seed, at=at)
    for day in life.days:
        transact(simulation.simulate_day, day, life, lambda: None)
    orders = db.session.scalars(select(Order).order_by(Order.id))
    return [f"{each.reference} {each.placed_at} {each.email} {each.search} {each.status}" for each in orders]


def two_weeks() -> None:
    """An edition with an empty shelf, open for two weeks at `NOW`; the one before it was open for two days."""
    make_edition(shelf=0, year=2025, closes_on=date(2020, 1, 2))
    make_edition(shelf=0, opens_on=local_day(NOW) - timedelta(days=13))


@pytest.mark.slow
def test_a_season_is_lived_through_and_every_sum_holds(app_context: Flask) -> None:
    two_weeks()
    make_up(40)
    statuses = set(db.session.scalars(select(Order.status).distinct()))
    assert {OrderStatus.SENT, OrderStatus.DISPATCHING} <= statuses
    states = [each.state for each in db.session.scalars(select(Dispatch).order_by(Dispatch.id))]
    assert states.count(DispatchState.CLOSED) >= 2
    assert states.count(DispatchState.OPEN) == 1
    assert states[-1] is DispatchState.OPEN
    tracked = select(func.count()).select_from(Parcel).where(Parcel.tracking_number.is_not(None))
    assert db.session.scalar(tracked)
    sent = select(func.count()).select_from(Movement).where(Movement.destination == Place.SENT)
    assert db.session.scalar(sent)


def test_the_same_seed_makes_up_the_same_orders_and_another_one_others(app_context: Flask) -> None:
    two_weeks()

    def drawn(seed: int) -> list[demand_plan.Placing]:
        days = [day for season in demand_plan.plan(40, seed=seed, at=NOW) for day in season.days]
        return [placing for day in days for placing in day.placings]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_a_second_run_makes_up_other_orders_beside_the_first(app_context: Flask) -> None:
    two_weeks()
    first = make_up(5)
    both = make_up(5)
    assert len(both) == 10
    assert {line.split()[0] for line in first} <= {line.split()[0] for line in both}


def test_without_an_edition_there_is_this_season_and_the_one_before_it(app_context: Flask) -> None:
    transact(setup.prepare_editions, at=NOW)
    assert [each.year for each in edition_lookup.editions()] == [2026, 2025]
    before, now = demand_plan.plan(100, seed=1, at=NOW)
    assert (before.scene.is_over, now.scene.is_over) == (True, False)
    assert now.days[-1].date == local_day(NOW)
    count = [sum(len(day.placings) for day in season.days) for season in (before, now)]
    assert count == [45, 55]
    assert all(placing.at <= NOW for day in now.days for placing in day.placings)


def test_one_order_is_one_of_this_season(app_context: Flask) -> None:
    transact(setup.prepare_editions, at=NOW)
    counts = [sum(len(day.placings) for day in season.days) for season in demand_plan.plan(1, seed=1, at=NOW)]
    assert counts == [0, 1]


@pytest.mark.parametrize("minutes", [0, 1, 24 * 60])
def test_nothing_is_ordered_before_its_day_or_after_now(app_context: Flask, minutes: int) -> None:
    midnight = datetime(2026, 11, 18, 23, 0, tzinfo=UTC) + timedelta(minutes=minutes)
    make_edition(opens_on=local_day(midnight))
    (season,) = demand_plan.plan(20, seed=1, at=midnight)
    (day,) = season.days
    assert {local_day(placing.at) for placing in day.placings} == {local_day(midnight)}
    assert max(placing.at for placing in day.placings) <= midnight


def test_beside_a_real_order_nothing_is_made_up(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    with pytest.raises(setup.RealOrdersHere) as refused:
        transact(setup.prepare_editions, at=NOW)
    assert (refused.value.count, refused.value.first.reference) == (1, order.reference)


def test_of_this_season_s_manual_too_little_was_printed_and_more_is_on_its_way(app_context: Flask) -> None:
    transact(setup.prepare_editions, at=NOW)
    _, season = demand_plan.plan(400, seed=1, at=NOW)
    planned = supply.deliveries(season, today=local_day(NOW))
    for code, is_short in (("MAN26", True), ("LIV26", False)):
        asked = sum(season.asked[code].values())
        here = sum(each.copies for each in planned if each.publication.code == code and each.comes_on)
        on_its_way = [each for each in planned if each.publication.code == code and not each.comes_on]
        assert (here < asked, bool(on_its_way)) == (is_short, is_short)
        assert all(each.expected_on and each.expected_on > local_day(NOW) for each in on_its_way)


def test_where_no_edition_is_open_nothing_is_made_up(app_context: Flask) -> None:
    make_edition(opens_on=local_day(NOW) - timedelta(days=9), closes_on=local_day(NOW) - timedelta(days=1))
    with pytest.raises(setup.NoEditionOpen):
        transact(setup.prepare_editions, at=NOW)


def test_where_nobody_may_have_a_copy_nothing_is_made_up(app_context: Flask) -> None:
    make_edition()
    for audience in AUDIENCES:
        allow(audience.code, review_above=0, maximum=1)
    with pytest.raises(NobodyMayOrder):
        demand_plan.plan(1, seed=1, at=NOW)


def test_mails_to_made_up_orderers_never_leave(app_context: Flask) -> None:
    two_weeks()
    make_up(5)
    waiting = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.sent_at.is_(None))
    assert db.session.scalar(waiting) == 0
    assert {address.partition("@")[2] for address in db.session.scalars(select(OutgoingMail.address))} == {
        "example.org"
    }


def test_what_is_drawn_could_have_been_typed_into_the_form(app_context: Flask) -> None:
    transact(setup.prepare_editions, at=NOW)
    publications = {each.code: each for each in edition_lookup.get_edition(2026).publications}
    draw = Draw(random.Random(3), list(publications.values()), AUDIENCES, Taken())
    drawn = [draw.draw_order(number, local_day(NOW)) for number in range(1_500)]
    for each in drawn:
        assert addresses.problems(each.address) == ()
        assert place_question(each.address.postcode, each.address.town) is None
        assert len(each.email) <= addresses.LONGEST["email"]
        assert allowances.excesses(each.audience, each.copies, {}, publications) == []
    assert {each.audience for each in drawn} == {each.code for each in AUDIENCES}
    assert {each.language for each in drawn} == {"fr", "nl", "de", "en"}
    assert {each.delivery for each in drawn} == set(Delivery)
    assert len({each.email for each in drawn}) == len({each.reference for each in drawn}) == len(drawn)
    assert 5 < sum(bool(each.billing_name) for each in drawn) * 100 / len(drawn) < 70
