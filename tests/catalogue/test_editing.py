"""Editions and publications are made, changed, archived and, while nothing refers to them, deleted."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from orders.catalogue import editing, edition_lookup
from orders.catalogue.editing import StillInUse
from orders.catalogue.edition_input import (
    ContentProblem,
    EditionContent,
    ImpossibleContent,
    Link,
    PublicationContent,
    content_of_edition,
    content_of_publication,
    is_web_link,
)
from orders.catalogue.models import Edition, Kind, UnknownPublication
from orders.database import db, transact
from orders.shipping.models import Parcel
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import AuditEntry
from orders.stock import ledger, publication_accounts
from orders.stock.models import Place
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

AUTUMN = EditionContent("Marathon 2027", date(2027, 9, 1), date(2028, 1, 31), date(2028, 2, 28))
POSTER = PublicationContent(Kind.OTHER, {"fr": "Affiche", "nl": "Poster"}, 12_500, 150, pages=1)


def add(code: str = "AFF26", content: PublicationContent = POSTER) -> None:
    transact(publication_accounts.add_publication, 2026, code, content, at=NOW, by=BY)


def faults(refused: pytest.ExceptionInfo[ImpossibleContent]) -> dict[str, ContentProblem]:
    return {fault.field: fault.problem for fault in refused.value.faults}


def latest() -> AuditEntry:
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first() or AuditEntry()


def test_a_new_publication_can_be_ordered_at_once(app_context: Flask) -> None:
    make_edition()
    add()
    publication = edition_lookup.get_publication("AFF26")
    assert content_of_publication(publication) == POSTER
    assert len(publication.allowances) == 7
    assert make_order(lines={"AFF26": 3}).lines[0].waiting == 3
    assert ledger.copies_at(publication.id, Place.SHELF) == 0


@pytest.mark.parametrize("code", ["", "A1", "1AB", "AFF", "aff26", "MAN 26", "MAN-26", "É26", "A" * 12 + "1", "A1\n"])
def test_a_code_is_letters_and_figures(app_context: Flask, code: str) -> None:
    make_edition()
    with pytest.raises(ImpossibleContent) as refused:
        add(code)
    assert faults(refused) == {"code": ContentProblem.MALFORMED_CODE}


def test_a_code_once_used_cannot_be_taken_twice(app_context: Flask) -> None:
    make_edition(year=2025)
    make_edition()
    transact(editing.archive_publication, "MAN25", at=NOW, by=BY)
    with pytest.raises(ImpossibleContent) as refused:
        add("MAN25")
    assert faults(refused) == {"code": ContentProblem.TAKEN}


def test_everything_that_is_wrong_with_a_publication_is_said_at_once(app_context: Flask) -> None:
    make_edition()
    nonsense = PublicationContent(
        Kind.OTHER, {"fr": "", "nl": "x" * 81, "de": "\x01"}, 0, 10**12, "x" * 81, 0, 0, "javascript:alert(1)", -1, -1
    )
    with pytest.raises(ImpossibleContent) as refused:
        add("AFF26", nonsense)
    assert set(faults(refused)) == {
        *("titles-fr", "titles-nl", "titles-de", "format", "read_online_url", "unit_weight_mg", "unit_thickness_um"),
        *("bundle_size", "low_stock_line", "pages", "position"),
    }


@pytest.mark.parametrize(
    ("value", "is_link"),
    [
        ("https://exemple.be/page?a=1#b", True),
        ("http://exemple.be", True),
        ("HTTPS://exemple.be", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://exemple.be/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//exemple.be", False),
        ("exemple.be", False),
        ("https://", False),
        ("https://exemple", False),
        ("https://exemple.be/a b", False),
        ("https://exemple.be/\u0000", False),
        ("https://[::1", False),
        ("https://exemple.be:99999/", False),
        ('https://exemple.be/"onclick=', False),
    ],
)
def test_only_pages_of_the_web_are_links(value: str, is_link: bool) -> None:
    assert is_web_link(value) is is_link


def test_other_weights_leave_posted_parcels_as_they_were(app_context: Flask) -> None:
    make_edition()
    make_dispatch(make_order(lines={"MAN26": 2}))
    before = db.session.scalars(select(Parcel.weight_mg)).all()
    content = content_of_publication(edition_lookup.get_publication("MAN26"))
    transact(editing.change_publication, "MAN26", replace(content, unit_weight_mg=70_000), at=NOW, by=BY)
    assert db.session.scalars(select(Parcel.weight_mg)).all() == before
    assert latest().before == {"unit_weight_mg": 59_000}
    assert latest().after == {"unit_weight_mg": 70_000}


def test_the_second_of_two_coordinators_is_told(app_context: Flask) -> None:
    make_edition()
    add()
    shown = mark(POSTER.as_values())
    transact(editing.change_publication, "AFF26", replace(POSTER, pages=2), at=NOW, by=BY, shown=shown)
    with pytest.raises(ChangedMeanwhile) as refused:
        transact(editing.change_publication, "AFF26", replace(POSTER, pages=3), at=NOW, by=BY, shown=shown)
    assert refused.value.at == NOW
    assert edition_lookup.get_publication("AFF26").pages == 2


def test_what_never_moved_can_be_deleted_and_its_code_is_free(app_context: Flask) -> None:
    make_edition()
    add()
    transact(publication_accounts.delete_publication, "AFF26", at=NOW, by=BY)
    with pytest.raises(UnknownPublication):
        edition_lookup.get_publication("AFF26")
    add()


def test_what_moved_or_was_ordered_cannot_be_deleted(app_context: Flask) -> None:
    make_edition()
    add()
    make_order(lines={"AFF26": 1})
    for code in ("MAN26", "AFF26"):
        with pytest.raises(StillInUse):
            transact(publication_accounts.delete_publication, code, at=NOW, by=BY)
    assert ledger.copies_at(edition_lookup.get_publication("AFF26").id, Place.SHELF) == 0


def test_an_archived_publication_can_be_read_but_not_ordered(app_context: Flask) -> None:
    edition = make_edition()
    transact(editing.archive_publication, "LIV26", at=NOW, by=BY)
    assert [each.code for each in edition_lookup.orderable(edition)] == ["MAN26"]
    assert edition_lookup.get_publication("LIV26").title() == "Livret d’activités"
    transact(editing.bring_back_publication, "LIV26", at=NOW, by=BY)
    assert len(edition_lookup.orderable(edition)) == 2


def test_an_edition_is_written_with_its_words_in_every_language_and_its_links_in_their_order(
    app_context: Flask,
) -> None:
    links = (Link("Pétitions", "https://exemple.be/p", "fr"), Link("Mur", "http://exemple.be/mur"))
    titles, texts = {"nl": "Schrijfmarathon"}, {"de": "Zwei Absätze"}
    content = replace(AUTUMN, links=links, front_text="Deux\n\nparagraphes", title_translations=titles)
    content = replace(content, front_text_translations=texts)
    transact(editing.add_edition, 2027, content, at=NOW, by=BY)
    assert content_of_edition(edition_lookup.get_edition(2027)) == content
    turned = replace(content, links=links[::-1], title_translations={})
    transact(editing.change_edition, 2027, turned, at=NOW, by=BY, shown=mark(content.as_values()))
    assert content_of_edition(edition_lookup.get_edition(2027)) == turned
    assert (latest().before or {})["title_translations"] == titles


@pytest.mark.parametrize(
    ("content", "field", "problem"),
    [
        (replace(AUTUMN, title=""), "title", ContentProblem.MISSING),
        (replace(AUTUMN, closes_on=date(2027, 8, 31)), "closes_on", ContentProblem.BEFORE_OPENING),
        (replace(AUTUMN, letters_back_by=date(2027, 1, 1)), "letters_back_by", ContentProblem.BEFORE_OPENING),
        (replace(AUTUMN, front_text="x" * 5_001), "front_text", ContentProblem.TOO_LONG),
        (
            replace(AUTUMN, title_translations={"nl": "x" * 81}),
            "title_translations-nl",
            ContentProblem.TOO_LONG,
        ),
        (replace(AUTUMN, links=(Link("A", "ftp://x.be"),)), "links-1-link", ContentProblem.NO_WEB_LINK),
        (replace(AUTUMN, links=(Link("A", ""),)), "links-1-link", ContentProblem.MISSING),
        (replace(AUTUMN, links=(Link("A", "https://x.be/" + "y" * 300),)), "links-1-link", ContentProblem.TOO_LONG),
    ],
)
def test_an_edition_that_cannot_be_is_refused(
    app_context: Flask, content: EditionContent, field: str, problem: ContentProblem
) -> None:
    with pytest.raises(ImpossibleContent) as refused:
        transact(editing.add_edition, 2027, content, at=NOW, by=BY)
    assert faults(refused) == {field: problem}


@pytest.mark.parametrize(("year", "problem"), [(2026, ContentProblem.TAKEN), (12, ContentProblem.RANGE)])
def test_a_year_is_one_edition(app_context: Flask, year: int, problem: ContentProblem) -> None:
    make_edition()
    with pytest.raises(ImpossibleContent) as refused:
        transact(editing.add_edition, year, AUTUMN, at=NOW, by=BY)
    assert faults(refused) == {"year": problem}


def test_an_edition_without_publications_can_be_deleted_and_no_other(app_context: Flask) -> None:
    make_edition()
    content = replace(AUTUMN, links=(Link("B", "https://exemple.be"),))
    transact(editing.add_edition, 2027, content, at=NOW, by=BY)
    transact(editing.delete_edition, 2027, at=NOW, by=BY)
    with pytest.raises(StillInUse):
        transact(editing.delete_edition, 2026, at=NOW, by=BY)
    assert db.session.scalars(select(Edition.year)).all() == [2026]
