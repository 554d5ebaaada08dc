"""Two administrators cannot end each other."""

from functools import partial

import pytest
from flask import Flask

from orders.staff import accounts
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_member
from tests.races.threads import attempt, run_at_once

pytestmark = pytest.mark.races


def test_two_administrators_who_end_each_other_at_once_leave_one(app: Flask) -> None:
    with app.app_context():
        members = [make_member(role=StaffRole.ADMINISTRATOR).id for _ in range(2)]
    said = run_at_once(app, [partial(attempt, accounts.end, each, at=NOW, by=BY) for each in members])
    assert sorted(said) == ["LastAdministrator", "done"]
