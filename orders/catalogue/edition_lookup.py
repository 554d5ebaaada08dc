"""Finding editions and publications, and the catalogue that a new installation starts with."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from orders.association import current_profile
from orders.catalogue.audience_lookup import first_allowances
from orders.catalogue.models import Edition, Kind, Publication, UnknownEdition, UnknownPublication
from orders.database import db

A_MONTH = timedelta(days=30)
FARTHEST_YEAR = 10_000


def open_editions(day: date) -> Sequence[Edition]:
    """Editions that take orders on that day, the latest year first."""
    editions = db.session.scalars(
        select(Edition)
        .where(Edition.opens_on <= day, Edition.closes_on >= day, Edition.archived_at.is_(None))
        .order_by(Edition.year.desc())
    )
    return editions.all()


def find_open_edition(day: date) -> Edition | None:
    """The edition that the public pages show on that day."""
    editions = open_editions(day)
    return editions[0] if editions else None


def find_next_edition(day: date) -> Edition | None:
    """The edition that opens next, for a page that has nothing open to show."""
    return db.session.scalars(
        select(Edition).where(Edition.opens_on > day, Edition.archived_at.is_(None)).order_by(Edition.opens_on).limit(1)
    ).first()


def find_last_edition(day: date) -> Edition | None:
    """The edition that took orders last, for a page that has nothing open to show. One that is archived is gone."""
    return db.session.scalars(
        select(Edition)
        .where(Edition.opens_on <= day, Edition.archived_at.is_(None))
        .order_by(Edition.year.desc())
        .limit(1)
    ).first()


def editions() -> Sequence[Edition]:
    """All editions, the latest year first."""
    return db.session.scalars(select(Edition).order_by(Edition.year.desc())).all()


def get_edition(year: int) -> Edition:
    known = year < FARTHEST_YEAR  # PostgreSQL takes no larger number than a column holds
    edition = db.session.scalar(select(Edition).where(Edition.year == year)) if known else None
    if edition is None:
        raise UnknownEdition(year)
    return edition


def lock_edition(year: int) -> Edition:
    """The edition, read afresh, that nobody else changes until the transaction ends. Orders may still refer to it."""
    edition = db.session.scalar(
        select(Edition)
        .where(Edition.id == get_edition(year).id)
        .with_for_update(of=Edition, key_share=True)
        .execution_options(populate_existing=True)
    )
    if edition is None:  # deleted a moment ago
        raise UnknownEdition(year)
    return edition


def get_publication(code: str) -> Publication:
    publication = db.session.scalar(select(Publication).where(Publication.code == code))
    if publication is None:
        raise UnknownPublication(code)
    return publication


def orderable(edition: Edition) -> list[Publication]:
    """The publications of an edition that can be ordered, in the order in which pages show them."""
    return [publication for publication in edition.publications if publication.archived_at is None]


def campaign_year(day: date) -> int:
    """The year of the campaign that a day belongs to: schools go on with an autumn's letters until the summer."""
    return day.year if day.month >= 7 else day.year - 1


def publish_starter_edition(day: date) -> Edition:
    """The edition of the season that `day` falls in, with a manual and an activity booklet; open on that day.

    Coordinators set the real days. Weights and thicknesses are first values until somebody weighs a real copy.
    """
    year = campaign_year(day)
    profile = current_profile()
    first, *others = profile.languages
    campaign = profile.campaign[first]
    edition = Edition(
        year=year,
        title=f"{campaign} {year}",
        title_translations={each: f"{profile.campaign[each]} {year}" for each in others if profile.campaign.get(each)},
        opens_on=min(day, date(year, 9, 1)),
        closes_on=max(day + A_MONTH, date(year + 1, 1, 31)),
        letters_back_by=max(day + 2 * A_MONTH, date(year + 1, 2, 28)),
    )
    edition.publications = _starter_publications(year % 100)
    for publication in edition.publications:
        publication.allowances = first_allowances()
    db.session.add(edition)
    db.session.flush()
    return edition


def _starter_publications(year: int) -> list[Publication]:
    return [
        Publication(
            code=f"MAN{year:02}",
            kind=Kind.MANUAL,
            titles={"fr": "Manuel", "nl": "Handleiding", "de": "Handbuch", "en": "Manual"},
            format="A5",
            pages=40,
            unit_weight_mg=59_000,
            unit_thickness_um=2_300,
            bundle_size=25,
            low_stock_line=300,
            position=1,
        ),
        Publication(
            code=f"LIV{year:02}",
            kind=Kind.BOOKLET,
            titles={
                "fr": "Livret d’activités",
                "nl": "Activiteitenboekje",
                "de": "Aktivitätenheft",
                "en": "Activity booklet",
            },
            format="A3",
            pages=None,
            unit_weight_mg=17_000,
            unit_thickness_um=350,
            bundle_size=50,
            low_stock_line=400,
            position=2,
        ),
    ]
