"""The forms about drop-off points, events and kept addresses, with what somebody types into them."""

import io
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.events import proposing
from orders.reminders import subscriptions
from orders.reminders.models import Reminder
from tests.events.events import propose
from tests.factories import make_order
from tests.office.journal.steps import Step, step


def of_drop_off_points() -> list[Step]:
    places = "/office/places/"
    day = (now() + timedelta(days=30)).date().isoformat()
    point = {"name": "Librairie", "address": "Place d’Armes 1", "postcode": "1000", "town": "Bruxelles"}
    file = ";".join(("name", "address", "postcode", "town", "first_day", "last_day"))
    row = ";".join(("Phare", "Rue Basse 2", "1000", "Bruxelles", day, day))
    return [
        step("office.dropoff.new", f"{places}new", {**point, "first_day": day, "last_day": day}),
        step("office.dropoff.point", f"{places}1", {"hours": "ma-sa"}, point_id=1),
        step("office.dropoff.delete", point_id=1),
        step(
            "office.dropoff.import_points",
            typed={"file": (io.BytesIO(f"{file}\n{row}\n".encode()), "points.csv"), "confirmed": "1"},
        ),
    ]


def links_of_the_walk() -> dict[str, str]:
    """Links of proposed events and of a kept address, by what is to happen; the events are 1 and 2."""
    links = {name: proposing.token(propose()) for name in ("confirmed event", "withdrawn event")}
    transact(subscriptions.keep, make_order(), "Gardez mon adresse", at=now())
    return links | {"kept address": subscriptions.token(db.session.scalars(select(Reminder)).one())}


def of_events(links: Mapping[str, str]) -> list[Step]:
    day = (now() + timedelta(days=30)).date().isoformat()
    told = {"title": "Atelier", "day": day, "address": "Place d’Armes 1", "postcode": "1000", "town": "Bruxelles"}
    proposal = {**told, "name": "Zoé Exemple", "email": "zoe@example.org"}
    return [
        step("events.propose", "/events/propose", proposal),
        step("events.confirm", token=links["confirmed event"]),
        step("events.withdraw", token=links["withdrawn event"]),
        step("returning.forget", token=links["kept address"]),
        step("office.events.event", "/office/events/1", {"venue": "Café"}, event_id=1),
        step("office.events.publish", event_id=1),
        step("office.events.refuse", typed={"reason": "trop tard"}, event_id=1),
    ]
