"""Places of the official lists, and the schools at each of them."""

from datetime import datetime

from sqlalchemy import JSON, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.database import Model, UtcDateTime

FRENCH_COMMUNITY = "fwb"  # the list whose numbers stand alone in a form; others bear the name of their list


class Place(Model):
    """An address with an official number. Several schools may share it.

    `list_code` is the list that names it and `number` its number there. `latitude` and `longitude` are degrees
    (WGS 84). `gone_at`: the first import of its list in which it was missing.
    """

    __tablename__ = "directory_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_code: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(20))
    street: Mapped[str] = mapped_column(String(80))
    house: Mapped[str] = mapped_column(String(12), default="")
    box: Mapped[str] = mapped_column(String(12), default="")
    building: Mapped[str] = mapped_column(String(125), default="")
    postcode: Mapped[str] = mapped_column(String(4))
    town: Mapped[str] = mapped_column(String(60))
    commune: Mapped[str] = mapped_column(String(60), default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    schools: Mapped[list["School"]] = relationship(
        back_populates="place", order_by="School.id", cascade="all, delete-orphan", lazy="selectin"
    )

    __table_args__ = (
        UniqueConstraint("list_code", "number"),
        Index("ix_directory_place_postcode", "postcode"),
    )

    @property
    def code(self) -> str:
        """What a form sends to name this place: `15`, and `vl:15` for number 15 of another list."""
        return place_code(self.list_code, self.number)


class School(Model):
    """A school at a place. `official_name` stands as published, `name` in a case that can be read.

    `levels` are the kinds of teaching, in the words of the list.
    """

    __tablename__ = "directory_school"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("directory_place.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(String(20))
    official_name: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    levels: Mapped[list[str]] = mapped_column(JSON, default=list)
    network: Mapped[str] = mapped_column(String(60), default="")

    place: Mapped[Place] = relationship(back_populates="schools")

    __table_args__ = (UniqueConstraint("place_id", "number"),)


class DirectoryImport(Model):
    """One list that was taken over; the newest tells what is kept in memory whether it is up to date."""

    __tablename__ = "directory_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_code: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of what the list says of its places
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    places: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    gone: Mapped[int]


def place_code(list_code: str, number: str) -> str:
    """The code of a place by its list and its number there."""
    return number if list_code == FRENCH_COMMUNITY else f"{list_code}:{number}"


def read_place_code(code: str) -> tuple[str, str]:
    """List and number that a code names.

    >>> read_place_code("15"), read_place_code("vl:15")
    (('fwb', '15'), ('vl', '15'))
    """
    before, colon, number = code.rpartition(":")
    return (before, number) if colon else (FRENCH_COMMUNITY, code)
