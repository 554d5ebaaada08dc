"""The page while no edition takes orders: when the next opens, until when letters are taken, what there is to read."""

from datetime import date, datetime

from flask import render_template

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.dropoff import lookup as drop_off_points
from orders.events import lookup as events


def closed_page() -> str:
    """The page as it stands today."""
    at = now()
    today = local_day(at)
    last = edition_lookup.find_last_edition(today)
    return render_template(
        "public/closed.html",
        next_edition=edition_lookup.find_next_edition(today),
        edition=last,
        takes_letters=last is not None and today <= last.letters_back_by,
        readable=[each for each in edition_lookup.orderable(last) if each.can_be_read_online] if last else [],
        **nearby(today, at=at),
    )


def nearby(today: date, *, at: datetime) -> dict[str, int]:
    """How many drop-off points and events there are, for links to them."""
    return {"drop_off_points": len(drop_off_points.open_points(today)), "events": len(events.coming(at=at))}
