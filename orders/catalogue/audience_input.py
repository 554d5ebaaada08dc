"""What coordinators write about an audience, and what of it cannot be."""

import enum
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from orders.addresses.text_cleaning import is_control
from orders.association import current_profile
from orders.association.profile import LANGUAGES
from orders.catalogue.allowance_editing import MOST_ALLOWED, Bounds
from orders.catalogue.audience_lookup import codes_by_word
from orders.catalogue.audience_models import Audience, OrganisationField
from orders.errors import Refused
from orders.spreadsheets import folded

LONGEST_NAME, LONGEST_HINT, LONGEST_LABEL, MOST_WORDS = 40, 80, 40, 50
CODE = re.compile(r"[a-z][a-z0-9-]{1,19}")


class AudienceProblem(enum.Enum):
    MISSING = "missing"
    TOO_LONG = "too_long"  # more than `most` characters
    TOO_MANY = "too_many"  # more than `most` words
    INVISIBLE = "invisible"  # control characters
    MALFORMED_CODE = "malformed_code"
    TAKEN = "taken"  # `other` is the code of the audience that bears the code or the word already
    RANGE = "range"  # below 0, or above `most`
    ABOVE_MAXIMUM = "above_maximum"


@dataclass(frozen=True, slots=True)
class AudienceFault:
    """What is wrong with one field: `code`, `names-fr`, `other_words`, `review_above` and so on."""

    field: str
    problem: AudienceProblem
    most: int = 0
    other: str = ""
    word: str = ""


class ImpossibleAudience(Refused):
    """Everything that is wrong, not only the first."""

    def __init__(self, *faults: AudienceFault) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class AudienceContent:
    """All of an audience but its code, its place among the others, and whether it is retired."""

    names: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)
    other_words: tuple[str, ...] = ()
    organisation: OrganisationField = OrganisationField.OPTIONAL
    organisation_labels: Mapping[str, str] = field(default_factory=dict)
    is_school: bool = False
    gathers: bool = False
    bounds: Bounds | None = None

    def as_values(self) -> dict[str, Any]:
        """As the journal keeps it and as `edit_conflicts.mark` takes it."""
        return {
            "names": dict(self.names),
            "hints": dict(self.hints),
            "other_words": list(self.other_words),
            "organisation": self.organisation.value,
            "organisation_labels": dict(self.organisation_labels),
            "is_school": self.is_school,
            "gathers": self.gathers,
            "bounds": [self.bounds.review_above, self.bounds.maximum] if self.bounds else None,
        }


def content_of_audience(audience: Audience) -> AudienceContent:
    return AudienceContent(
        names=dict(audience.names),
        hints=dict(audience.hints),
        other_words=tuple(audience.other_words),
        organisation=audience.organisation,
        organisation_labels=dict(audience.organisation_labels or {}),
        is_school=audience.is_school,
        gathers=audience.gathers,
        bounds=_bounds_of(audience),
    )


def _bounds_of(audience: Audience) -> Bounds | None:
    if audience.review_above is None or audience.maximum is None:
        return None
    return Bounds(audience.review_above, audience.maximum)


def audience_faults(code: str, content: AudienceContent, others: Collection[Audience]) -> tuple[AudienceFault, ...]:
    """What is wrong with what is written of the audience `code`, beside the `others`."""
    return (*_name_faults(content), *_word_faults(content), *_taken(code, content, others), *_bounds_faults(content))


def code_faults(code: str, others: Collection[Audience]) -> tuple[AudienceFault, ...]:
    """What is wrong with the code of a new audience."""
    if not CODE.fullmatch(code):
        return (AudienceFault("code", AudienceProblem.MALFORMED_CODE),)
    known = codes_by_word(others)
    if folded(code) in known:
        return (AudienceFault("code", AudienceProblem.TAKEN, other=known[folded(code)], word=code),)
    return ()


def _name_faults(content: AudienceContent) -> Iterator[AudienceFault]:
    needed = current_profile().languages
    for language in LANGUAGES:
        name = content.names.get(language, "")
        if language in needed and not name:
            yield AudienceFault(f"names-{language}", AudienceProblem.MISSING)
        yield from _text_faults(f"names-{language}", name, LONGEST_NAME)
        yield from _text_faults(f"hints-{language}", content.hints.get(language, ""), LONGEST_HINT)
        label = content.organisation_labels.get(language, "")
        yield from _text_faults(f"organisation_labels-{language}", label, LONGEST_LABEL)


def _word_faults(content: AudienceContent) -> Iterator[AudienceFault]:
    if len(content.other_words) > MOST_WORDS:
        yield AudienceFault("other_words", AudienceProblem.TOO_MANY, MOST_WORDS)
    for word in content.other_words:
        yield from _text_faults("other_words", word, LONGEST_NAME)


def _text_faults(name: str, value: str, most: int) -> Iterator[AudienceFault]:
    if len(value) > most:
        yield AudienceFault(name, AudienceProblem.TOO_LONG, most)
    if any(is_control(letter) for letter in value):
        yield AudienceFault(name, AudienceProblem.INVISIBLE)


def _taken(code: str, content: AudienceContent, others: Collection[Audience]) -> Iterator[AudienceFault]:
    """A word means one audience: a cell of a file would mean two."""
    known = codes_by_word(each for each in others if each.code != code)
    named = [(f"names-{language}", name) for language, name in content.names.items()]
    for field_name, word in [*named, *(("other_words", word) for word in content.other_words)]:
        if other := known.get(folded(word)):
            yield AudienceFault(field_name, AudienceProblem.TAKEN, other=other, word=word)


def _bounds_faults(content: AudienceContent) -> Iterator[AudienceFault]:
    if content.bounds is None:
        return
    wrong = [name for name in ("review_above", "maximum") if not 0 <= getattr(content.bounds, name) <= MOST_ALLOWED]
    for name in wrong:
        yield AudienceFault(name, AudienceProblem.RANGE, MOST_ALLOWED)
    if not wrong and content.bounds.review_above > content.bounds.maximum:
        yield AudienceFault("review_above", AudienceProblem.ABOVE_MAXIMUM, content.bounds.maximum)
