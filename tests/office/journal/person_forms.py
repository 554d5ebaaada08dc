"""The forms of the persons whom an edition defends."""

import io

from tests.office.journal.steps import Step, step


def of_defended_persons(picture: tuple[io.BytesIO, str]) -> list[Step]:
    new, person = "/office/catalogue/2026/persons/new", "/office/catalogue/persons/1"
    return [
        step("office.catalogue.new_person", new, {"name": "Oqba Hashad"}, year=2026),
        step("office.catalogue.new_person", new, {"name": "Neth Nahara"}, year=2026),
        step("office.catalogue.person", person, {"sentences-fr": "Une phrase."}, person_id=1),
        step("office.catalogue.portrait", typed={"file": picture}, person_id=1),
        step("office.catalogue.move_person_up", person_id=2),
        step("office.catalogue.delete_person", person_id=1),
    ]
