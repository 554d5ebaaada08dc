"""Adding, changing, moving, retiring and deleting audiences. All of them are locked meanwhile: they are few."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from orders.catalogue import edition_lookup
from orders.catalogue.audience_input import (
    AudienceContent,
    AudienceFault,
    AudienceProblem,
    ImpossibleAudience,
    audience_faults,
    code_faults,
    content_of_audience,
)
from orders.catalogue.audience_lookup import forget_audiences
from orders.catalogue.audience_models import Audience, UnknownAudience
from orders.catalogue.models import Allowance, Edition
from orders.database import db
from orders.errors import Refused
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor


class AudienceInUse(Refused):
    """Orders bear its code: it can be retired, never deleted."""

    def __init__(self, audience: Audience) -> None:
        super().__init__(audience.code)
        self.code = audience.code


class LastAudience(Refused):
    """With nobody left who may order, there would be no form."""


def add_audience(code: str, content: AudienceContent, *, at: datetime, by: Actor) -> Audience:
    """A new audience, the last one, with its limits for every publication that can be ordered."""
    others = _locked()
    if faults := (*code_faults(code, others), *audience_faults(code, content, others)):
        raise ImpossibleAudience(*faults)
    audience = Audience(code=code, position=1 + max((each.position for each in others), default=0))
    _write(audience, content)
    try:
        with db.session.begin_nested():
            db.session.add(audience)
            db.session.flush()
    except IntegrityError:  # somebody else added it a moment ago
        raise ImpossibleAudience(AudienceFault("code", AudienceProblem.TAKEN, other=code, word=code)) from None
    _limit(audience)
    journal.record("added", _thing(code), at=at, by=by, after=content.as_values())
    forget_audiences()
    return audience


def change_audience(code: str, content: AudienceContent, *, at: datetime, by: Actor, shown: str = "") -> None:
    """Write the audience anew. Limits that publications have already stay.

    `shown` is the `edit_conflicts.mark` of the values of the content that the form showed.
    """
    audiences = _locked()
    audience = _among(audiences, code)
    before, after = content_of_audience(audience).as_values(), content.as_values()
    if before == after:
        return
    refuse_if_changed(_thing(code), shown, before)
    if faults := audience_faults(code, content, audiences):
        raise ImpossibleAudience(*faults)
    _write(audience, content)
    changed = [name for name in after if before[name] != after[name]]
    journal.record(
        "changed",
        _thing(code),
        at=at,
        by=by,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    forget_audiences()


def move_audience(code: str, places: int, *, at: datetime, by: Actor) -> None:
    """So many places further down the list, or up where `places` is below 0; at its ends nothing moves."""
    audiences = _locked()
    audience = _among(audiences, code)
    order = [each.code for each in audiences]
    rest = [each for each in audiences if each is not audience]
    rest.insert(max(0, order.index(code) + places), audience)
    after = [each.code for each in rest]
    if after == order:
        return
    for position, each in enumerate(rest, 1):
        each.position = position
    journal.record("moved", _thing(code), at=at, by=by, before={"order": order}, after={"order": after})
    forget_audiences()


def retire_audience(code: str, *, at: datetime, by: Actor) -> None:
    """It takes no new orders; those that it has go on."""
    audiences = _locked()
    audience = _among(audiences, code)
    if audience.retired_at is None:
        _refuse_the_last(audience, audiences)
        audience.retired_at = at
        journal.record("retired", _thing(code), at=at, by=by)
        forget_audiences()


def bring_back_audience(code: str, *, at: datetime, by: Actor) -> None:
    audience = _among(_locked(), code)
    if audience.retired_at is not None:
        audience.retired_at = None
        journal.record("brought back", _thing(code), at=at, by=by)
        forget_audiences()


def delete_audience(code: str, *, at: datetime, by: Actor) -> None:
    """With its limits; only one that no order names."""
    audiences = _locked()
    audience = _among(audiences, code)
    _refuse_the_last(audience, audiences)
    values = content_of_audience(audience).as_values()
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Allowance).where(Allowance.audience == code))
            db.session.delete(audience)
            db.session.flush()
    except IntegrityError:
        raise AudienceInUse(audience) from None
    db.session.expire_all()  # publications that are here know their limits no more
    journal.record("deleted", _thing(code), at=at, by=by, before=values)
    forget_audiences()


def _locked() -> Sequence[Audience]:
    """All of them in their order, read afresh; orders may still refer to them."""
    return db.session.scalars(
        select(Audience)
        .order_by(Audience.position, Audience.code)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def _among(audiences: Sequence[Audience], code: str) -> Audience:
    found = next((each for each in audiences if each.code == code), None)
    if found is None:
        raise UnknownAudience(code)
    return found


def _refuse_the_last(audience: Audience, audiences: Sequence[Audience]) -> None:
    if not any(each.is_offered for each in audiences if each is not audience):
        raise LastAudience(audience.code)


def _write(audience: Audience, content: AudienceContent) -> None:
    audience.names = {language: name for language, name in content.names.items() if name}
    audience.hints = {language: hint for language, hint in content.hints.items() if hint}
    audience.organisation_labels = {language: label for language, label in content.organisation_labels.items() if label}
    audience.other_words = list(content.other_words)
    for name in ("organisation", "is_school", "gathers"):
        setattr(audience, name, getattr(content, name))
    audience.review_above = content.bounds.review_above if content.bounds else None
    audience.maximum = content.bounds.maximum if content.bounds else None


def _limit(audience: Audience) -> None:
    """Give an audience that came later its limits for what can be ordered already."""
    if audience.review_above is None or audience.maximum is None:
        return
    for edition in db.session.scalars(select(Edition).where(Edition.archived_at.is_(None))):
        for publication in edition_lookup.orderable(edition):
            publication.allowances.append(
                Allowance(audience=audience.code, review_above=audience.review_above, maximum=audience.maximum)
            )
    db.session.flush()


def _thing(code: str) -> str:
    return f"audience {code}"
