"""How fast parcels were packed in the last days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from orders.clock import BRUSSELS
from orders.database import db
from orders.shipping.models import Dispatch, Parcel

LAST_DAYS = timedelta(days=14)
LAST_DISPATCHES = 10
PARCELS_READ = 200  # of each dispatch, so that one of 100,000 parcels is not read whole
FEWEST = 10  # parcels; fewer say nothing of how fast anybody packs


@dataclass(frozen=True, slots=True)
class Pace:
    """Parcels packed in an hour in which somebody packed, and the hour of the day in Brussels at which they began."""

    per_hour: int
    first_hour: int


def read_pace(*, at: datetime) -> Pace | None:
    """The pace of the last dispatches. None where too little was packed to tell.

    The hour that is running does not count: it is not over. Neither do parcels that were marked only because their
    dispatch was posted. Of each dispatch the first parcels are read, which are those that are packed first.
    """
    this_hour = at.replace(minute=0, second=0, microsecond=0)
    latest = db.session.scalars(select(Dispatch.id).order_by(Dispatch.id.desc()).limit(LAST_DISPATCHES)).all()
    packed = (
        select(Parcel.packed_at)
        .where(Parcel.dispatch_id.in_(latest), Parcel.sequence <= PARCELS_READ)
        .where(Parcel.packed_at >= at - LAST_DAYS, Parcel.packed_at < this_hour)
        .where(or_(Parcel.posted_at.is_(None), Parcel.posted_at != Parcel.packed_at))
    )
    moments = [moment.astimezone(BRUSSELS) for moment in db.session.scalars(packed) if moment]
    if len(moments) < FEWEST:
        return None
    hours = {(moment.date(), moment.hour) for moment in moments}
    return Pace(round(len(moments) / len(hours)) or 1, min(moment.hour for moment in moments))
