"""Changing, in one step, what each audience may have of the publications of an edition."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.catalogue.audience_lookup import audiences, offered_audiences
from orders.catalogue.models import Allowance, Edition, Publication
from orders.database import db
from orders.errors import Refused
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor

MOST_ALLOWED = 5_000  # copies: a maximum above what one order can ask for would never be met


@dataclass(frozen=True, slots=True)
class Bounds:
    """Copies above which a coordinator decides, and the most that somebody may have, over the whole edition."""

    review_above: int
    maximum: int


Table = Mapping[tuple[str, str], Bounds | None]
"""By the codes of publication and audience; None: no limit."""


class AllowanceProblem(enum.Enum):
    RANGE = "range"  # below 0, or above MOST_ALLOWED
    REVIEW_ABOVE_MAXIMUM = "review_above_maximum"


@dataclass(frozen=True, slots=True)
class AllowanceFault:
    """A number that is not allowed: `field` is one of `Bounds`, `most` what it may be at most."""

    code: str
    audience: str
    field: str
    problem: AllowanceProblem
    most: int


class ImpossibleAllowances(Refused):
    """Every number that is wrong, not only the first."""

    def __init__(self, faults: tuple[AllowanceFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def bounds_of(publication: Publication) -> dict[str, Bounds | None]:
    """What each audience may have of a publication, by its code; retired ones too."""
    kept = {each.audience: Bounds(each.review_above, each.maximum) for each in publication.allowances}
    return {each.code: kept.get(each.code) for each in audiences()}


def table_of(edition: Edition) -> dict[tuple[str, str], Bounds | None]:
    """Every publication of the edition that is not archived with every audience that may order."""
    table: dict[tuple[str, str], Bounds | None] = {}
    for publication in edition_lookup.orderable(edition):
        bounds = bounds_of(publication)
        table |= {(publication.code, each.code): bounds[each.code] for each in offered_audiences()}
    return table


def as_values(table: Table) -> dict[str, list[int] | None]:
    """The table as the journal keeps it: `{"MAN26 school": [150, 400]}`."""
    return {
        f"{code} {audience}": [bounds.review_above, bounds.maximum] if bounds else None
        for (code, audience), bounds in table.items()
    }


def change_allowances(year: int, table: Table, *, at: datetime, by: Actor, shown: str = "") -> None:
    """Give these publications and audiences other bounds, or refuse with every number that is not allowed.

    What somebody ordered already stays: they simply get no more. `shown` is the `edit_conflicts.mark` of the values of
    the table that the form showed.
    """
    edition = edition_lookup.lock_edition(year)
    before = table_of(edition)
    changed = {key: bounds for key, bounds in table.items() if key not in before or before[key] != bounds}
    if not changed:
        return
    refuse_if_changed(_thing(year), shown, as_values(before))
    if faults := faults_of(table):
        raise ImpossibleAllowances(faults)
    publications = {publication.code: publication for publication in edition_lookup.orderable(edition)}
    for (code, audience), bounds in changed.items():
        _keep(publications.get(code) or edition_lookup.get_publication(code), audience, bounds)
    db.session.flush()
    old = {key: before.get(key) for key in changed}
    journal.record("changed", _thing(year), at=at, by=by, before=as_values(old), after=as_values(changed))


def _thing(year: int) -> str:
    return f"allowances {year}"


def _keep(publication: Publication, audience: str, bounds: Bounds | None) -> None:
    kept = db.session.scalar(
        select(Allowance).where(Allowance.publication_id == publication.id, Allowance.audience == audience)
    )
    if bounds is None:
        if kept is not None:
            db.session.delete(kept)
    elif kept is not None:
        kept.review_above, kept.maximum = bounds.review_above, bounds.maximum
    else:
        db.session.add(
            Allowance(
                publication_id=publication.id,
                audience=audience,
                review_above=bounds.review_above,
                maximum=bounds.maximum,
            )
        )


def faults_of(table: Table) -> tuple[AllowanceFault, ...]:
    """The numbers that are not allowed."""
    return tuple(_faults(table))


def _faults(table: Table) -> Iterator[AllowanceFault]:
    for (code, audience), bounds in table.items():
        if bounds is None:
            continue
        wrong = [name for name in ("review_above", "maximum") if not 0 <= getattr(bounds, name) <= MOST_ALLOWED]
        for name in wrong:
            yield AllowanceFault(code, audience, name, AllowanceProblem.RANGE, MOST_ALLOWED)
        if not wrong and bounds.review_above > bounds.maximum:
            problem = AllowanceProblem.REVIEW_ABOVE_MAXIMUM
            yield AllowanceFault(code, audience, "review_above", problem, bounds.maximum)
