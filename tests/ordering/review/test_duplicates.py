"""Orders that look as if they had been placed before: asked about, decided by a coordinator, told to no stranger."""

import pytest
from flask import Flask

from orders.database import transact
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order, OrderStatus
from orders.ordering.review.duplicates import LooksRepeated
from tests.factories import BY, NOW, make_edition, make_order

ATHENEE = {"audience": "school", "organisation": "Athénée Royal de Namur", "postcode": "5000"}
AGAIN = {**ATHENEE, "organisation": "AR Namur"}
ELSEWHERE = {**ATHENEE, "organisation": "AR Namur", "postcode": "5100"}
YES = frozenset({"repeat"})


@pytest.fixture
def edition(app_context: Flask) -> Flask:
    make_edition(shelf=1000)
    return app_context


def place(**order: object) -> Order:
    return make_order(**order)  # type: ignore[arg-type]


def test_the_same_school_is_asked_first_and_sees_day_and_copies_only(edition: Flask) -> None:
    first = place(lines={"MAN26": 24, "LIV26": 3}, **ATHENEE)
    with pytest.raises(LooksRepeated) as said:
        place(lines={"MAN26": 12}, **AGAIN)
    (repeat,) = said.value.repeats
    assert repeat.placed_at == first.placed_at
    assert {each.code: copies for each, copies in repeat.copies.items()} == {"MAN26": 24, "LIV26": 3}


def test_with_a_reason_it_goes_on_and_a_coordinator_decides(edition: Flask) -> None:
    place(**ATHENEE)
    again = place(confirmed=YES, reason="pour les 5e", **AGAIN)
    assert (again.status, again.review_reasons) == (OrderStatus.PENDING, ["repeat"])
    assert again.repeat_reason == "pour les 5e"
    assert again.lines[0].reserved == 0


def test_another_school_or_the_same_name_elsewhere_is_no_repeat(edition: Flask) -> None:
    place(**ATHENEE)
    assert place(**ELSEWHERE).status is OrderStatus.READY
    assert place(**{**ATHENEE, "organisation": "École du Parc"}).status is OrderStatus.READY


def test_the_same_house_is_asked_whatever_the_organisation_is_called(edition: Flask) -> None:
    house = {"street": "Rue du Parc", "number": "4", "postcode": "5000"}
    place(audience="group", **house)
    with pytest.raises(LooksRepeated):
        place(audience="library", **{**house, "street": "RUE DU PARC"})


def test_an_e_mail_alone_is_flagged_and_shown_to_nobody(edition: Flask) -> None:
    place(audience="school", email="prof@example.org")
    again = place(audience="school", email="Prof@example.org")
    assert (again.status, again.review_reasons) == (OrderStatus.PENDING, ["repeat"])


@pytest.mark.parametrize("audience", ["family", "school"])
def test_nobody_is_told_that_a_family_ordered(edition: Flask, audience: str) -> None:
    home = {"street": "Rue du Parc", "number": "4", "postcode": "5000"}
    place(audience="family", **home)
    assert place(audience=audience, **home).review_reasons == ["repeat"]


def test_a_family_is_never_asked(edition: Flask) -> None:
    home = {"street": "Rue du Parc", "number": "4", "postcode": "5000"}
    place(**ATHENEE, street="Rue du Parc", number="4")
    assert place(audience="family", **home).review_reasons == ["repeat"]


def test_what_was_called_off_is_no_repeat(edition: Flask) -> None:
    first = place(**ATHENEE)
    transact(cancellation.cancel, first.reference, at=NOW, by=BY)
    assert place(**AGAIN).status is OrderStatus.READY


def test_an_order_sent_before_pli_is_one_to_ask_about(edition: Flask) -> None:
    place(sent_before_pli=True, **ATHENEE)
    with pytest.raises(LooksRepeated):
        place(**AGAIN)


def test_last_years_order_is_no_repeat(edition: Flask) -> None:
    place(**ATHENEE)
    make_edition(year=2027)
    assert place(lines={"MAN27": 1}, **AGAIN).status is OrderStatus.READY
