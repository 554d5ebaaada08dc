"""Orders are compared by the number of their school; what was typed by hand is found in the directory."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from orders.database import db, transact
from orders.ordering.followup import institutions
from orders.ordering.lifecycle import changing
from orders.ordering.models import Order, OrderStatus
from orders.ordering.request.order_form_values import version
from orders.ordering.review.duplicates import LooksRepeated
from orders.staff.models import AuditEntry
from tests.directory.lists import row, take_over
from tests.factories import BY, NOW, allow, make_edition, make_order, make_request

PARK: dict[str, Any] = {"street": "Avenue du Parc", "number": "27", "postcode": "1160", "town": "Auderghem"}
BRIDGE: dict[str, Any] = {"street": "Rue du Pont", "number": "1", "postcode": "1160", "town": "Auderghem"}
SCHOOL: dict[str, Any] = {"audience": "school", "organisation": "AR d’Auderghem"}
_TOWN: dict[str, Any] = {"postcode": "1160", "town": "Auderghem"}
ROWS = (
    row(1, "ATHENEE ROYAL D'AUDERGHEM"),
    row(2, "Ecole communale Les Marronniers", address="Rue du Pont 1"),
    row(3, "Ecole communale Les Marronniers", address="Rue du Lac 5", school=2),
)


@pytest.fixture(autouse=True)
def directory(app_context: Flask, tmp_path: Path) -> None:
    """An open edition, and three places in the directory, two of them of one school."""
    make_edition(shelf=1000)
    take_over(tmp_path, *ROWS)


def _matched(order: Order) -> tuple[str | None, bool]:
    return order.institution, order.institution_unsure


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({**SCHOOL, **PARK}, ("1", False)),
        ({**SCHOOL, **PARK, "street": "av. du parc", "number": "27/2"}, ("1", False)),
        ({**SCHOOL, **BRIDGE}, (None, True)),  # the name of one place, at the house of another
        ({**SCHOOL, **PARK, "street": "Rue Haute"}, (None, True)),  # delivered elsewhere
        ({**SCHOOL, **PARK, "organisation": "Le Phare"}, (None, True)),  # the house, with another name
        ({**SCHOOL, **BRIDGE, "organisation": "éc. com. Les Maronniers"}, ("2", False)),
        ({**SCHOOL, "organisation": "Les Marronniers", "postcode": "1160", "town": "Auderghem"}, (None, True)),
        ({**SCHOOL, **PARK, "postcode": "1170"}, (None, False)),
        ({**SCHOOL, "organisation": "Institut Saint-Joseph", "postcode": "1160", "town": "Auderghem"}, (None, False)),
        ({**PARK, "organisation": "AR d’Auderghem", "audience": "family"}, (None, False)),
        ({**SCHOOL, **BRIDGE, "institution": "1"}, ("1", False)),  # chosen, and delivered elsewhere
    ],
)
def test_what_was_typed_is_found_where_its_name_and_street_fit_one_place(
    typed: dict[str, Any], expected: tuple[str | None, bool]
) -> None:
    assert _matched(make_order(**typed)) == expected


def test_the_same_number_is_the_same_school_wherever_it_is_delivered_and_however_it_is_called() -> None:
    make_order(**SCHOOL, **PARK)
    with pytest.raises(LooksRepeated):
        make_order(audience="school", organisation="Pour M. Dupont", postcode="5000", town="Namur", institution="1")


def test_two_places_of_one_school_are_two_orderers_also_for_one_e_mail_address() -> None:
    allow("school", review_above=30, maximum=40)
    sender: dict[str, Any] = {
        "audience": "school",
        "organisation": "École Les Marronniers",
        "email": "marie@example.org",
    }
    first = make_order(lines={"MAN26": 30}, institution="2", **sender, **BRIDGE)
    second = make_order(lines={"MAN26": 30}, institution="3", **sender, **{**BRIDGE, "street": "Rue du Lac"})
    assert (first.status, second.status) == (OrderStatus.READY, OrderStatus.READY)
    third = {**sender, **PARK, "email": "paul@example.org", "institution": "2", "confirmed": frozenset({"repeat"})}
    assert make_order(lines={"MAN26": 1}, **third).review_reasons == ["allowance", "repeat"]


def test_copies_to_one_house_count_together_whatever_number_they_bear() -> None:
    allow("school", review_above=30, maximum=40)
    make_order(lines={"MAN26": 30}, institution="2", audience="school", **BRIDGE)
    again = make_order(
        lines={"MAN26": 1}, institution="3", audience="school", confirmed=frozenset({"repeat"}), **BRIDGE
    )
    assert "allowance" in again.review_reasons


def test_the_office_says_which_school_it_is() -> None:
    order = make_order(**SCHOOL, **BRIDGE)
    assert [each.reference for each in institutions.unsure_orders(1)] == [order.reference]
    transact(institutions.choose, order.reference, "1", at=NOW, by=BY)
    assert (_matched(order), institutions.count_unsure()) == (("1", False), 0)
    assert db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first().after == {"fields": ["institution"]}  # type: ignore[union-attr]


def test_the_office_says_that_it_is_none_and_is_not_asked_again_by_a_change() -> None:
    order = make_order(**SCHOOL, **BRIDGE)
    with pytest.raises(institutions.NoSuchPlace):
        transact(institutions.choose, order.reference, "99", at=NOW, by=BY)
    transact(institutions.dismiss, order.reference, at=NOW, by=BY)
    changed = make_request(lines={"MAN26": 2}, **SCHOOL, **BRIDGE)
    transact(changing.change, order.reference, changed, version=version(order), at=NOW, by=BY)
    assert _matched(order) == (None, False)


def test_an_order_that_goes_elsewhere_now_is_looked_up_again() -> None:
    order = make_order(**SCHOOL, **BRIDGE)
    changed = make_request(lines={"MAN26": 1}, **SCHOOL, **PARK)
    transact(changing.change, order.reference, changed, version=version(order), at=NOW, by=BY)
    assert _matched(order) == ("1", False)


def test_a_newer_list_finds_orders_that_were_there_before(tmp_path: Path) -> None:
    order = make_order(audience="school", organisation="École du Lac", street="Rue du Lac", number="9", **_TOWN)
    unsure = make_order(audience="school", organisation="Le Phare", street="Rue du Lac", number="10", **_TOWN)
    at_home = make_order(organisation="", street="Rue du Lac", number="9", **_TOWN)
    assert _matched(order) == (None, False)
    take_over(tmp_path, *ROWS, row(4, "Ecole du Lac", address="Rue du Lac 9"), row(5, "Vivre", address="Rue du Lac 10"))
    assert institutions.recognise_earlier(transact, at=NOW, by=BY) == 1
    assert [_matched(each) for each in (order, unsure, at_home)] == [("4", False), (None, True), (None, False)]
    assert institutions.recognise_earlier(transact, at=NOW, by=BY) == 0
