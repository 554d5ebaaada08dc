"""The catalogue through the pages of the office: editions and what each audience may have."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.catalogue import audience_lookup, edition_lookup
from orders.catalogue.models import Allowance
from orders.database import db, transact
from orders.staff.models import AuditEntry, StaffRole
from tests.factories import make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
EDITION = "/office/catalogue/2026"
ALLOWANCES = f"{EDITION}/allowances"


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_limited_edition()
    return office(StaffRole.COORDINATOR)


def make_limited_edition() -> None:
    """An edition whose publications have the allowances that new ones start with."""
    edition = make_edition(shelf=10)

    def limit() -> None:
        for publication in edition.publications:
            publication.allowances = audience_lookup.first_allowances()

    transact(limit)


def keep(client: FlaskClient, shown: dict[str, str] | None = None, /, **typed: str) -> Any:
    fields = shown or Page.open(client, EDITION).fields(ALLOWANCES)
    return client.post(ALLOWANCES, data={**fields, **{name.replace("_", "-"): value for name, value in typed.items()}})


def bounds(app: Flask, code: str, audience: str) -> tuple[int, int] | None:
    with app.app_context():
        publication = edition_lookup.get_publication(code)
        kept = db.session.get(Allowance, (publication.id, audience))
        return (kept.review_above, kept.maximum) if kept else None


def journal(app: Flask) -> list[AuditEntry]:
    with app.app_context():
        entries = select(AuditEntry).where(AuditEntry.action == "changed").order_by(AuditEntry.id)
        return list(db.session.scalars(entries))


def test_the_editions_are_listed_and_lead_to_their_publications(coordinator: FlaskClient) -> None:
    assert "Marathon des lettres 2026" in Page.open(coordinator, "/office/catalogue/").words()
    words = Page.open(coordinator, EDITION).words()
    for shown in ("MAN26", "LIV26", "59\u00a0g".replace("\u00a0", " "), "2,3 mm", "une école"):
        assert shown in words
    assert coordinator.get("/office/catalogue/1999").status_code == 404
    assert coordinator.get("/office/catalogue/99999999999999999999").status_code == 404


def test_allowances_are_kept_together_and_the_journal_has_before_and_after(
    app: Flask, coordinator: FlaskClient
) -> None:
    assert keep(coordinator, review_MAN26_school="120", maximum_MAN26_school="1 300").status_code == 303
    assert bounds(app, "MAN26", "school") == (120, 1_300)
    assert bounds(app, "MAN26", "family") == (5, 10)
    [entry] = journal(app)
    assert (entry.thing, entry.before, entry.after) == (
        "allowances 2026",
        {"MAN26 school": [150, 400]},
        {"MAN26 school": [120, 1300]},
    )


def test_the_same_allowances_again_are_no_change(app: Flask, coordinator: FlaskClient) -> None:
    assert keep(coordinator).status_code == 303
    assert journal(app) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"review_MAN26_school": "401"}, "review-MAN26-school"),
        ({"maximum_MAN26_school": "5001"}, "maximum-MAN26-school"),
        ({"review_LIV26_family": "-1"}, "review-LIV26-family"),
        ({"review_LIV26_family": "2,5"}, "review-LIV26-family"),
        ({"maximum_LIV26_family": "beaucoup"}, "maximum-LIV26-family"),
        ({"maximum_LIV26_family": "999999999999999"}, "maximum-LIV26-family"),
        ({"maximum_LIV26_family": "1" * 40}, "maximum-LIV26-family"),
        ({"maximum_LIV26_family": ""}, "maximum-LIV26-family"),
    ],
)
def test_numbers_that_cannot_be_are_said_beside_their_field_and_nothing_changes(
    app: Flask, coordinator: FlaskClient, typed: dict[str, str], field: str
) -> None:
    page = Page.of(keep(coordinator, review_MAN26_library="7", **typed), status=422)
    assert f'id="{field}-error"' in page.text
    assert page.text.split("<title>")[1].startswith("Erreur")
    back = page.fields(ALLOWANCES)
    assert back[field] == next(iter(typed.values()))
    assert back["review-MAN26-library"] == "7"
    assert bounds(app, "MAN26", "library") == (50, 150)


def test_all_that_is_wrong_is_said_at_once(coordinator: FlaskClient) -> None:
    page = Page.of(
        keep(coordinator, review_MAN26_school="999", maximum_LIV26_family="", review_LIV26_other="x"), status=422
    )
    for field in ("review-MAN26-school", "maximum-LIV26-family", "review-LIV26-other"):
        assert f'id="{field}-error"' in page.text


def test_two_empty_fields_lift_the_limit(app: Flask, coordinator: FlaskClient) -> None:
    assert keep(coordinator, review_MAN26_group="", maximum_MAN26_group="").status_code == 303
    assert bounds(app, "MAN26", "group") is None
    assert keep(coordinator, review_MAN26_group="0", maximum_MAN26_group="0").status_code == 303
    assert bounds(app, "MAN26", "group") == (0, 0)


def test_of_two_coordinators_the_second_is_told_and_may_then_insist(app: Flask, office: Office) -> None:
    with app.app_context():
        make_limited_edition()
    first, second = office(StaffRole.COORDINATOR), office(StaffRole.ADMINISTRATOR)
    seen = Page.open(second, EDITION).fields(ALLOWANCES)
    assert keep(first, maximum_MAN26_school="300").status_code == 303
    page = Page.of(keep(second, seen, maximum_MAN26_school="500"), status=409)
    assert "Staff" in page.words()
    assert "300" in page.words()
    assert bounds(app, "MAN26", "school") == (150, 300)
    again = page.fields(ALLOWANCES)
    assert again["maximum-MAN26-school"] == "500"
    assert second.post(ALLOWANCES, data=again).status_code == 303
    assert bounds(app, "MAN26", "school") == (150, 500)


def test_a_form_sent_twice_is_one_change(app: Flask, coordinator: FlaskClient) -> None:
    seen = Page.open(coordinator, EDITION).fields(ALLOWANCES)
    for _ in range(2):
        assert keep(coordinator, seen, maximum_MAN26_school="300").status_code == 303
    assert len(journal(app)) == 1


def test_a_maximum_may_fall_below_what_somebody_has(app: Flask, coordinator: FlaskClient) -> None:
    with app.app_context():
        make_order(lines={"MAN26": 4})
    assert keep(coordinator, review_MAN26_family="1", maximum_MAN26_family="2").status_code == 303
    assert bounds(app, "MAN26", "family") == (1, 2)


@pytest.mark.parametrize("role", [StaffRole.VOLUNTEER, StaffRole.OFFICE])
def test_only_coordinators_open_the_catalogue(app: Flask, office: Office, role: StaffRole) -> None:
    for url in ("/office/catalogue/", EDITION, "/office/catalogue/postage"):
        assert office(role).get(url).status_code == 403


def test_every_write_of_the_catalogue_is_closed_to_the_office(app: Flask, office: Office) -> None:
    client = office(StaffRole.OFFICE)
    for url in ("new", "2026/change", "2026/archive", "publications/MAN26/delete", "publications/MAN26/cover"):
        assert client.post(f"/office/catalogue/{url}").status_code == 403
