"""Who orders: what somebody may have, and what the form asks, depends on it."""

import enum
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from orders.association import current_profile
from orders.database import Model, UtcDateTime, choice
from orders.errors import NotFound


class UnknownAudience(NotFound):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OrganisationField(enum.Enum):
    """Whether somebody of an audience is asked for the name of an organisation."""

    NOT_ASKED = "not_asked"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Audience(Model):
    """A kind of orderer. Orders, files and addresses of pages hold its `code`, which never changes.

    `names`, `hints` and `organisation_labels` are told by language; `other_words` name it in files besides. An
    organisation without a label of its own is asked for in the same words as everybody's. `is_school`: the rule that
    serves schools first counts it. `gathers`: the form asks for the day of a gathering and for how many people.
    `review_above` and `maximum`: what it may have of a new publication (`Allowance`); `None`: no limit.
    A retired audience stays with its orders and takes no new ones.
    """

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    hints: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    other_words: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int]
    organisation: Mapped[OrganisationField] = mapped_column(
        choice(OrganisationField), default=OrganisationField.OPTIONAL
    )
    organisation_labels: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    is_school: Mapped[bool] = mapped_column(default=False)
    gathers: Mapped[bool] = mapped_column(default=False)
    review_above: Mapped[int | None]
    maximum: Mapped[int | None]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(
            "(review_above IS NULL AND maximum IS NULL) OR (review_above >= 0 AND review_above <= maximum)",
            name="review_before_maximum",
        ),
    )

    def name(self, language: str) -> str:
        """The name in that language, else in the first that the association speaks."""
        return self.names[self.name_language(language)]

    def name_language(self, language: str) -> str:
        """The language in which the name stands for somebody who reads that one."""
        return _language_of(self.names, language)

    @property
    def is_private(self) -> bool:
        """Whether these are people at home: nobody but the office learns that they ordered."""
        return self.organisation is OrganisationField.NOT_ASKED

    @property
    def requires_organisation(self) -> bool:
        return self.organisation is OrganisationField.REQUIRED

    @property
    def is_offered(self) -> bool:
        return self.retired_at is None


def _language_of(texts: Mapping[str, str], language: str) -> str:
    return next(each for each in (language, *current_profile().languages, *texts) if texts.get(each))
