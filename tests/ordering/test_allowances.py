"""How many copies one orderer may have over a whole edition."""

from typing import Any

import pytest
from flask import Flask

from orders.catalogue.models import Audience
from orders.database import transact
from orders.ordering.lifecycle import approval, cancellation
from orders.ordering.models import Order, OrderStatus
from orders.ordering.review.allowances import OverAllowance
from orders.wording import sentence
from tests.factories import BY, NOW, allow, make_edition, make_order

MARIE: dict[str, Any] = {
    "email": "marie@example.org",
    "street": "Rue Haute",
    "number": "7",
    "box": "2",
    "postcode": "5590",
}


@pytest.fixture
def limited(house: Flask) -> Flask:
    make_edition(shelf=1000)
    allow(Audience.FAMILY, review_above=5, maximum=10)
    allow(Audience.SCHOOL, review_above=150, maximum=400)
    return house


def refused(**order: object) -> list[tuple[str, int, int]]:
    """Of each excess: code, what the orderer has already, and what is still possible."""
    with pytest.raises(OverAllowance) as said:
        make_order(**order)  # type: ignore[arg-type]
    return [(each.code, each.already, each.still) for each in said.value.excesses]


@pytest.mark.parametrize(
    ("copies", "status"), [(5, OrderStatus.READY), (6, OrderStatus.PENDING), (10, OrderStatus.PENDING)]
)
def test_up_to_the_first_line_it_goes_and_up_to_the_second_a_coordinator_decides(
    limited: Flask, copies: int, status: OrderStatus
) -> None:
    order = make_order(lines={"MAN26": copies})
    assert order.status is status
    assert order.review_reasons == (["allowance"] if status is OrderStatus.PENDING else [])
    assert order.lines[0].reserved == (copies if status is OrderStatus.READY else 0)


def test_over_the_maximum_every_publication_is_named_with_what_is_still_possible(limited: Flask) -> None:
    assert refused(lines={"MAN26": 11, "LIV26": 12}) == [("MAN26", 0, 10), ("LIV26", 0, 10)]


@pytest.mark.parametrize(
    "again",
    [
        {"email": "Marie+livres@Example.ORG"},
        {"email": "MARIÉ@example.org"},
        {"street": "RUE HAUTE", "number": "7", "box": "bte 2", "postcode": "5590"},
        {"street": "rue haute", "number": "7/2", "postcode": "5590"},
    ],
)
def test_the_same_orderer_is_known_by_e_mail_or_address_however_written(limited: Flask, again: dict[str, Any]) -> None:
    make_order(lines={"MAN26": 8}, **MARIE)
    assert refused(lines={"MAN26": 3}, **again) == [("MAN26", 8, 2)]


def test_another_orderer_has_an_allowance_of_their_own(limited: Flask) -> None:
    make_order(lines={"MAN26": 8}, **MARIE)
    other = make_order(lines={"MAN26": 5}, street="Rue Haute", number="7", box="3", postcode="5590")
    assert other.status is OrderStatus.READY


def test_each_audience_and_publication_has_its_own_line(limited: Flask) -> None:
    assert make_order(lines={"MAN26": 150}, audience=Audience.SCHOOL).status is OrderStatus.READY
    assert make_order(lines={"MAN26": 5, "LIV26": 5}).status is OrderStatus.READY
    assert make_order(lines={"MAN26": 999}, audience=Audience.LIBRARY).status is OrderStatus.READY


def test_what_is_called_off_or_refused_no_longer_counts(limited: Flask) -> None:
    first = make_order(lines={"MAN26": 10}, **MARIE)
    transact(approval.reject, first.reference, "Trop", at=NOW, by=BY)
    second = make_order(lines={"MAN26": 5}, **MARIE)
    assert second.status is OrderStatus.READY
    transact(cancellation.cancel, second.reference, at=NOW, by=BY)
    third = make_order(lines={"MAN26": 5}, **MARIE)
    assert third.status is OrderStatus.READY


def test_fewer_copies_granted_leave_room_for_others(limited: Flask) -> None:
    first = make_order(lines={"MAN26": 10}, **MARIE)
    transact(approval.accept, first.reference, at=NOW, by=BY, copies={"MAN26": 4})
    assert refused(lines={"MAN26": 7}, **MARIE) == [("MAN26", 4, 6)]


def test_copies_sent_before_pli_count_and_are_never_too_many_themselves(limited: Flask) -> None:
    before = make_order(lines={"MAN26": 40}, sent_before_pli=True, **MARIE)
    assert before.status is OrderStatus.SENT
    assert refused(lines={"MAN26": 1}, **MARIE) == [("MAN26", 40, 0)]


def test_an_allowance_lowered_below_what_somebody_has_leaves_them_what_they_have(limited: Flask) -> None:
    order = make_order(lines={"MAN26": 5}, **MARIE)
    allow(Audience.FAMILY, review_above=1, maximum=2)
    assert refused(lines={"MAN26": 1}, **MARIE) == [("MAN26", 5, 0)]
    assert (order.status, order.lines[0].reserved) == (OrderStatus.READY, 5)


def test_the_refusal_says_how_many_are_still_possible(limited: Flask) -> None:
    make_order(lines={"MAN26": 8}, **MARIE)
    for copies, said in ((3, "encore en commander 2"), (9, "encore en commander 2")):
        with pytest.raises(OverAllowance) as over:
            make_order(lines={"MAN26": copies}, **MARIE)
        assert said in sentence(over.value)


def test_an_edition_counts_for_itself(limited: Flask) -> None:
    make_order(lines={"MAN26": 10}, **MARIE)
    make_edition(year=2027, shelf=100)
    allow(Audience.FAMILY, review_above=5, maximum=10, codes=["MAN27", "LIV27"])
    order: Order = make_order(lines={"MAN27": 5}, **MARIE)
    assert order.status is OrderStatus.READY
