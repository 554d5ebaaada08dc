"""Drop-off points: shops and houses that take letters between two days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Float, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model
from orders.errors import NotFound
from orders.maps.postcode_points import Point
from orders.places.place_address import Address


class UnknownDropOffPoint(NotFound):
    pass


class DropOffPoint(Model):
    """A place that takes letters from `first_day` to `last_day`.

    `key` is its name and address, folded: no two points are the same. Without coordinates it stands where its
    postcode does.
    """

    __tablename__ = "drop_off_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(100))
    postcode: Mapped[str] = mapped_column(String(4))
    town: Mapped[str] = mapped_column(String(60))
    hours: Mapped[str] = mapped_column(String(150))
    note: Mapped[str] = mapped_column(String(300))
    first_day: Mapped[date]
    last_day: Mapped[date]
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)

    __table_args__ = (UniqueConstraint("key"), Index("ix_drop_off_point_last_day", "last_day"))

    @property
    def place(self) -> Address:
        return Address(self.address, self.postcode, self.town, self.latitude, self.longitude)

    @property
    def where(self) -> str:
        """Its address in one line."""
        return f"{self.address}, {self.postcode} {self.town}"

    @property
    def point(self) -> Point | None:
        """Where it stands on the map."""
        return self.place.point


@dataclass(frozen=True, slots=True)
class Content:
    """What coordinators write of a point."""

    name: str
    place: Address
    first_day: date
    last_day: date
    hours: str = ""
    note: str = ""

    def as_values(self) -> dict[str, object]:
        """As its row, the journal and `edit_conflicts.mark` take it."""
        return {
            "name": self.name,
            "address": self.place.address,
            "postcode": self.place.postcode,
            "town": self.place.town,
            "hours": self.hours,
            "note": self.note,
            "first_day": self.first_day,
            "last_day": self.last_day,
            "latitude": self.place.latitude,
            "longitude": self.place.longitude,
        }


def content_of(point: DropOffPoint) -> Content:
    return Content(point.name, point.place, point.first_day, point.last_day, point.hours, point.note)
