"""Drop-off points are kept once each, changed and deleted, and found by how near they are."""

from datetime import date, timedelta

import pytest
from flask import Flask

from orders.clock import local_day, now
from orders.database import transact
from orders.dropoff import editing, field_parsing, lookup
from orders.dropoff.editing import SamePoint
from orders.dropoff.lookup import NearestPoints
from orders.dropoff.models import UnknownDropOffPoint
from orders.places.faults import DayOver, EndsBeforeItBegins
from orders.staff.edit_conflicts import ChangedMeanwhile
from tests.dropoff.points import make_point, read_point, typed
from tests.factories import BY, make_edition

pytestmark = pytest.mark.usefixtures("app_context")


def test_the_same_point_is_kept_once_however_it_is_written() -> None:
    first = make_point()
    with pytest.raises(SamePoint):
        make_point(name="MAGASIN du Monde ", address="rue haute, 12")
    other = make_point(name="Librairie")
    with pytest.raises(SamePoint):
        transact(editing.change, other.id, read_point(), at=now(), by=BY)
    assert {point.id for point in lookup.all_points()} == {first.id, other.id}


def test_a_point_is_changed_unless_somebody_else_did_meanwhile() -> None:
    point = make_point()
    transact(editing.change, point.id, read_point(hours="ma-sa 10h-18h"), at=now(), by=BY)
    assert lookup.get_point(point.id).hours == "ma-sa 10h-18h"
    with pytest.raises(ChangedMeanwhile):
        transact(editing.change, point.id, read_point(hours="lundi"), at=now(), by=BY, shown="another mark")
    transact(editing.delete, point.id, at=now(), by=BY)
    with pytest.raises(UnknownDropOffPoint):
        lookup.get_point(point.id)


def test_days_that_are_over_or_turned_round_are_refused() -> None:
    today = local_day(now())
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    _, over = field_parsing.read(typed(first_day="1/1/2026", last_day=yesterday.isoformat()), today)
    assert over == [DayOver("last_day", yesterday)]
    _, turned = field_parsing.read(typed(first_day=tomorrow.isoformat(), last_day=today.isoformat()), today)
    assert turned == [EndsBeforeItBegins("last_day")]


def test_the_three_nearest_of_the_edition_are_found_for_a_whole_pile(app: Flask) -> None:
    for postcode, town in (("4000", "Liège"), ("5100", "Jambes"), ("6000", "Charleroi"), ("5500", "Dinant")):
        make_point(name=f"Magasin de {town}", postcode=postcode, town=town)
    nearest = NearestPoints(local_day(now()))
    edition = make_edition(letters_back_by=local_day(now()) + timedelta(days=60))
    assert [each.place.town for each in nearest.to("5000", edition)] == ["Jambes", "Dinant", "Charleroi"]
    assert 0 < nearest.to("5000", edition)[0].kilometres < 5
    assert nearest.to("9999", edition)[0].place.town == "Charleroi"
    assert nearest.to("75001", edition) == ()


def test_a_point_of_another_edition_or_whose_days_are_over_is_not_named() -> None:
    make_point()
    today = local_day(now())
    past = make_edition(opens_on=date(2020, 1, 1), letters_back_by=today - timedelta(days=1))
    assert NearestPoints(today).to("5000", past) == ()
    assert lookup.open_points(today + timedelta(days=31)) == []
