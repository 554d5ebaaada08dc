"""The association's profile: what it must contain, and how it reads in one language."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from orders.association import current_profile, forget, in_language
from orders.association.profile import profile_faults, profile_from
from orders.association.profile_cache import starter_profile
from orders.catalogue import association_editing
from orders.clock import now
from orders.database import transact
from orders.staff.journal import Actor
from tests import ROOT
from tests.house.measures import files_naming_the_association, repository_files

BY = Actor("office")
OTHER = profile_from(
    {
        "languages": ["nl"],
        "name": {"nl": "Brieven zonder Grenzen"},
        "short_name": {"nl": "BzG"},
        "campaign": {"nl": "Brievenweek"},
        "street": {"nl": "Kerkstraat"},
        "number": "12",
        "postcode": "9000",
        "town": {"nl": "Gent"},
        "email": "info@example.org",
        "mail_sender": "Brievenweek <post@example.org>",
        "carrier_name": "Brieven zonder Grenzen",
        "dpo_contact": "dpo@example.org",
    }
)


def test_the_starter_profile_has_no_fault() -> None:
    assert profile_faults(starter_profile()) == ()


def test_a_profile_in_one_language_with_nothing_optional_has_no_fault() -> None:
    assert profile_faults(OTHER) == ()


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"languages": ()}, "languages", "missing"),
        ({"name": {}}, "name-nl", "missing"),
        ({"name": {"nl": "N" * 81}}, "name-nl", "too_long"),
        ({"carrier_name": "N" * 41}, "carrier_name", "too_long"),
        ({"postcode": ""}, "postcode", "missing"),
        ({"phone": "02\x00"}, "phone", "invisible"),
        ({"email": "nobody"}, "email", "malformed"),
        ({"mail_sender": "Brievenweek"}, "mail_sender", "malformed"),
        ({"website": "javascript:alert(1)"}, "website", "malformed"),
        ({"accent": "yellow"}, "accent", "malformed"),
        ({"accent": "#003366"}, "accent", "too_dark"),
    ],
)
def test_what_cannot_be_is_told_by_field(change: Mapping[str, Any], field: str, problem: str) -> None:
    faults = profile_faults(replace(OTHER, **change))
    assert [(fault.field, fault.problem) for fault in faults] == [(field, problem)]


def test_a_text_that_a_language_lacks_reads_in_the_first_language() -> None:
    profile = replace(OTHER, languages=("nl", "fr"), town={"nl": "Gent", "fr": "Gand"})
    french = in_language(profile, "fr")
    assert (french.name, french.town_line) == ("Brieven zonder Grenzen", "9000 Gand")


def test_things_are_fetched_at_the_postal_address_unless_another_is_given() -> None:
    assert in_language(OTHER, "nl").pickup_address_line == "Kerkstraat 12, 9000 Gent"
    elsewhere = replace(
        OTHER, pickup_street={"nl": "Kaai"}, pickup_number="3", pickup_postcode="9050", pickup_town={"nl": "Ledeberg"}
    )
    assert in_language(elsewhere, "nl").pickup_address_line == "Kaai 3, 9050 Ledeberg"


def test_what_is_kept_is_read_back_as_it_was(app_context: Flask) -> None:
    transact(association_editing.change_association, OTHER, at=now(), by=BY)
    forget(app_context)
    assert current_profile() == OTHER


def test_fields_that_a_kept_profile_lacks_are_empty() -> None:
    values = OTHER.as_values()
    del values["pickup_way"], values["phone"]
    assert profile_from(values) == OTHER


def test_no_other_file_of_the_repository_knows_who_sends() -> None:
    """Catalogues, templates, tests and documents included."""
    assert files_naming_the_association(ROOT, repository_files(ROOT)) == []
