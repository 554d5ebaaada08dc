"""Events, from the proposal to the day."""

import enum
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Date, Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from orders.clock import BRUSSELS
from orders.database import Model, UtcDateTime
from orders.errors import NotFound, Refused
from orders.maps.postcode_points import Point
from orders.places.place_address import Address

A_DAY = timedelta(days=1)


class UnknownEvent(NotFound):
    pass


class AlreadyDecided(Refused):
    """Somebody decided about the event a moment ago."""


class EventOver(Refused):
    """The event has ended: there is nothing left to show."""


class EventState(enum.Enum):
    UNCONFIRMED = "unconfirmed"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    REFUSED = "refused"


class Event(Model):
    """An event. Its hours are those of the clock in Brussels; without any it takes the whole day.

    Of one that is not `is_public` only the day and the town are shown. The contact is shown to nobody but the staff.
    `nonce` belongs to the link by which whoever proposed it confirms or withdraws it. `order_id`: the order whose
    gathering it is.
    """

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text)
    day: Mapped[date] = mapped_column(Date)
    begins: Mapped[time | None]
    ends: Mapped[time | None]
    venue: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(100))
    postcode: Mapped[str] = mapped_column(String(4))
    town: Mapped[str] = mapped_column(String(60))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    is_public: Mapped[bool]
    contact_name: Mapped[str] = mapped_column(String(80))
    contact_email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id", ondelete="RESTRICT"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refusal: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_event_day", "day"),)

    @property
    def state(self) -> EventState:
        if self.refused_at is not None:
            return EventState.REFUSED
        if self.published_at is not None:
            return EventState.PUBLISHED
        return EventState.UNCONFIRMED if self.confirmed_at is None else EventState.PROPOSED

    @property
    def place(self) -> Address:
        return Address(self.address, self.postcode, self.town, self.latitude, self.longitude)

    @property
    def point(self) -> Point | None:
        """Where it stands on the map: one that is not public, in the middle of its postcode."""
        return self.place.point if self.is_public else Address("", self.postcode, self.town).point

    @property
    def begins_at(self) -> datetime:
        """The moment at which it begins, or its day does."""
        return moment_of(self.day, self.begins or time())

    @property
    def ends_at(self) -> datetime:
        """The moment at which it ends: without an hour, with its day."""
        return end_of(self.day, self.ends)


@dataclass(frozen=True, slots=True)
class EventContent:
    """What is told of an event."""

    title: str
    description: str
    day: date
    begins: time | None
    ends: time | None
    venue: str
    place: Address
    is_public: bool

    def as_values(self) -> dict[str, object]:
        """As its row and `edit_conflicts.mark` take it."""
        return {
            "title": self.title,
            "description": self.description,
            "day": self.day,
            "begins": self.begins,
            "ends": self.ends,
            "venue": self.venue,
            "address": self.place.address,
            "postcode": self.place.postcode,
            "town": self.place.town,
            "latitude": self.place.latitude,
            "longitude": self.place.longitude,
            "is_public": self.is_public,
        }


def content_of(event: Event) -> EventContent:
    return EventContent(
        event.title,
        event.description,
        event.day,
        event.begins,
        event.ends,
        event.venue,
        event.place,
        event.is_public,
    )


def moment_of(day: date, hour: time) -> datetime:
    """The moment at which the clock in Brussels shows this hour, in summer as in winter."""
    return datetime.combine(day, hour, BRUSSELS).astimezone(UTC)


def end_of(day: date, hour: time | None) -> datetime:
    """The moment at which something ends that day; at midnight is the midnight after it."""
    if hour is None or hour == time():
        return moment_of(day + A_DAY, time())
    return moment_of(day, hour)
