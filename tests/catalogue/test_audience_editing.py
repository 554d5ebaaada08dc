"""Audiences are added, changed, moved, retired and deleted; what orders name stays."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from orders.association import forget
from orders.catalogue import association_editing, audience_editing, edition_lookup
from orders.catalogue.allowance_editing import Bounds
from orders.catalogue.audience_editing import AudienceInUse, LastAudience
from orders.catalogue.audience_input import AudienceContent, ImpossibleAudience, audience_faults, content_of_audience
from orders.catalogue.audience_lookup import audiences, find_audience, get_audience, offered_audiences
from orders.catalogue.audience_models import OrganisationField, UnknownAudience
from orders.clock import now
from orders.database import db, transact
from orders.ordering.order_counts import orders_by_audience
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.journal import Actor
from orders.staff.models import AuditEntry
from tests.association.test_profile import OTHER
from tests.factories import AUDIENCES, BY, NOW, make_edition, make_order

CHOIR = AudienceContent(
    names={"fr": "une chorale", "nl": "een koor", "de": "ein Chor", "en": "a choir"},
    hints={"fr": "qui chante"},
    other_words=("chœur", "koren"),
    organisation_labels={"fr": "Nom de la chorale"},
    bounds=Bounds(20, 60),
)


def add(code: str = "choir", **changed: Any) -> None:
    transact(audience_editing.add_audience, code, replace(CHOIR, **changed), at=NOW, by=BY)


def change(code: str, **changed: Any) -> None:
    content = replace(content_of_audience(get_audience(code)), **changed)
    transact(audience_editing.change_audience, code, content, at=NOW, by=BY)


def latest() -> AuditEntry:
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first() or AuditEntry()


def codes() -> list[str]:
    return [each.code for each in audiences()]


def test_an_audience_that_is_added_comes_last_and_may_order(app_context: Flask) -> None:
    add()
    assert codes()[-1] == "choir"
    assert content_of_audience(get_audience("choir")) == CHOIR
    make_edition()
    assert make_order(audience="choir").audience == "choir"


def test_an_audience_that_is_added_is_journaled(app_context: Flask) -> None:
    add()
    assert (latest().action, latest().thing) == ("added", "audience choir")
    assert (latest().after or {})["bounds"] == [20, 60]


def test_an_audience_that_is_added_gets_its_limits_for_what_can_be_ordered_already(app_context: Flask) -> None:
    make_edition()
    old = make_edition(year=2025)
    old.archived_at = NOW
    db.session.commit()
    add()
    for code, limits in (("MAN26", (20, 60)), ("LIV26", (20, 60)), ("MAN25", None)):
        allowance = edition_lookup.get_publication(code).allowance_of("choir")
        assert (allowance and (allowance.review_above, allowance.maximum)) == limits


def test_an_audience_without_limits_gets_none(app_context: Flask) -> None:
    make_edition()
    add(bounds=None)
    assert edition_lookup.get_publication("MAN26").allowance_of("choir") is None


@pytest.mark.parametrize(
    ("code", "changed", "faults"),
    [
        ("", {}, {("code", "malformed_code")}),
        ("Choir", {}, {("code", "malformed_code")}),
        ("chœur", {}, {("code", "malformed_code")}),
        ("a b", {}, {("code", "malformed_code")}),
        ("9lives", {}, {("code", "malformed_code")}),
        ("c" * 21, {}, {("code", "malformed_code")}),
        ("school", {}, {("code", "taken")}),
        ("gezin", {}, {("code", "taken")}),
        ("choir", {"names": {}}, {(f"names-{language}", "missing") for language in ("fr", "nl", "de", "en")}),
        ("choir", {"names": {**CHOIR.names, "nl": ""}}, {("names-nl", "missing")}),
        ("choir", {"names": {**CHOIR.names, "nl": "k" * 41}}, {("names-nl", "too_long")}),
        ("choir", {"names": {**CHOIR.names, "de": "Chor\x07"}}, {("names-de", "invisible")}),
        ("choir", {"names": {**CHOIR.names, "en": "A School"}}, {("names-en", "taken")}),
        ("choir", {"hints": {"fr": "h" * 81}}, {("hints-fr", "too_long")}),
        ("choir", {"organisation_labels": {"de": "l" * 41}}, {("organisation_labels-de", "too_long")}),
        ("choir", {"other_words": ("ASBL",)}, {("other_words", "taken")}),
        ("choir", {"other_words": tuple(f"word {n}" for n in range(51))}, {("other_words", "too_many")}),
        ("choir", {"bounds": Bounds(-1, 5_001)}, {("review_above", "range"), ("maximum", "range")}),
        ("choir", {"bounds": Bounds(9, 8)}, {("review_above", "above_maximum")}),
    ],
)
def test_what_cannot_be_is_told_by_field_and_nothing_is_kept(
    app_context: Flask, code: str, changed: dict[str, Any], faults: set[tuple[str, str]]
) -> None:
    with pytest.raises(ImpossibleAudience) as refusal:
        add(code, **changed)
    assert {(each.field, each.problem.value) for each in refusal.value.faults} == faults
    assert len(codes()) == len(AUDIENCES)


def test_no_word_of_the_starting_audiences_means_two(app_context: Flask) -> None:
    for each in audiences():
        assert audience_faults(each.code, content_of_audience(each), audiences()) == ()


def test_names_are_needed_only_in_the_languages_that_the_association_speaks(app_context: Flask) -> None:
    transact(association_editing.change_association, OTHER, at=now(), by=Actor("office"))
    forget(app_context)
    add(names={"nl": "een koor"})
    assert get_audience("choir").name("fr") == "een koor"


def test_what_is_changed_is_journaled_and_nothing_else(app_context: Flask) -> None:
    change("school", names={**get_audience("school").names, "fr": "un établissement"})
    assert get_audience("school").name("fr") == "un établissement"
    assert (latest().action, latest().thing, set(latest().after or {})) == ("changed", "audience school", {"names"})


def test_the_same_again_is_no_change(app_context: Flask) -> None:
    before = latest().id
    change("school")
    assert latest().id == before


def test_who_saves_over_a_change_of_somebody_else_is_told_first(app_context: Flask) -> None:
    shown = mark(content_of_audience(get_audience("school")).as_values())
    change("school", gathers=True)
    content = replace(content_of_audience(get_audience("school")), gathers=False)
    with pytest.raises(ChangedMeanwhile):
        transact(audience_editing.change_audience, "school", content, at=NOW, by=BY, shown=shown)


def test_limits_that_a_publication_has_stay_when_those_of_new_ones_change(app_context: Flask) -> None:
    make_edition()
    add()
    change("choir", bounds=Bounds(1, 2))
    allowance = edition_lookup.get_publication("MAN26").allowance_of("choir")
    assert allowance is not None
    assert (allowance.review_above, allowance.maximum) == (20, 60)


@pytest.mark.parametrize(
    ("code", "places", "first"),
    [
        ("school", -1, ["school", "family", "group"]),
        ("family", 1, ["school", "family", "group"]),
        ("family", -1, ["family", "school", "group"]),
        ("other", -9, ["other", "family", "school"]),
    ],
)
def test_audiences_are_moved_up_and_down(app_context: Flask, code: str, places: int, first: list[str]) -> None:
    transact(audience_editing.move_audience, code, places, at=NOW, by=BY)
    assert codes()[:3] == first
    assert len(set(codes())) == len(AUDIENCES)


def test_a_retired_audience_keeps_its_orders_and_comes_back(app_context: Flask) -> None:
    make_edition()
    order = make_order(audience="library")
    transact(audience_editing.retire_audience, "library", at=NOW, by=BY)
    assert "library" not in [each.code for each in offered_audiences()]
    assert order.audience == "library"
    assert latest().action == "retired"
    transact(audience_editing.bring_back_audience, "library", at=NOW, by=BY)
    assert "library" in [each.code for each in offered_audiences()]


def test_the_last_audience_that_may_order_is_neither_retired_nor_deleted(app_context: Flask) -> None:
    for code in codes()[1:]:
        transact(audience_editing.retire_audience, code, at=NOW, by=BY)
    for rule in (audience_editing.retire_audience, audience_editing.delete_audience):
        with pytest.raises(LastAudience):
            transact(rule, codes()[0], at=NOW, by=BY)


def test_an_audience_that_orders_name_is_not_deleted(app_context: Flask) -> None:
    make_edition()
    make_order(audience="library")
    with pytest.raises(AudienceInUse):
        transact(audience_editing.delete_audience, "library", at=NOW, by=BY)
    assert find_audience("library")


def test_an_audience_that_no_order_names_is_deleted_with_its_limits(app_context: Flask) -> None:
    make_edition()
    add()
    transact(audience_editing.delete_audience, "choir", at=NOW, by=BY)
    assert find_audience("choir") is None
    assert edition_lookup.get_publication("MAN26").allowance_of("choir") is None
    assert (latest().action, latest().thing) == ("deleted", "audience choir")


def test_what_is_done_to_an_audience_that_is_gone_is_refused(app_context: Flask) -> None:
    for rule in (
        audience_editing.retire_audience,
        audience_editing.bring_back_audience,
        audience_editing.delete_audience,
    ):
        with pytest.raises(UnknownAudience):
            transact(rule, "martian", at=NOW, by=BY)


def test_orders_are_counted_by_audience(app_context: Flask) -> None:
    make_edition()
    for audience in ("library", "school", "school"):
        make_order(audience=audience)
    assert orders_by_audience() == {"library": 1, "school": 2}


def test_an_audience_that_is_not_asked_for_an_organisation_is_at_home(app_context: Flask) -> None:
    add(organisation=OrganisationField.NOT_ASKED)
    assert [each.code for each in audiences() if each.is_private] == ["family", "choir"]
