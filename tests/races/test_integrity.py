"""The check of all sums during other work reads one snapshot, so it reports nothing wrong."""

from functools import partial

import pytest
from flask import Flask

from orders.database import snapshot
from orders.reports import integrity
from tests.factories import make_edition
from tests.races.actions import place_often, receive_often
from tests.races.threads import run_at_once

pytestmark = pytest.mark.races


def prove_often(times: int) -> list[str]:
    told: list[str] = []
    for _ in range(times):
        with snapshot():
            told += [str(each) for each in integrity.discrepancies()]
    return told


def test_what_is_committed_between_two_of_its_questions_is_no_discrepancy(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
    works = [partial(place_often, 8, {"MAN26": 2}), partial(receive_often, 8, 3), partial(prove_often, 12)]
    assert run_at_once(strict_app, works)[2] == []
