"""Once a day, whoever comes first, and whatever the clock said before."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from orders import daily_jobs
from orders.database import transact
from orders.reports import alerts
from tests.factories import NOW

A_DAY = timedelta(days=1)


class Chore:
    """Does nothing but note when it was done."""

    def __init__(self) -> None:
        self.done: list[datetime] = []

    def __call__(self, *, at: datetime) -> bool:
        self.done.append(at)
        return True

    def look(self, at: datetime) -> None:
        """What a worker does at that moment."""
        if not daily_jobs.is_done(alerts.CHORE, at=at):
            transact(daily_jobs.do, alerts.CHORE, self, at=at)


def test_a_chore_is_done_once_a_day_and_again_on_the_next(house: Flask) -> None:
    chore = Chore()
    for at in (NOW, NOW + timedelta(hours=3), NOW + A_DAY):
        chore.look(at)
    assert chore.done == [NOW, NOW + A_DAY]


@pytest.mark.parametrize("ahead", [1, 30, 400])
def test_after_a_clock_that_was_days_ahead_every_day_has_its_chore(house: Flask, ahead: int) -> None:
    chore = Chore()
    for day in (ahead, 0, 1, 2):
        chore.look(NOW + day * A_DAY)
    assert chore.done[1:] == [NOW, NOW + A_DAY, NOW + 2 * A_DAY]


def test_a_worker_that_waited_for_another_one_does_not_do_it_again(house: Flask) -> None:
    chore = Chore()
    for _ in range(2):  # both looked before one of them did it
        transact(daily_jobs.do, alerts.CHORE, chore, at=NOW)
    assert chore.done == [NOW]
