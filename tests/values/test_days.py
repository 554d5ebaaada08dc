"""A day is read as people in Belgium write it, wherever it is typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from orders.days import read_day

DECEMBER_10 = date(2026, 12, 10)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-10", "10/12/2026", "10.12.2026", "10-12-2026", "10 12 2026", "10-12-26", "10/12/26", "10.12.26",
        "10 décembre 2026", "10 decembre 2026", "10 DÉCEMBRE 2026", "10 déc. 2026", "10-déc-26", "10 déc 26",
        "jeudi 10 décembre 2026", "le 10 décembre 2026", "jeudi, 10 décembre 2026", "10 de\u0301cembre 2026",
        "10 december 2026", "10 dec. 2026", "donderdag 10 december 2026", "10. Dezember 2026", "Do, 10. Dez. 2026",
        "10 December 2026", "December 10, 2026", "Thursday 10 December 2026", "the 10th of December 2026",
        "2026-12-10 00:00:00", "2026-12-10T00:00:00", "2026/12/10", "2026-12-10T00:00:00+01:00", "10/12/2026 14:05",
        " 10/12/2026 ", "10\u00a0décembre\u00a02026", "10 / 12 / 2026", "10/12/2026.", "2026-12-10T08:00:00.000Z",
        "avant le 10/12/2026", "pour jeudi 10 décembre 2026", "au plus tard le 10.12.2026", "vóór 10 december 2026",
        "tegen donderdag 10 december 2026", "vor dem 10. Dezember 2026", "by December 10, 2026", "20261210", "10122026",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_manner_of_writing_it(typed: str) -> None:
    assert read_day(typed) == DECEMBER_10


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("1er janvier 2027", 1), ("1 févr. 2027", 2), ("1 maart 2027", 3), ("1-mrt-27", 3), ("1. Mrz 2027", 3),
        ("1 märz 2027", 3), ("1 avr. 2027", 4), ("1 mei 2027", 5), ("1 juin 2027", 6), ("1 juni 2027", 6),
        ("1-juil-27", 7), ("1 août 2027", 8), ("1 aug 2027", 8), ("1-sept-27", 9), ("1 okt 2027", 10),
        ("1er nov. 2027", 11),
    ],
)  # fmt: skip
def test_months_are_known_in_four_languages_and_as_spreadsheets_shorten_them(typed: str, month: int) -> None:
    assert read_day(typed) == date(2027, month, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "", "demain", "10/12", "10 décembre", "décembre 2026", "31/02/2026", "2026-13-01", "2026-W47-5", "10/12/1999",
        "10/12/2101", "1 jui 2026", "10//12/2026", "0/1/2026", "10-12-026", "10/12/2026 et 11/12/2026", "46366", "\x00",
        "20261310", "avant", "31122", "pour le",
    ],
)  # fmt: skip
def test_what_is_no_whole_day_is_none(typed: str) -> None:
    assert read_day(typed) is None


def test_the_day_comes_before_the_month() -> None:
    assert read_day("11/12/2026") == date(2026, 12, 11)


@given(some.text(max_size=40))
def test_any_text_is_a_day_or_none(typed: str) -> None:
    assert read_day(typed) is None or isinstance(read_day(typed), date)


@given(some.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_as_it_is_written(day: date) -> None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y"):
        assert read_day(day.strftime(pattern)) == day
