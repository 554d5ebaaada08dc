"""The check of all sums during other work reads one snapshot, so it reports nothing wrong."""

from functools import partial

import pytest
from flask import Flask

from orders.database import one_moment
from orders.reports import integrity
from tests.factories import make_edition
from tests.races.doing import place_often, receive_often
from tests.races.together import together

pytestmark = pytest.mark.races


def prove_often(times: int) -> list[str]:
    told: list[str] = []
    for _ in range(times):
        with one_moment():
            told += [str(each) for each in integrity.discrepancies()]
    return told


def test_what_is_committed_between_two_of_its_questions_is_no_discrepancy(calm: Flask) -> None:
    with calm.app_context():
        make_edition(shelf=20)
    works = [partial(place_often, 8, {"MAN26": 2}), partial(receive_often, 8, 3), partial(prove_often, 12)]
    assert together(calm, works)[2] == []
