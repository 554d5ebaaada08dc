"""Next year's edition from this year's: looked at first, carried out whole, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.catalogue import edition_lookup
from orders.catalogue.edition_input import ContentProblem, ImpossibleContent, content_of_publication
from orders.catalogue.models import Edition
from orders.database import db, transact
from orders.mail import signed_links
from orders.ordering import repository
from orders.ordering.lifecycle import cancellation, fulfilment
from orders.ordering.models import Delivery, Order
from orders.ordering.refusals import UnknownOrder
from orders.ordering.season import page_links, rollover
from orders.ordering.season.rollover import Plan
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.stock import ledger
from orders.stock.balances import copies_by_place
from orders.stock.models import Movement, Place, Reason
from tests.factories import BY, NOW, allow, make_edition, make_order, receive

LEAVING = {"MAN26": {"sample": 5, "recycle": 60, "give": 20}}


def plan(**changes: object) -> Plan:
    return replace(rollover.propose(edition_lookup.get_edition(2026), at=NOW), **{"leaving": LEAVING, **changes})  # type: ignore[arg-type]


def carry_out(wanted: Plan, **more: str) -> Edition:
    return transact(rollover.roll_over, 2026, wanted, at=NOW, by=BY, **more)


def test_what_is_proposed_is_the_same_a_year_later(app_context: Flask) -> None:
    make_edition(opens_on=date(2024, 2, 29), closes_on=date(2027, 1, 31))
    proposed = rollover.propose(edition_lookup.get_edition(2026), at=NOW)
    assert (proposed.year, proposed.edition.title) == (2027, "Marathon des lettres 2027")
    assert (proposed.edition.opens_on, proposed.edition.closes_on) == (date(2025, 2, 28), date(2028, 1, 31))
    assert proposed.codes == {"MAN26": "MAN27", "LIV26": "LIV27"}


def test_looking_changes_nothing(app_context: Flask) -> None:
    make_edition()
    outlook = rollover.preview(2026, plan())
    assert [(each.shelf, each.stays) for each in outlook.leftovers] == [(100, 15), (100, 100)]
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 1
    assert ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF) == 100


def test_publications_and_their_allowances_are_copied_and_copies_leave_for_their_reasons(app_context: Flask) -> None:
    make_edition(title_translations={"nl": "Schrijfmarathon 2026"}, front_text_translations={"nl": "Dit jaar"})
    allow("school", review_above=33, maximum=44)
    new = carry_out(plan(codes={"MAN26": "MAN27", "LIV26": ""}))
    assert (new.title_translations, new.front_text_translations) == ({"nl": "Schrijfmarathon 2027"}, {})
    [copied] = new.publications
    old = edition_lookup.get_publication("MAN26")
    assert content_of_publication(copied) == content_of_publication(old)
    school = copied.allowance_of("school")
    assert school is not None
    assert (school.review_above, school.maximum) == (33, 44)
    assert copied.allowance_of("family") is None
    places = copies_by_place([old.id, copied.id])
    assert (places[old.id][Place.SHELF], places[old.id][Place.LOST], places[copied.id][Place.SHELF]) == (15, 85, 0)
    reasons = dict(
        db.session.execute(select(Movement.reason, Movement.copies).where(Movement.publication_id == old.id)).all()
    )
    assert reasons == {Reason.DELIVERY: 100, Reason.SAMPLE: 5, Reason.RECYCLED: 60, Reason.GIFT: 20}


def test_all_copies_may_leave_for_one_reason_and_none_for_another(app_context: Flask) -> None:
    make_edition()
    carry_out(plan(leaving={"MAN26": {"sample": 0, "recycle": 100, "give": 0}}))
    assert ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF) == 0


def test_the_same_submission_makes_one_edition(app_context: Flask) -> None:
    make_edition()
    first = carry_out(plan(), submission="key").id
    assert carry_out(plan(), submission="key").id == first
    assert ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF) == 15


def test_with_other_copies_on_the_shelf_it_is_asked_again(app_context: Flask) -> None:
    make_edition()
    seen = mark(rollover.preview(2026, plan()).situation)
    receive("MAN26", 1)
    with pytest.raises(ChangedMeanwhile):
        carry_out(plan(), seen=seen)
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 1
    carry_out(plan(), seen=mark(rollover.preview(2026, plan()).situation))


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"leaving": {"MAN26": {"sample": 101}}}, "sample-MAN26", ContentProblem.RANGE),
        ({"leaving": {"MAN26": {"sample": 60, "recycle": 41}}}, "recycle-MAN26", ContentProblem.RANGE),
        ({"leaving": {"LIV26": {"give": -1}}}, "give-LIV26", ContentProblem.RANGE),
        ({"codes": {"MAN26": "MAN26"}}, "code-MAN26", ContentProblem.TAKEN),
        ({"codes": {"MAN26": "manuel"}}, "code-MAN26", ContentProblem.MALFORMED_CODE),
        ({"year": 2026}, "year", ContentProblem.TAKEN),
        ({"year": 10**12}, "year", ContentProblem.RANGE),
    ],
)
def test_a_plan_that_cannot_be_is_refused_whole(
    app_context: Flask, changes: dict[str, object], field: str, problem: ContentProblem
) -> None:
    make_edition()
    with pytest.raises(ImpossibleContent) as refused:
        carry_out(plan(**changes))
    assert [(fault.field, fault.problem) for fault in refused.value.faults] == [(field, problem)]
    assert ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF) == 100


def test_two_publications_cannot_have_one_new_code(app_context: Flask) -> None:
    make_edition()
    with pytest.raises(ImpossibleContent) as refused:
        carry_out(plan(codes={"MAN26": "NEW27", "LIV26": "NEW27"}))
    assert {fault.field for fault in refused.value.faults} == {"code-MAN26", "code-LIV26"}


def test_links_of_orders_that_are_over_open_nothing_any_more_and_the_others_still_do(app_context: Flask) -> None:
    make_edition()
    over, still_open = make_order(), make_order()
    transact(cancellation.cancel, over.reference, at=NOW, by=BY)
    tokens = [signed_links.token(each.reference, each.link_nonce) for each in (over, still_open)]
    carry_out(plan(closes_links=True))
    with pytest.raises(UnknownOrder):
        repository.get_order_by_link(tokens[0])
    assert repository.get_order_by_link(tokens[1]).reference == still_open.reference
    assert db.session.scalar(select(func.count()).select_from(Order)) == 2


def test_links_are_kept_until_sixty_days_after_the_last_parcel_of_a_closed_edition_that_owes_nothing(
    app_context: Flask,
) -> None:
    edition = make_edition(closes_on=NOW.date())
    order = make_order(delivery=Delivery.PICKUP)
    tomorrow = NOW + timedelta(days=1)

    def use(days: int) -> page_links.LinkUse:
        return page_links.link_use(edition, at=NOW + timedelta(days=days))

    assert use(0).orders_until == NOW.date()
    assert (use(1).orders_until, use(1).unfinished, use(1).is_over) == (None, 1, False)
    transact(fulfilment.hand_over, order.reference, at=tomorrow, by=BY)
    assert (use(1).over, use(1).unfinished, use(1).last_parcel) == (1, 0, tomorrow.date())
    assert [use(days).is_over for days in (1, 61, 62)] == [False, False, True]
    assert [rollover.propose(edition, at=NOW + timedelta(days=days)).closes_links for days in (61, 62)] == [False, True]
