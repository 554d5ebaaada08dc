"""The shape of an order, the same for a form and for a file."""

from typing import Any

import pytest

from orders.addresses import (
    LONGEST,
    ControlCharacters,
    MalformedPostcode,
    Missing,
    TooLong,
    UnknownCountry,
    Unprintable,
)
from orders.catalogue.audience_models import Audience, OrganisationField
from orders.ordering.request.order_request import check
from orders.ordering.request.validation_errors import (
    MalformedDate,
    MalformedEmail,
    MalformedPhone,
    MissingOrganisation,
    NotAChoice,
    NothingOrdered,
    NotWholeCopies,
    SeveralEmails,
    TooManyCopies,
    UnknownPublicationField,
)
from tests.factories import AUDIENCES

GOOD = {
    "audience": "school",
    "organisation": "Athénée Royal de Namur",
    "name": "Mme Marie Dupont",
    "street": "Rue de la Senne",
    "number": "32",
    "box": "20",
    "postcode": "5590",
    "town": "Ciney",
    "email": "marie@example.org",
    "copies-MAN26": "24",
    "copies-LIV26": "",
}
CODES = ["MAN26", "LIV26"]


def test_a_well_formed_order_is_read_whole() -> None:
    request, problems = check(GOOD, CODES, AUDIENCES)
    assert problems == []
    assert request is not None
    assert (request.audience, request.copies) == ("school", {"MAN26": 24})
    assert request.address.lines()[-1] == "5590 CINEY"


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("audience", "martien", NotAChoice),
        ("audience", "", NotAChoice),
        ("delivery", "pigeon", NotAChoice),
        ("when_short", "never", NotAChoice),
        ("language", "it", NotAChoice),
        ("name", "", Missing),
        ("name", "   ", Missing),
        ("name", "محمد علي", Unprintable),
        ("name", "李小龙", Unprintable),
        ("name", "Marie\0Dupont", ControlCharacters),
        ("name", "M" * 81, TooLong),
        ("street", "R" * 81, TooLong),
        ("number", "1234567890123", TooLong),
        ("postcode", "105", MalformedPostcode),
        ("postcode", "10500", MalformedPostcode),
        ("postcode", "١٠٥٠", MalformedPostcode),
        ("town", "", Missing),
        ("country", "US", UnknownCountry),
        ("country", "FR", UnknownCountry),
        ("email", "", Missing),
        ("email", "pas une adresse", MalformedEmail),
        ("email", "marie@example.org\r\nBcc: x@example.org", SeveralEmails),
        ("email", "marie@example.org\r\nBcc: marie", MalformedEmail),
        ("email", f"{'m' * 65}@example.org", TooLong),
        ("email", f"marie@{'m' * 60}.{'m' * 60}.{'m' * 60}.{'m' * 60}.example.org", TooLong),
        ("phone", "douze", MalformedPhone),
        ("phone", "0475 12 34 56 ou 02 538 81 77", MalformedPhone),
        ("needed_by", "demain", MalformedDate),
        ("needed_by", "2026-13-01", MalformedDate),
        ("needed_by", "31/02/2026", MalformedDate),
        ("message", "x" * 501, TooLong),
        ("message", "bonjour\0", ControlCharacters),
        ("copies-MAN26", "-3", NotWholeCopies),
        ("copies-MAN26", "3,5", NotWholeCopies),
        ("copies-MAN26", "3.5", NotWholeCopies),
        ("copies-MAN26", "beaucoup", NotWholeCopies),
        ("copies-MAN26", "٣", NotWholeCopies),
        ("copies-MAN26", "1000000000000", TooManyCopies),
        ("copies-MAN26", "9" * 5000, NotWholeCopies),
        ("copies-MAN26", "0", NothingOrdered),
        ("copies-XYZ", "3", UnknownPublicationField),
    ],
)
def test_each_mistake_is_named_beside_its_field(field: str, typed: str, problem: type[Any]) -> None:
    request, problems = check({**GOOD, field: typed}, CODES, AUDIENCES)
    assert request is None
    assert [(type(each), each.field) for each in problems if isinstance(each, problem)] == [(problem, field)]


@pytest.mark.parametrize("field", ["organisation", "department", "building", "name", "street", "number", "box", "town"])
def test_names_are_as_long_as_they_are(field: str) -> None:
    longest = ("Soeurs de la Providence " * 6)[: LONGEST[field]].strip()
    request, problems = check({**GOOD, field: longest}, CODES, AUDIENCES)
    assert problems == []
    assert request is not None
    assert getattr(request.address, field) == longest


@pytest.mark.parametrize(
    "email",
    [
        "direction.ecole.fondamentale.saint-exemple@enseignement.example",
        f"{'a' * 64}@example.org",
        f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 57}.be",
    ],
)
def test_nobody_has_to_shorten_an_email_address(email: str) -> None:
    request, problems = check({**GOOD, "email": email}, CODES, AUDIENCES)
    assert (problems, request and request.email) == ([], email)


def test_all_mistakes_are_told_at_once() -> None:
    _, problems = check({**GOOD, "name": "", "postcode": "105", "copies-MAN26": "-3"}, CODES, AUDIENCES)
    assert {problem.field for problem in problems} == {"name", "postcode", "copies-MAN26"}


@pytest.mark.parametrize("typed", ["24", " 24 ", "\u00a024", "024", "2\u202f4"])
def test_copies_are_read_as_people_type_them(typed: str) -> None:
    request, _ = check({**GOOD, "copies-MAN26": typed}, CODES, AUDIENCES)
    assert request is not None
    assert request.copies == {"MAN26": 24}


@pytest.mark.parametrize("typed", ["2026-12-10", "10/12/2026", "10/12/2026 "])
def test_days_are_read_as_people_type_them(typed: str) -> None:
    request, _ = check({**GOOD, "needed_by": typed}, CODES, AUDIENCES)
    assert request is not None
    assert str(request.needed_by) == "2026-12-10"


@pytest.mark.parametrize("name", ["Şebnem Łukasz", "Wetʼsuwetʼen", "Nguyễn Văn", "Мария", "Ελένη Ángel", "İbrahim"])
def test_names_in_every_alphabet_that_the_post_reads_are_welcome(name: str) -> None:
    request, problems = check({**GOOD, "name": name}, CODES, AUDIENCES)
    assert (problems, request and request.address.name) == ([], name)


@pytest.mark.parametrize(("organisation", "problems"), [("", [MissingOrganisation("school")]), ("Athénée royal", [])])
def test_an_audience_may_require_an_organisation(organisation: str, problems: list[object]) -> None:
    schools = [Audience(code="school", organisation=OrganisationField.REQUIRED)]
    assert check({**GOOD, "organisation": organisation}, CODES, schools)[1] == problems


def test_only_those_who_may_order_do() -> None:
    _, problems = check(GOOD, CODES, [each for each in AUDIENCES if each.code != "school"])
    assert [(type(each), each.field) for each in problems] == [(NotAChoice, "audience")]
