"""Rolling over to the next year: a new edition from the old one, and what becomes of what is left over.

Nothing is kept of a plan until it is carried out: a plan is looked at (`preview`) as often as somebody likes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from orders import idempotency
from orders.catalogue import allowance_editing, editing, edition_lookup
from orders.catalogue.edition_input import (
    FIRST_YEAR,
    LAST_YEAR,
    ContentFault,
    ContentProblem,
    EditionContent,
    ImpossibleContent,
    content_of_publication,
    edition_faults,
)
from orders.catalogue.models import Edition, Publication
from orders.database import db
from orders.ordering.season import page_links
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor
from orders.stock import ledger, publication_accounts
from orders.stock.balances import copies_by_place
from orders.stock.models import Place, Reason

WAYS = {"sample": Reason.SAMPLE, "recycle": Reason.RECYCLED, "give": Reason.GIFT}


@dataclass(frozen=True, slots=True)
class Plan:
    """The new edition; the code of each publication that is copied, by its old code; where copies on the shelf go.

    `leaving`: copies by old code and way (`WAYS`); the rest stays. `closes_links`: whether the pages of orders that
    are over can no longer be opened.
    """

    year: int
    edition: EditionContent
    codes: Mapping[str, str]
    leaving: Mapping[str, Mapping[str, int]]
    closes_links: bool


@dataclass(frozen=True, slots=True)
class Leftover:
    """Copies of a publication on the shelf now, and those of them that stay there."""

    publication: Publication
    shelf: int
    leaving: Mapping[str, int]

    @property
    def stays(self) -> int:
        return self.shelf - sum(self.leaving.values())


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that a plan would do. The situation is what it was looked at in: carried out, it must still be so."""

    copied: Sequence[tuple[Publication, str]]
    leftovers: Sequence[Leftover]
    links: int

    @property
    def situation(self) -> list[Any]:
        return [{each.publication.code: each.shelf for each in self.leftovers}, self.links]


def propose(old: Edition, *, at: datetime) -> Plan:
    """The same days a year later, the same publications with the new year in their codes; nothing leaves.

    The links of its orders stay as long as somebody may need them.
    """
    year = old.year + 1
    edition = EditionContent(
        title=old.title.replace(str(old.year), str(year)),
        opens_on=_a_year_later(old.opens_on),
        closes_on=_a_year_later(old.closes_on),
        letters_back_by=_a_year_later(old.letters_back_by),
    )
    codes = {each.code: _next_code(each.code, year) for each in edition_lookup.orderable(old)}
    return Plan(year, edition, codes, {}, closes_links=page_links.link_use(old, at=at).is_over)


def preview(old_year: int, plan: Plan) -> Outlook:
    """What the plan would do, or refuse with everything that cannot be (`code-MAN26`, `recycle-MAN26` and so on)."""
    old = edition_lookup.get_edition(old_year)
    shelves = _shelves(old)
    if faults := tuple(_faults(old, plan, shelves)):
        raise ImpossibleContent(*faults)
    return Outlook(
        copied=[(each, plan.codes[each.code]) for each in old.publications if plan.codes.get(each.code)],
        leftovers=[Leftover(each, shelves[each.code], plan.leaving.get(each.code, {})) for each in old.publications],
        links=len(page_links.orders_over(old)) if plan.closes_links else 0,
    )


def roll_over(
    old_year: int, plan: Plan, *, at: datetime, by: Actor, seen: str = "", submission: str | None = None
) -> Edition:
    """Carry the plan out, all or nothing. The same `submission` again returns the edition that it made.

    `seen` is the `edit_conflicts.mark` of the situation in the outlook that was confirmed: with other copies on the
    shelf by now, it is asked again.
    """
    old = edition_lookup.get_edition(old_year)
    ledger.lock_stock([old.id])
    if not idempotency.submit(submission, {"roll_over": old_year, "plan": plan}, at=at):
        return db.session.scalars(select(Edition).where(Edition.submission == submission)).one()
    outlook = preview(old_year, plan)
    refuse_if_changed(f"leftovers {old_year}", seen, outlook.situation)
    new = editing.add_edition(plan.year, _with_translations(plan, old), at=at, by=by)
    new.submission = submission
    _copy_publications(new, outlook.copied, at=at, by=by)
    for leftover in outlook.leftovers:
        _clear(leftover, at=at, by=by)
    if plan.closes_links:
        page_links.close_links(old)
    journal.record("rolled over", f"edition {old_year}", at=at, by=by, after=_as_values(plan, outlook))
    return new


def _a_year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _next_code(code: str, year: int) -> str:
    """`MAN26` becomes `MAN27`."""
    return f"{re.sub('[0-9]+$', '', code)}{year % 100:02}"


def _shelves(old: Edition) -> dict[str, int]:
    balances = copies_by_place([each.id for each in old.publications])
    return {each.code: balances[each.id][Place.SHELF] for each in old.publications}


def _faults(old: Edition, plan: Plan, shelves: Mapping[str, int]) -> Iterator[ContentFault]:
    if not FIRST_YEAR <= plan.year <= LAST_YEAR:
        yield ContentFault("year", ContentProblem.RANGE, FIRST_YEAR, LAST_YEAR)
    elif plan.year in [each.year for each in edition_lookup.editions()]:
        yield ContentFault("year", ContentProblem.TAKEN)
    yield from edition_faults(plan.edition)
    given = [code for code in plan.codes.values() if code]
    for publication in old.publications:
        code = plan.codes.get(publication.code, "")
        faults = editing.code_faults(code) if code else ()
        if not faults and given.count(code) > 1:
            faults = (ContentFault("code", ContentProblem.TAKEN),)
        yield from (replace(fault, field=f"code-{publication.code}") for fault in faults)
        yield from _leaving_faults(publication.code, plan.leaving.get(publication.code, {}), shelves[publication.code])


def _leaving_faults(code: str, leaving: Mapping[str, int], shelf: int) -> Iterator[ContentFault]:
    left = shelf
    for way, copies in leaving.items():
        if not 0 <= copies <= left:
            yield ContentFault(f"{way}-{code}", ContentProblem.RANGE, 0, left)
        left -= max(0, min(copies, left))


def _with_translations(plan: Plan, old: Edition) -> EditionContent:
    """The title is typed in one language; the others follow the old. Words, links and persons are each year's own."""
    years = str(old.year), str(plan.year)
    titles = {language: title.replace(*years) for language, title in old.title_translations.items()}
    return replace(plan.edition, title_translations=titles)


def _copy_publications(new: Edition, copied: Sequence[tuple[Publication, str]], *, at: datetime, by: Actor) -> None:
    """What is printed anew is neither the old picture nor the old PDF: these stay with the old publication."""
    table: dict[tuple[str, str], allowance_editing.Bounds | None] = {}
    for publication, code in copied:
        content = replace(content_of_publication(publication), read_online_url="")
        publication_accounts.add_publication(new.year, code, content, at=at, by=by)
        table |= {(code, audience): bounds for audience, bounds in allowance_editing.bounds_of(publication).items()}
    if table:
        allowance_editing.change_allowances(new.year, table, at=at, by=by)


def _clear(leftover: Leftover, *, at: datetime, by: Actor) -> None:
    for way, copies in leftover.leaving.items():
        if copies:
            publication_id = leftover.publication.id
            ledger.move(publication_id, copies, Place.SHELF, Place.LOST, reason=WAYS[way], at=at, by=by.staff_id)


def _as_values(plan: Plan, outlook: Outlook) -> dict[str, Any]:
    return {
        "year": plan.year,
        "codes": {publication.code: code for publication, code in outlook.copied},
        "leaving": {each.publication.code: dict(each.leaving) for each in outlook.leftovers if each.leaving},
        "links": outlook.links,
    }
