"""The table of packagings and rates: its first values, and what cannot be written into it."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from orders.database import db, transact
from orders.packing import first_prices
from orders.packing.models import (
    ImpossiblePackaging,
    ImpossibleSteps,
    OutOfRange,
    Packaging,
    PostageRate,
    PostKind,
    StepFault,
    StepProblem,
    UnknownPackaging,
)
from orders.packing.postage import quote
from orders.packing.tariff import (
    MOST_PRICE_CENTS,
    PackagingSizes,
    Step,
    change_packaging,
    change_rates,
    get_packaging,
    packaging_faults,
    piles_side_by_side,
    read_tariff,
    sizes_of,
    step_faults,
    steps_of,
)
from orders.staff.models import AuditEntry
from tests.factories import BY, NOW
from tests.packing.packagings import BOX, C4, C5, FIRST, LETTER_STEPS, PARCEL_STEPS, manuals
from tests.races.threads import complaints, held_open, is_over_or_held_up, start

PARCELS = [Step(2_000, 590), Step(10_000, None), Step(30_000, 1_990)]


def journal() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_a_new_installation_has_the_first_packagings_and_steps_without_prices(app_context: Flask) -> None:
    tariff = read_tariff()
    assert [each.code for each in tariff.packagings] == ["C5", "C4", "BOX"]
    for kept, first in zip(tariff.packagings, FIRST, strict=True):
        assert (sizes_of(kept), kept.can_be_letter) == (sizes_of(first), first.can_be_letter)
    steps = {kind: tuple(rate.up_to_g for rate in tariff.rates if rate.kind is kind) for kind in PostKind}
    assert steps == {PostKind.LETTER: LETTER_STEPS, PostKind.PARCEL: PARCEL_STEPS}
    assert {rate.price_cents for rate in tariff.rates} == {None}


def test_the_first_values_break_none_of_the_rules(app_context: Flask) -> None:
    tariff = read_tariff()
    assert [packaging_faults(each.kind, sizes_of(each)) for each in tariff.packagings] == [(), (), ()]
    for kind in PostKind:
        steps = [Step(rate.up_to_g, rate.price_cents) for rate in tariff.rates if rate.kind is kind]
        assert step_faults(kind, steps) == ()


def test_an_envelope_that_was_weighed_gets_its_real_weight(app_context: Flask) -> None:
    heavier = replace(sizes_of(get_packaging("C4")), empty_weight_mg=43_000)
    transact(change_packaging, "C4", heavier, at=NOW, by=BY)
    assert quote([manuals(24)]).weight_g == 24 * 59 + 43 + 5
    [entry] = journal()
    assert (entry.action, entry.thing) == ("changed", "packaging C4")
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["empty_weight_mg"], entry.after["empty_weight_mg"]) == (21_000, 43_000)


def test_a_flat_c4_holds_fewer_manuals(app_context: Flask) -> None:
    flat = replace(sizes_of(get_packaging("C4")), inner_depth_mm=19)
    transact(change_packaging, "C4", flat, at=NOW, by=BY)
    assert [quote([manuals(copies)]).is_free for copies in (16, 17)] == [True, False]


def test_the_same_numbers_again_are_no_change(app_context: Flask) -> None:
    transact(change_packaging, "C4", sizes_of(get_packaging("C4")), at=NOW, by=BY)
    transact(change_rates, PostKind.LETTER, [Step(grams, None) for grams in LETTER_STEPS], at=NOW, by=BY)
    assert journal() == []


def test_a_packaging_that_does_not_exist_cannot_be_changed(app_context: Flask) -> None:
    with pytest.raises(UnknownPackaging) as refusal:
        transact(change_packaging, "C3", sizes_of(C4), at=NOW, by=BY)
    assert refusal.value.code == "C3"


def test_impossible_numbers_are_refused_all_at_once_and_nothing_changes(app_context: Flask) -> None:
    nonsense = PackagingSizes(0, -5, 31, 0, 2_000_001, 3)
    with pytest.raises(ImpossiblePackaging) as refusal:
        transact(change_packaging, "C4", nonsense, at=NOW, by=BY)
    assert [fault.field for fault in refusal.value.faults] == [
        "inner_width_mm",
        "inner_height_mm",
        "inner_depth_mm",
        "empty_weight_mg",
        "most_weight_mg",
        "piles",
    ]
    assert sizes_of(get_packaging("C4")) == sizes_of(C4)
    assert journal() == []


@pytest.mark.parametrize(
    ("packaging", "field", "value", "least", "most"),
    [
        (C4, "inner_width_mm", 351, 210, 350),
        (C4, "inner_height_mm", 231, 148, 230),
        (C4, "inner_height_mm", 147, 148, 230),
        (C5, "inner_width_mm", 209, 210, 350),
        (C4, "inner_depth_mm", 0, 1, 30),
        (C4, "inner_depth_mm", 31, 1, 30),
        (C4, "empty_weight_mg", -1, 1, 1_000_000),
        (C4, "most_weight_mg", 21_000, 21_001, 2_000_000),
        (C4, "most_weight_mg", 10**12, 21_001, 2_000_000),
        (C4, "piles", 0, 1, 2),
        (C4, "piles", 3, 1, 2),
        (C5, "piles", 2, 1, 1),
        (BOX, "piles", 5, 1, 4),
        (BOX, "inner_width_mm", 1_501, 210, 1_500),
        (BOX, "inner_depth_mm", 1_501, 1, 1_500),
        (BOX, "most_weight_mg", 30_000_001, 600_001, 30_000_000),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_what_it_may_be(
    packaging: Packaging, field: str, value: int, least: int, most: int
) -> None:
    faults = packaging_faults(packaging.kind, replace(sizes_of(packaging), **{field: value}))
    assert OutOfRange(field, value, least, most) in faults


def test_a_parcels_length_and_twice_its_other_sides_are_at_most_three_metres() -> None:
    flat = replace(sizes_of(BOX), inner_width_mm=1_000, inner_height_mm=600, inner_depth_mm=400)
    assert packaging_faults(PostKind.PARCEL, flat) == ()
    higher = replace(flat, inner_depth_mm=401)
    assert packaging_faults(PostKind.PARCEL, higher) == (OutOfRange("inner_depth_mm", 401, 1, 400),)
    tall = replace(sizes_of(BOX), inner_depth_mm=1_500)
    assert packaging_faults(PostKind.PARCEL, tall) == ()
    wide = replace(sizes_of(BOX), inner_width_mm=1_500, inner_height_mm=750)
    assert OutOfRange("inner_height_mm", 750, 148, 749) in packaging_faults(PostKind.PARCEL, wide)
    widest = replace(wide, inner_height_mm=749, inner_depth_mm=2)
    assert packaging_faults(PostKind.PARCEL, widest) == (OutOfRange("inner_depth_mm", 2, 1, 1),)
    assert packaging_faults(PostKind.PARCEL, replace(widest, inner_depth_mm=1)) == ()


@pytest.mark.parametrize(
    ("width", "height", "piles"),
    [(229, 162, 1), (162, 229, 1), (324, 229, 2), (430, 305, 4), (209, 209, 0), (0, 0, 0), (-500, 400, 0), (-1, -1, 0)],
)
def test_so_many_piles_of_a5_lie_side_by_side(width: int, height: int, piles: int) -> None:
    assert piles_side_by_side(width, height) == piles


def test_new_rates_replace_the_table_and_the_journal_has_both(app_context: Flask) -> None:
    transact(change_rates, PostKind.PARCEL, PARCELS, at=NOW, by=BY)
    rates = [(rate.up_to_g, rate.price_cents) for rate in read_tariff().rates if rate.kind is PostKind.PARCEL]
    assert rates == [(2_000, 590), (10_000, None), (30_000, 1_990)]
    assert [rate.up_to_g for rate in read_tariff().rates if rate.kind is PostKind.LETTER] == list(LETTER_STEPS)
    [entry] = journal()
    assert (entry.action, entry.thing) == ("changed", "postage parcel")
    assert entry.before == {"steps": [[grams, None] for grams in PARCEL_STEPS]}
    assert entry.after == {"steps": [[2_000, 590], [10_000, None], [30_000, 1_990]]}
    assert quote([manuals(498)]).price_cents == 1_990
    assert quote([manuals(25)]).price_cents is None


def test_rates_can_be_changed_twice_and_emptied_again(app_context: Flask) -> None:
    for steps in (PARCELS, [Step(30_000, None)], [Step(grams, None) for grams in PARCEL_STEPS]):
        transact(change_rates, PostKind.PARCEL, steps, at=NOW, by=BY)
    assert [rate.up_to_g for rate in read_tariff().rates if rate.kind is PostKind.PARCEL] == list(PARCEL_STEPS)
    assert len(journal()) == 3


def test_first_prices_are_to_be_checked_until_somebody_keeps_the_table(app_context: Flask) -> None:
    transact(first_prices.fill_in, at=NOW, by=BY)
    first = steps_of(PostKind.PARCEL, read_tariff())
    assert read_tariff().is_to_be_checked(PostKind.PARCEL)
    assert not read_tariff().is_to_be_checked(PostKind.LETTER)
    assert step_faults(PostKind.PARCEL, first) == ()
    assert quote([manuals(25)]).price_cents == 820
    transact(change_rates, PostKind.PARCEL, first, at=NOW, by=BY)
    assert not read_tariff().is_to_be_checked(PostKind.PARCEL)
    assert [(each.after or {}).get("to_be_checked") for each in journal()] == [True, False]
    transact(change_rates, PostKind.PARCEL, PARCELS, at=NOW, by=BY)
    transact(first_prices.fill_in, at=NOW, by=BY)
    assert steps_of(PostKind.PARCEL, read_tariff()) == PARCELS, "prices that somebody typed stay"


@pytest.mark.races
def test_of_two_tables_kept_at_once_the_later_one_stands_whole(app: Flask) -> None:
    other = [Step(2_000, 650), Step(10_000, 950), Step(30_000, 2_100)]
    with complaints(app) as heard:
        with held_open(app, lambda: change_rates(PostKind.PARCEL, PARCELS, at=NOW, by=BY)):
            later = start(app, lambda: transact(change_rates, PostKind.PARCEL, other, at=NOW, by=BY))
            assert not is_over_or_held_up(app, later)
        later.result()
    with app.app_context():
        rates = [rate for rate in read_tariff().rates if rate.kind is PostKind.PARCEL]
        assert [Step(rate.up_to_g, rate.price_cents) for rate in rates] == other
        assert [entry.before for entry in journal()][1] == {"steps": [[2_000, 590], [10_000, None], [30_000, 1_990]]}
    assert heard == []


def test_impossible_rates_are_refused_all_at_once_and_nothing_changes(app_context: Flask) -> None:
    steps = [Step(2_000, 700), Step(2_000, 600), Step(-1, 0), Step(31_000, 10**12), Step(5_000, -590)]
    with pytest.raises(ImpossibleSteps) as refusal:
        transact(change_rates, PostKind.PARCEL, steps, at=NOW, by=BY)
    assert (refusal.value.kind, refusal.value.faults) == (
        PostKind.PARCEL,
        (
            StepFault(2, StepProblem.NOT_ASCENDING, 2_000, 2_000),
            StepFault(2, StepProblem.CHEAPER, 600, 700),
            StepFault(3, StepProblem.WEIGHT, -1, 30_000),
            StepFault(3, StepProblem.PRICE, 0, MOST_PRICE_CENTS),
            StepFault(4, StepProblem.WEIGHT, 31_000, 30_000),
            StepFault(4, StepProblem.PRICE, 10**12, MOST_PRICE_CENTS),
            StepFault(5, StepProblem.NOT_ASCENDING, 5_000, 31_000),
            StepFault(5, StepProblem.PRICE, -590, MOST_PRICE_CENTS),
            StepFault(5, StepProblem.STOPS_SHORT, 5_000, 30_000),
        ),
    )
    assert {rate.price_cents for rate in read_tariff().rates} == {None}
    assert journal() == []


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ([], StepFault(0, StepProblem.NO_STEPS, None, None)),
        ([Step(1_000, 500)], StepFault(1, StepProblem.STOPS_SHORT, 1_000, 2_000)),
        ([Step(100, 300), Step(350, None), Step(2_000, 299)], StepFault(3, StepProblem.CHEAPER, 299, 300)),
    ],
)
def test_a_table_of_letters_must_reach_two_kilos_and_its_prices_must_not_fall(
    steps: list[Step], fault: StepFault
) -> None:
    assert step_faults(PostKind.LETTER, steps) == (fault,)


@pytest.mark.parametrize(
    "row",
    [
        PostageRate(kind=PostKind.LETTER, up_to_g=0, price_cents=1),
        PostageRate(kind=PostKind.LETTER, up_to_g=30_001, price_cents=1),
        PostageRate(kind=PostKind.LETTER, up_to_g=50, price_cents=0),
        PostageRate(kind=PostKind.LETTER, up_to_g=100, price_cents=1),
    ],
    ids=["no weight", "too heavy", "no price", "twice"],
)
def test_the_database_itself_keeps_nonsense_out_of_the_rates(app_context: Flask, row: PostageRate) -> None:
    def force() -> None:
        db.session.add(PostageRate(kind=row.kind, up_to_g=row.up_to_g, price_cents=row.price_cents))
        db.session.flush()

    with pytest.raises(IntegrityError):
        transact(force)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inner_width_mm", 0),
        ("inner_depth_mm", -1),
        ("empty_weight_mg", 0),
        ("most_weight_mg", 21_000),
        ("most_weight_mg", 2_000_001),
        ("piles", 0),
    ],
)
def test_the_database_itself_keeps_nonsense_out_of_the_packagings(app_context: Flask, field: str, value: int) -> None:
    def force() -> None:
        setattr(get_packaging("C4"), field, value)
        db.session.flush()

    with pytest.raises(IntegrityError):
        transact(force)
