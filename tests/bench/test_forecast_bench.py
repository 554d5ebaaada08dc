"""A small part of what `make bench` measures of the forecast; and what its bounds say no to."""

from datetime import date, timedelta

import pytest

from tests.bench.forecast_bench import Tally, draw, holds, measure

NOVEMBER = date(2026, 11, 15)


@pytest.mark.parametrize("with_last", [False, True])
def test_about_four_times_in_five_the_truth_lies_in_the_band_and_the_reprint_suffices(with_last: bool) -> None:
    """Twenty seasons: enough to see a band that is far too narrow or too wide, on the average of all days."""
    tallies = measure(NOVEMBER, with_last, seasons=20).values()
    told = sum(each.told for each in tallies)
    assert 0.65 <= sum(each.inside for each in tallies) / told <= 0.95
    assert sum(each.enough for each in tallies) / told >= 0.75


@pytest.mark.parametrize(
    ("inside", "enough", "is_held"),
    [(212, 234, True), (279, 300, True), (207, 270, False), (282, 270, False), (240, 225, False)],
)
def test_one_day_further_out_of_bounds_than_chance_explains_is_enough_to_fail(
    inside: int, enough: int, is_held: bool
) -> None:
    good = Tally(told=300, inside=246, enough=255)
    day = Tally(told=300, inside=inside, enough=enough)
    assert holds({7: good, 8: good, 9: day}) is is_held


def test_an_average_out_of_bounds_fails_though_chance_would_explain_each_day() -> None:
    assert not holds(dict.fromkeys((7, 8), Tally(told=300, inside=219, enough=300)))
    assert not holds(dict.fromkeys((7, 8), Tally(told=300, inside=274, enough=300)))


def test_a_made_up_season_is_the_same_every_time_and_no_two_are_alike() -> None:
    first, again, other = (draw(NOVEMBER, number, with_last=False)[0] for number in (1, 1, 2))
    assert first == again
    assert first.asked != other.asked


def test_orders_of_made_up_seasons_stray_more_than_chance_alone_would_let_them() -> None:
    """Schools order by the class, and weekends, holidays and mailings make days unlike each other."""
    season, _ = draw(date(2026, 9, 1), 3, with_last=False)
    days = [season.orders.get(season.opens_on + timedelta(days=number), 0) for number in range(100)]
    mean = sum(days) / len(days)
    assert sum((each - mean) ** 2 for each in days) / len(days) > 2 * mean
    assert max(season.asked.values()) > 5 * sum(season.asked.values()) / len(season.asked) / 2
