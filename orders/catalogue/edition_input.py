"""What coordinators write about editions and publications, and the checks of it."""

import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from orders.addresses.text_cleaning import is_control
from orders.association import current_profile
from orders.association.profile import LANGUAGES
from orders.catalogue.models import Edition, Kind, Publication
from orders.errors import Refused

FIRST_YEAR, LAST_YEAR = 2000, 2200
LONGEST_TITLE, LONGEST_LINK, LONGEST_TEXT = 80, 300, 5_000
CODE = re.compile(r"[A-Z][A-Z0-9]{1,10}[0-9]")  # a figure at its end, so that it is no column's name and no page's


class ContentProblem(enum.Enum):
    MISSING = "missing"
    TOO_LONG = "too_long"  # more than `most` characters
    INVISIBLE = "invisible"  # control characters
    RANGE = "range"  # not from `least` to `most`, both included
    NO_WEB_LINK = "no_web_link"
    BEFORE_OPENING = "before_opening"
    MALFORMED_CODE = "malformed_code"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class ContentFault:
    """What is wrong with one field: `title`, `links-2-title`, `titles-fr` and so on (numbers from 1)."""

    field: str
    problem: ContentProblem
    least: int = 0
    most: int = 0


class ImpossibleContent(Refused):
    """Everything that is wrong, not only the first."""

    def __init__(self, *faults: ContentFault) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Link:
    """`language`: that of the pages which show it, none for all pages."""

    title: str
    link: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class EditionContent:
    """Everything of an edition except its year, which never changes, and the persons whom it defends."""

    title: str
    opens_on: date
    closes_on: date
    letters_back_by: date
    front_text: str = ""
    links: tuple[Link, ...] = ()
    title_translations: Mapping[str, str] = field(default_factory=dict)
    front_text_translations: Mapping[str, str] = field(default_factory=dict)

    def as_values(self) -> dict[str, Any]:
        """As the journal keeps it and as `edit_conflicts.mark` takes it. Days are text."""
        days = {name: getattr(self, name).isoformat() for name in ("opens_on", "closes_on", "letters_back_by")}
        return {**asdict(self), **days}


@dataclass(frozen=True, slots=True)
class PublicationContent:
    """Everything of a publication except its code, which never changes. Weight in mg, thickness in µm."""

    kind: Kind
    titles: Mapping[str, str]
    unit_weight_mg: int
    unit_thickness_um: int
    format: str = ""
    pages: int | None = None
    bundle_size: int = 1
    read_online_url: str = ""
    low_stock_line: int = 0
    position: int = 0

    def as_values(self) -> dict[str, Any]:
        return {**asdict(self), "kind": self.kind.value, "titles": dict(self.titles)}


# From a leaf to what no box holds any more: beyond is a typing error.
RANGES = {
    "unit_weight_mg": (10, 25_000_000),
    "unit_thickness_um": (10, 290_000),
    "bundle_size": (1, 10_000),
    "low_stock_line": (0, 1_000_000),
    "pages": (1, 2_000),
    "position": (0, 999),
}


def content_of_edition(edition: Edition) -> EditionContent:
    return EditionContent(
        title=edition.title,
        opens_on=edition.opens_on,
        closes_on=edition.closes_on,
        letters_back_by=edition.letters_back_by,
        front_text=edition.front_text,
        links=tuple(Link(each.title, each.link, each.language) for each in edition.links),
        title_translations=dict(edition.title_translations),
        front_text_translations=dict(edition.front_text_translations),
    )


def content_of_publication(publication: Publication) -> PublicationContent:
    return PublicationContent(
        kind=publication.kind,
        titles=dict(publication.titles),
        unit_weight_mg=publication.unit_weight_mg,
        unit_thickness_um=publication.unit_thickness_um,
        format=publication.format,
        pages=publication.pages,
        bundle_size=publication.bundle_size,
        read_online_url=publication.read_online_url,
        low_stock_line=publication.low_stock_line,
        position=publication.position,
    )


def edition_faults(content: EditionContent) -> tuple[ContentFault, ...]:
    return tuple(_edition_faults(content))


def _edition_faults(content: EditionContent) -> Iterator[ContentFault]:
    yield from text_faults("title", content.title, LONGEST_TITLE, needed=True)
    yield from text_faults("front_text", content.front_text, LONGEST_TEXT)
    for name in ("closes_on", "letters_back_by"):
        if getattr(content, name) < content.opens_on:
            yield ContentFault(name, ContentProblem.BEFORE_OPENING)
    for language, title in content.title_translations.items():
        yield from text_faults(f"title_translations-{language}", title, LONGEST_TITLE)
    for language, text in content.front_text_translations.items():
        yield from text_faults(f"front_text_translations-{language}", text, LONGEST_TEXT)
    for number, link in enumerate(content.links, 1):
        yield from text_faults(f"links-{number}-title", link.title, LONGEST_TITLE, needed=True)
        yield from link_faults(f"links-{number}-link", link.link, needed=True)


def publication_faults(content: PublicationContent) -> tuple[ContentFault, ...]:
    return tuple(_publication_faults(content))


def _publication_faults(content: PublicationContent) -> Iterator[ContentFault]:
    first = current_profile().languages[0]
    for language in LANGUAGES:
        title = content.titles.get(language, "")
        yield from text_faults(f"titles-{language}", title, LONGEST_TITLE, needed=language == first)
    yield from text_faults("format", content.format, LONGEST_TITLE)
    yield from link_faults("read_online_url", content.read_online_url)
    for name, (least, most) in RANGES.items():
        value = getattr(content, name)
        if value is not None and not least <= value <= most:
            yield ContentFault(name, ContentProblem.RANGE, least, most)


def text_faults(name: str, value: str, longest: int, *, needed: bool = False) -> Iterator[ContentFault]:
    """What is wrong with a text; line breaks are no control characters."""
    if needed and not value:
        yield ContentFault(name, ContentProblem.MISSING)
    if len(value) > longest:
        yield ContentFault(name, ContentProblem.TOO_LONG, most=longest)
    if any(is_control(letter) for letter in value.replace("\n", "")):
        yield ContentFault(name, ContentProblem.INVISIBLE)


def link_faults(name: str, value: str, *, needed: bool = False) -> Iterator[ContentFault]:
    """What is wrong with the address of a page."""
    if needed and not value:
        yield ContentFault(name, ContentProblem.MISSING)
    elif len(value) > LONGEST_LINK:
        yield ContentFault(name, ContentProblem.TOO_LONG, most=LONGEST_LINK)
    elif value and not is_web_link(value):
        yield ContentFault(name, ContentProblem.NO_WEB_LINK)


def is_web_link(value: str) -> bool:
    """`http` or `https` and a host, nothing invisible: what a page may lead to. Never `javascript:`."""
    if any(letter.isspace() or is_control(letter) or letter in '<>"\\' for letter in value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and parts.port != 0
    except ValueError:
        return False
