"""How many copies one orderer may have over a whole edition."""

from typing import Any

import pytest
from flask import Flask

from orders.database import transact
from orders.ordering.lifecycle import approval, cancellation, changing, placing
from orders.ordering.models import Order, OrderStatus
from orders.ordering.request.order_form_values import version
from orders.ordering.review.allowances import OverAllowance
from orders.staff.journal import Actor
from orders.wording import sentence
from tests.factories import AUDIENCES, BY, NOW, allow, make_edition, make_order, make_request

WEB = Actor("web")

MARIE: dict[str, Any] = {
    "email": "marie@example.org",
    "street": "Rue Haute",
    "number": "7",
    "box": "2",
    "postcode": "5590",
}


@pytest.fixture
def limited(app_context: Flask) -> Flask:
    make_edition(shelf=1000)
    allow("family", review_above=5, maximum=10)
    allow("school", review_above=150, maximum=400)
    return app_context


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
    assert make_order(lines={"MAN26": 150}, audience="school").status is OrderStatus.READY
    assert make_order(lines={"MAN26": 5, "LIV26": 5}).status is OrderStatus.READY
    assert make_order(lines={"MAN26": 999}, audience="library").status is OrderStatus.READY


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
    allow("family", review_above=1, maximum=2)
    assert refused(lines={"MAN26": 1}, **MARIE) == [("MAN26", 5, 0)]
    assert (order.status, order.lines[0].reserved) == (OrderStatus.READY, 5)


def test_the_office_reads_how_many_are_still_possible_and_a_stranger_only_the_maximum(limited: Flask) -> None:
    make_order(lines={"MAN26": 8}, **MARIE)
    with pytest.raises(OverAllowance) as over:
        make_order(lines={"MAN26": 3}, **MARIE)
    assert "8 sont déjà dans d’autres commandes, 2 encore possibles" in sentence(over.value)
    with pytest.raises(OverAllowance) as over:
        transact(placing.place, make_request(lines={"MAN26": 11}, **MARIE), at=NOW, by=WEB)
    assert "Au plus 10 par personne" in sentence(over.value)
    assert "8" not in sentence(over.value)


@pytest.mark.parametrize("audience", [each.code for each in AUDIENCES])
def test_the_public_form_refuses_only_what_is_too_much_by_itself(limited: Flask, audience: str) -> None:
    """So that nobody learns from it what an e-mail address or an address that is not theirs has ordered."""
    allow(audience, review_above=5, maximum=10)
    make_order(lines={"MAN26": 8}, **MARIE, audience=audience)
    for where in ({"email": MARIE["email"]}, {each: MARIE[each] for each in ("street", "number", "box", "postcode")}):
        asks = {"lines": {"MAN26": 10}, "audience": audience, "confirmed": frozenset({"repeat"}), **where}
        order = transact(placing.place, make_request(**asks), at=NOW, by=WEB)
        assert (order.status, order.lines[0].reserved) == (OrderStatus.PENDING, 0)
        with pytest.raises(OverAllowance) as said:
            transact(placing.place, make_request(**asks | {"lines": {"MAN26": 11}}), at=NOW, by=WEB)
        assert [(each.already, each.maximum) for each in said.value.excesses] == [(0, 10)]


def test_who_changes_an_order_does_not_learn_what_others_have_either(limited: Flask) -> None:
    make_order(lines={"MAN26": 8}, **MARIE)
    mine = make_order(lines={"MAN26": 1}, email=MARIE["email"])
    request = make_request(lines={"MAN26": 10}, email=MARIE["email"])
    transact(changing.change, mine.reference, request, version=version(mine), at=NOW, by=WEB)
    assert (mine.status, mine.lines[0].copies) == (OrderStatus.PENDING, 10)


def test_a_coordinator_grants_no_more_than_the_accepted_orders_leave(limited: Flask) -> None:
    make_order(lines={"MAN26": 5}, **MARIE)
    asks = {"lines": {"MAN26": 9, "LIV26": 2}, "confirmed": frozenset({"repeat"})}
    first, second = (transact(placing.place, make_request(**MARIE | asks), at=NOW, by=WEB) for _ in range(2))
    with pytest.raises(OverAllowance) as said:
        transact(approval.accept, first.reference, at=NOW, by=BY)
    assert [(each.code, each.already, each.still) for each in said.value.excesses] == [("MAN26", 5, 5)]
    assert first.status is OrderStatus.PENDING
    transact(approval.accept, first.reference, at=NOW, by=BY, copies={"MAN26": 5})
    with pytest.raises(OverAllowance):
        transact(approval.accept, second.reference, at=NOW, by=BY, copies={"MAN26": 1, "LIV26": 0})
    transact(approval.accept, second.reference, at=NOW, by=BY, copies={"MAN26": 0, "LIV26": 2})


def test_an_edition_counts_for_itself(limited: Flask) -> None:
    make_order(lines={"MAN26": 10}, **MARIE)
    make_edition(year=2027, shelf=100)
    allow("family", review_above=5, maximum=10, codes=["MAN27", "LIV27"])
    order: Order = make_order(lines={"MAN27": 5}, **MARIE)
    assert order.status is OrderStatus.READY
