"""What can be ordered: read once, and handed on to everybody on the way of an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from orders.catalogue.audience_models import Audience
from orders.catalogue.models import Edition
from orders.packing.tariff import Tariff, tariff_in
from orders.rows.kept_rows import KeptRows


@dataclass(frozen=True, slots=True)
class Offer:
    """The editions, the latest year first, with their publications and allowances; who may order; what the post costs.

    All requests of a process share these rows, which belong to no session (`kept_rows`).
    """

    editions: Sequence[Edition]
    audiences: Sequence[Audience]
    tariff: Tariff

    def open_editions(self, day: date) -> list[Edition]:
        """Those that take orders on that day."""
        return [each for each in self.editions if each.is_open(day)]

    def open_edition(self, day: date) -> Edition | None:
        """The one that the public pages show on that day."""
        return next(iter(self.open_editions(day)), None)


def current_offer() -> Offer:
    """The offer as this transaction sees it."""
    return _OFFER.current()


def recent_offer() -> Offer:
    """The offer for a page: as old as the empty form may be. What is sent is checked against the current one."""
    return _OFFER.recent()


def _read(session: Session) -> Offer:
    whole = [selectinload(each) for each in (Edition.publications, Edition.persons, Edition.links)]
    editions = session.scalars(select(Edition).options(*whole).order_by(Edition.year.desc())).all()
    audiences = session.scalars(select(Audience).order_by(Audience.position, Audience.code)).all()
    return Offer(editions, tuple(each for each in audiences if each.is_offered), tariff_in(session))


_OFFER = KeptRows("offer", _read)
