"""The file for the carrier: boxes only, one row each."""

import csv
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from orders.database import transact
from orders.ordering.lifecycle import approval
from orders.shipping.carrier.manifest import NothingForCarrier, carrier_file
from orders.shipping.dispatches import lifecycle, repacking
from orders.shipping.models import Dispatch, DispatchEnded
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

HERE: dict[str, Any] = {"street": "Rue de la Senne", "number": "32", "postcode": "5590", "town": "Ciney"}


@pytest.fixture(autouse=True)
def edition(app_context: Flask) -> None:
    make_edition(shelf=2_000)


def rows(dispatch: Dispatch) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(carrier_file(dispatch)), delimiter=";"))


def test_boxes_are_handed_to_the_carrier_and_letters_are_not() -> None:
    letter, box = make_order(), make_order(lines={"MAN26": 60}, name="Zoé Exemple", phone="+32475123456")
    dispatch = make_dispatch(letter, box)
    (row,) = rows(dispatch)
    (sequence,) = [each.sequence for each in dispatch.parcels if each.orders == [box]]
    assert (row["Name"], row["Contact Phone"]) == ("Zoé Exemple", "0032475123456")
    assert row["Customer Reference"] == f"{box.reference}-{sequence}"
    assert row["Weight"] == str(60 * 59 + 600 + 5)
    with pytest.raises(NothingForCarrier):
        carrier_file(make_dispatch(make_order()))


def test_a_weight_is_rounded_up_to_grams() -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 60}))
    dispatch.parcels[0].weight_mg += 1
    assert rows(dispatch)[0]["Weight"] == str(60 * 59 + 600 + 5 + 1)


def test_a_box_of_two_orders_bears_the_first_one() -> None:
    first = make_order(lines={"MAN26": 40}, **HERE)
    second = transact(approval.accept, make_order(lines={"MAN26": 30}, **HERE).reference, at=NOW, by=BY)
    dispatch = make_dispatch(first, second)
    transact(repacking.share, dispatch.id, 1, version=dispatch.version, at=NOW, by=BY)
    assert [row["Customer Reference"] for row in rows(dispatch)] == [f"{first.reference}-1"]


def test_there_is_a_file_until_the_dispatch_is_undone() -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 60}))
    assert len(rows(dispatch)) == 1
    transact(lifecycle.undo, dispatch.id, at=NOW, by=BY)
    with pytest.raises(DispatchEnded):
        carrier_file(dispatch)
