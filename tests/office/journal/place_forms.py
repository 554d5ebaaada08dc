"""The forms about drop-off points, with what somebody types into them."""

import io
from datetime import timedelta

from orders.clock import now
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
