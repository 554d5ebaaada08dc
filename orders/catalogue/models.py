"""An edition is one year of the campaign; a publication is one printed thing of it."""

import enum
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.database import Model, UtcDateTime, choice
from orders.errors import NotFound

OWN = "save-update, delete, delete-orphan"  # rows that belong to one other row; `kept_rows.attached` leaves them out


class UnknownPublication(NotFound):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownEdition(NotFound):
    def __init__(self, year: object) -> None:
        super().__init__(year)
        self.year = year


class Kind(enum.Enum):
    MANUAL = "manual"
    BOOKLET = "booklet"
    OTHER = "other"


class Edition(Model):
    """One campaign year. Orders are taken from `opens_on` to `closes_on`, both included (days in Brussels).

    Title and front text stand in the language that the association speaks first; the translations are by language.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(80))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    letters_back_by: Mapped[date]
    title_translations: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    front_text: Mapped[str] = mapped_column(Text, default="")
    front_text_translations: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    publications: Mapped[list["Publication"]] = relationship(
        back_populates="edition", order_by="Publication.position, Publication.id"
    )
    persons: Mapped[list["DefendedPerson"]] = relationship(
        order_by="DefendedPerson.position, DefendedPerson.id", cascade=OWN
    )
    links: Mapped[list["EditionLink"]] = relationship(order_by="EditionLink.position", cascade=OWN)

    __table_args__ = (CheckConstraint("closes_on >= opens_on", name="closes_after_it_opens"),)

    @property
    def write_by(self) -> date:
        """10 December, the international day of human rights, around which the campaign writes its letters."""
        return date(self.year, 12, 10)

    def is_open(self, day: date) -> bool:
        return self.archived_at is None and self.opens_on <= day <= self.closes_on


class DefendedPerson(Model):
    """Somebody, or a group, for whom letters are written in one edition. The texts are by language."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    countries: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    sentences: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    links: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    portrait_digest: Mapped[str | None] = mapped_column(ForeignKey("upload.digest", ondelete="RESTRICT"))
    alt_texts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    credit: Mapped[str] = mapped_column(String(80), default="")


class EditionLink(Model):
    """Where else an edition leads: petitions, the wall of messages. Pages in `language` show it, or all pages."""

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(80))
    link: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(2), default="")


class Upload(Model):
    """A picture or a PDF, known by the SHA-256 of its bytes: it never changes, so browsers may keep it.

    Kept in the database, so that several web servers share it and one backup holds everything.
    """

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Publication(Model):
    """One printed thing of an edition. Weights are milligrams and thicknesses micrometres, so that sums are exact."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"), index=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    format: Mapped[str] = mapped_column(String(80), default="")
    pages: Mapped[int | None]
    unit_weight_mg: Mapped[int]
    unit_thickness_um: Mapped[int]
    bundle_size: Mapped[int] = mapped_column(default=1)
    read_online_url: Mapped[str] = mapped_column(String(300), default="")
    cover_digest: Mapped[str | None] = mapped_column(ForeignKey("upload.digest", ondelete="RESTRICT"))
    reading_digest: Mapped[str | None] = mapped_column(ForeignKey("upload.digest", ondelete="RESTRICT"))
    low_stock_line: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    edition: Mapped[Edition] = relationship(back_populates="publications")
    allowances: Mapped[list["Allowance"]] = relationship(back_populates="publication", lazy="selectin", cascade=OWN)

    __table_args__ = (
        CheckConstraint("bundle_size >= 1", name="bundle_size"),
        CheckConstraint("unit_weight_mg > 0", name="unit_weight"),
        CheckConstraint("unit_thickness_um > 0", name="unit_thickness"),
    )

    def title(self, language: str = "fr") -> str:
        """The title in that language, else in the one that the association speaks first, which every title has."""
        return self.titles[self.title_language(language)]

    def title_language(self, language: str) -> str:
        """The language in which the title stands for somebody who reads that one."""
        return language if self.titles.get(language) else next(iter(self.titles))

    @property
    def can_be_read_online(self) -> bool:
        """Whether there is a PDF of it here, or a link to where it is."""
        return bool(self.reading_digest or self.read_online_url)

    def allowance_of(self, audience: str) -> "Allowance | None":
        """What one orderer of this audience may have; `None`: as many as they like."""
        return next((each for each in self.allowances if each.audience == audience), None)


class Allowance(Model):
    """How many copies of a publication one orderer of an audience may have, over the whole edition.

    More than `review_above` needs a coordinator, more than `maximum` is refused. Without a row there is no limit.
    """

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="RESTRICT"), primary_key=True)
    audience: Mapped[str] = mapped_column(
        String(20), ForeignKey("audience.code", ondelete="RESTRICT"), primary_key=True
    )
    review_above: Mapped[int]
    maximum: Mapped[int]

    publication: Mapped[Publication] = relationship(back_populates="allowances")

    __table_args__ = (CheckConstraint("review_above >= 0 AND review_above <= maximum", name="review_before_maximum"),)


class Choice(enum.Enum):
    """What somebody chose on a publication's card."""

    READ = "read"
    RECEIVE = "receive"


class ChoiceCount(Model):
    """How often a choice was made on one day (in Brussels). Nothing is kept of who chose."""

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    choice: Mapped[Choice] = mapped_column(choice(Choice), primary_key=True)
    times: Mapped[int]

    __table_args__ = (CheckConstraint("times > 0", name="times_positive"),)
