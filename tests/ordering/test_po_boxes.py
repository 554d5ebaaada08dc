"""A letter may go to a PO box, a parcel may not: whoever types the order, and whatever it grows to."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from orders.database import db, transact
from orders.ordering import repository
from orders.ordering.files import importing
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import approval, changing
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import filter_from
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.refusals import ParcelToPoBox
from orders.ordering.request import order_form_values
from orders.ordering.request.order_request import check
from orders.packing.models import PostKind
from orders.shipping.dispatches import creation, lifecycle, repacking
from tests.factories import AUDIENCES, BY, NOW, make_dispatch, make_edition, make_order, make_request

PO_BOX: dict[str, Any] = {"street": "", "number": "", "building": "BP 39", "postcode": "5590", "town": "Ciney"}
LETTER, PARCEL = {"MAN26": 24}, {"MAN26": 25}
TYPED = {"audience": "family", "name": "Zoé", "postcode": "5590", "town": "Ciney", "email": "zoe@example.org"}


@pytest.fixture(autouse=True)
def edition(app_context: Flask) -> None:
    make_edition(shelf=2_000)


@pytest.mark.parametrize(
    "fields",
    [
        {"street": "BP 39", "number": ""},
        {"street": "BP", "number": "39"},
        {"street": "", "number": "BP 39"},
        {"street": "", "number": "", "box": "BP 39"},
        {"street": "", "number": "", "building": "BP 39"},
    ],
)
def test_every_door_keeps_a_po_box_out_of_street_and_number(fields: dict[str, str]) -> None:
    request, problems = check({**TYPED, "copies-MAN26": "1", **fields}, ["MAN26"], AUDIENCES)
    assert request is not None, problems
    address = request.address
    assert (address.street, address.number, address.box, address.building) == ("", "", "", "BP 39")


def test_a_letter_goes_to_a_po_box_and_is_found_by_it() -> None:
    order = make_order(lines=LETTER, **PO_BOX)
    assert order.status is OrderStatus.READY
    assert search.find(filter_from({"q": "BP 39"})) == [order]
    (parcel,) = lifecycle.parcels_of(make_dispatch(order))
    assert parcel.kind is PostKind.LETTER


def test_a_parcel_to_a_po_box_is_refused_unless_it_is_fetched_or_has_gone() -> None:
    with pytest.raises(ParcelToPoBox):
        make_order(lines=PARCEL, **PO_BOX)
    assert make_order(lines=PARCEL, delivery=Delivery.PICKUP, **PO_BOX).status is OrderStatus.READY
    assert make_order(lines=PARCEL, sent_before_pli=True, **PO_BOX).status is OrderStatus.SENT


def test_two_po_boxes_of_one_place_are_two_addresses() -> None:
    first, second = (make_order(**PO_BOX | {"building": f"BP {number}"}) for number in (39, 40))
    assert first.address_key != second.address_key
    assert second.status is OrderStatus.READY


@pytest.mark.parametrize(
    ("lines", "fields"), [(PARCEL, {}), (LETTER | {"LIV26": 400}, {}), (PARCEL, {"building": "Postbus 40"})]
)
def test_an_order_that_grows_from_a_letter_to_a_parcel_keeps_what_it_was(
    lines: dict[str, int], fields: dict[str, str]
) -> None:
    order = make_order(lines=LETTER, **PO_BOX)
    request = make_request(lines=lines, **PO_BOX | fields)
    with pytest.raises(ParcelToPoBox):
        change(order, request)
    assert [line.copies for line in repository.get_order(order.reference).lines] == [24]


def test_with_a_street_or_as_a_pickup_it_may_grow() -> None:
    order = make_order(lines=LETTER, **PO_BOX)
    change(order, make_request(lines=PARCEL, delivery=Delivery.PICKUP, **PO_BOX))
    change(order, make_request(lines=PARCEL, street="Rue Haute", number="12", building="BP 39"))
    assert order.address.lines()[1:3] == ("BP 39", "Rue Haute 12")


def test_a_parcel_that_came_back_is_not_sent_to_a_po_box() -> None:
    order = make_order(lines=PARCEL)
    dispatch = make_dispatch(order)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    transact(returned_orders.take_back, order.reference, at=NOW, by=BY)
    there = make_request(**PO_BOX).address
    with pytest.raises(ParcelToPoBox):
        transact(returned_orders.correct_address, order.reference, there, phone="", at=NOW, by=BY)


def test_letters_to_one_po_box_are_not_put_into_one_parcel() -> None:
    first, pending = (make_order(lines=LETTER, **PO_BOX) for _ in range(2))
    dispatch = make_dispatch(first, transact(approval.accept, pending.reference, at=NOW, by=BY))
    with pytest.raises(ParcelToPoBox):
        transact(repacking.share, dispatch.id, 1, version=dispatch.version, at=NOW, by=BY)


def test_what_no_longer_is_a_letter_is_named_when_a_dispatch_is_made() -> None:
    order = make_order(lines=LETTER, **PO_BOX)
    order.lines[0].publication.unit_weight_mg *= 2
    db.session.commit()
    with pytest.raises(ParcelToPoBox) as refused:
        transact(creation.make, [order.reference], at=NOW, by=BY)
    assert refused.value.references == [order.reference]


def test_a_file_names_the_rows_that_would_be_parcels_to_a_po_box(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "audience;name;street;number;box;postcode;town;email;MAN26\n"
        "family;Zoé;Rue Haute 12 BP 39;;;5590;Ciney;a@example.org;25\n"
        "family;Zoé;BP 39;;;5590;Ciney;b@example.org;25\n"
        "family;Zoé;;;Postbus 39;5590;Ciney;c@example.org;24\n",
        encoding="utf-8",
    )
    checked = importing.check_file(file, at=NOW)
    assert [(each.line, type(each.problem)) for each in checked.problems] == [(3, ParcelToPoBox)]
    assert [(row.line, request.address.lines()[1:]) for row, request in checked.good] == [
        (2, ("BP 39", "Rue Haute 12", "5590 CINEY")),
        (4, ("Postbus 39", "5590 CINEY")),
    ]


def change(order: Order, request: Any) -> None:
    version = order_form_values.version(order)
    transact(changing.change, order.reference, request, version=version, at=NOW, by=BY)
