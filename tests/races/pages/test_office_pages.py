"""Eight people of the office at their screens: every delivery they note is noted."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.staff.models import StaffRole
from orders.stock.models import Place
from tests.factories import make_edition
from tests.page import Page
from tests.races.actions import copies_at
from tests.races.threads import run_at_once

pytestmark = pytest.mark.races

SignIn = Callable[[StaffRole], FlaskClient]
FORM = "/office/stock/MAN26/receive"
PEOPLE = 8
TIMES = {"sqlite": 40, "postgresql": 10}  # SQLite's single writer is what this asks about


def test_everything_that_eight_signed_in_people_write_is_written(strict_app: Flask, office: SignIn) -> None:
    with strict_app.app_context():
        make_edition(shelf=0)
    times = TIMES["sqlite" if "pli_writers" in strict_app.extensions else "postgresql"]
    people = [office(StaffRole.OFFICE) for _ in range(PEOPLE)]
    statuses = run_at_once(
        strict_app, [partial(receive, client, number, times) for number, client in enumerate(people)]
    )
    assert statuses == [[303] * times] * PEOPLE
    with strict_app.app_context():
        assert copies_at(Place.SHELF) == PEOPLE * times


def receive(client: FlaskClient, number: int, times: int) -> list[int]:
    """Note one copy so many times, each with the key of a form of its own; the status of each answer."""
    fields = Page.open(client, FORM).fields(FORM)
    forms = [{**fields, "copies": "1", "submission": f"person {number}, form {form}"} for form in range(times)]
    return [client.post(FORM, data=data).status_code for data in forms]
