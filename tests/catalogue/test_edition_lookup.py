"""Which edition is shown when, and what a new installation starts with."""

from datetime import date

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.catalogue.models import UnknownEdition, UnknownPublication
from orders.database import transact
from orders.stock import publication_accounts
from tests.factories import make_edition


@pytest.mark.parametrize(
    ("day", "year", "codes"),
    [
        (date(2026, 11, 20), 2026, ["MAN26", "LIV26"]),
        (date(2027, 1, 31), 2026, ["MAN26", "LIV26"]),
        (date(2027, 5, 1), 2026, ["MAN26", "LIV26"]),
        (date(2027, 7, 1), 2027, ["MAN27", "LIV27"]),
        (date(2030, 12, 31), 2030, ["MAN30", "LIV30"]),
    ],
)
def test_the_starter_edition_is_this_seasons_and_open_on_the_day_it_is_made(
    app_context: Flask, day: date, year: int, codes: list[str]
) -> None:
    def start() -> None:
        edition = edition_lookup.publish_starter_edition(day)
        for publication in edition.publications:
            publication_accounts.open_accounts(publication)
        assert (edition.year, [each.code for each in edition.publications]) == (year, codes)
        assert edition.is_open(day)
        assert edition.closes_on <= edition.letters_back_by

    transact(start)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2027, 1, 31), True),
        (date(2027, 2, 1), False),
    ],
)
def test_an_edition_takes_orders_from_its_first_day_to_its_last(app_context: Flask, day: date, is_open: bool) -> None:
    edition = make_edition(opens_on=date(2026, 9, 1), closes_on=date(2027, 1, 31))
    assert edition.is_open(day) is is_open
    assert bool(edition_lookup.open_editions(day)) is is_open


def test_the_latest_of_several_open_editions_is_shown(app_context: Flask) -> None:
    make_edition(year=2025)
    make_edition(year=2026)
    shown = edition_lookup.find_open_edition(date(2026, 11, 20))
    assert shown is not None
    assert shown.year == 2026


def test_the_next_edition_is_announced_while_none_is_open(app_context: Flask) -> None:
    make_edition(opens_on=date(2027, 9, 1), closes_on=date(2027, 12, 31))
    assert edition_lookup.find_open_edition(date(2027, 8, 31)) is None
    announced = edition_lookup.find_next_edition(date(2027, 8, 31))
    assert announced is not None
    assert announced.opens_on == date(2027, 9, 1)


def test_what_does_not_exist_is_said_so(app_context: Flask) -> None:
    with pytest.raises(UnknownEdition):
        edition_lookup.get_edition(1999)
    with pytest.raises(UnknownPublication):
        edition_lookup.get_publication("MAN99")
