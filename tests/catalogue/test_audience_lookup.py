"""Audiences are rows: found by code, read once in a transaction, named in the language of whoever reads."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from orders.association.profile import LANGUAGES
from orders.catalogue.audience_lookup import (
    audiences,
    codes_by_word,
    find_audience,
    first_allowances,
    get_audience,
    offered_audiences,
    starter_audiences,
)
from orders.catalogue.audience_models import Audience, UnknownAudience
from orders.database import db
from orders.wording import audience_name, audience_named, sentence
from tests.factories import NOW

CODES = ["family", "school", "group", "organiser", "association", "library", "other"]


@contextmanager
def statements() -> Iterator[list[str]]:
    """The queries meanwhile."""
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            told.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_a_new_database_holds_the_audiences_of_the_starter_file(app_context: Flask) -> None:
    assert [each.code for each in audiences()] == CODES
    for kept, starting in zip(audiences(), starter_audiences(), strict=True):
        for column in list(Audience.__table__.columns.keys()):
            assert getattr(kept, column) == getattr(starting, column)


def test_every_starting_audience_has_a_name_in_every_language(app_context: Flask) -> None:
    for each in audiences():
        assert set(each.names) == set(LANGUAGES)


def test_audiences_are_read_once_in_a_transaction_and_anew_in_the_next(app_context: Flask) -> None:
    with statements() as told:
        assert [get_audience(code).code for code in CODES] == CODES
        assert len(told) == 1
    db.session.rollback()
    with statements() as told:
        assert get_audience("school").is_school
        assert len(told) == 1


def test_what_another_connection_changed_is_seen_in_the_next_transaction(app_context: Flask) -> None:
    assert audience_name("other") == "autre chose"
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(db.update(Audience).where(Audience.code == "other").values(names={"fr": "divers"}))
    assert audience_name("other") == "divers"


def test_a_retired_audience_is_found_and_not_offered(app_context: Flask) -> None:
    get_audience("library").retired_at = NOW
    db.session.flush()
    assert find_audience("library")
    assert [each.code for each in offered_audiences()] == [code for code in CODES if code != "library"]


def test_an_audience_that_nobody_knows_is_told_by_its_code(app_context: Flask) -> None:
    assert find_audience("martian") is None
    with pytest.raises(UnknownAudience) as unknown:
        get_audience("martian")
    assert "martian" in sentence(unknown.value)


def test_a_new_publication_has_the_limits_of_every_audience_that_has_some(app_context: Flask) -> None:
    get_audience("other").review_above = get_audience("other").maximum = None
    limits = {each.audience: (each.review_above, each.maximum) for each in first_allowances()}
    assert limits == dict.fromkeys(CODES[:-1], (50, 150)) | {"family": (5, 10), "school": (150, 400)}


def test_a_name_that_a_language_lacks_stands_in_the_first_one_and_says_so(app: Flask) -> None:
    with app.test_request_context("/?lang=de"):
        get_audience("other").names = {"fr": "autre chose"}
        assert audience_name("other") == "autre chose"
        assert audience_named("other") == '<span lang="fr">autre chose</span>'
        assert audience_named("school") == "eine Schule"


def test_a_word_of_signs_alone_names_nobody() -> None:
    assert codes_by_word([Audience(code="choir", names={"fr": "une chorale"}, other_words=["–", "koor!"])]) == {
        "choir": "choir",
        "unechorale": "choir",
        "koor": "choir",
    }
